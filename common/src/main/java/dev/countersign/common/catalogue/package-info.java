/** Products and the codes a scanner reads: GTINs, embedded prices and weights, GS1 elements. */
@NullMarked
package dev.countersign.common.catalogue;

import org.jspecify.annotations.NullMarked;
