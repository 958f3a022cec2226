/** Money, quantities and cash rounding, in whole minor units and never in floating point. */
@NullMarked
package dev.countersign.common.money;

import org.jspecify.annotations.NullMarked;
