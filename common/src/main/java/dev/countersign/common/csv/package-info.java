/** Reading comma-separated files row by row, so that one bad row costs only itself. */
@NullMarked
package dev.countersign.common.csv;

import org.jspecify.annotations.NullMarked;
