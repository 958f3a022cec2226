/** Taxes of a line and of a document: percent and per unit, included and added, compounding. */
@NullMarked
package dev.countersign.common.tax;

import org.jspecify.annotations.NullMarked;
