/** Promotions: which there are, what they take off the goods of a sale, and in which order. */
@NullMarked
package dev.countersign.common.promotion;

import org.jspecify.annotations.NullMarked;
