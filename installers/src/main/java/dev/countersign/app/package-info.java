/** Countersign. */
@NullMarked
package dev.countersign.app;

import org.jspecify.annotations.NullMarked;
