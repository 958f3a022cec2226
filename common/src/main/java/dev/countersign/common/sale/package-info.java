/** The basket, its price, how it is paid, and what may be refunded of it. */
@NullMarked
package dev.countersign.common.sale;

import org.jspecify.annotations.NullMarked;
