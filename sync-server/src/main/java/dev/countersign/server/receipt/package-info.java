/** A receipt's way into the log, for whoever holds the paper. */
@NullMarked
package dev.countersign.server.receipt;

import org.jspecify.annotations.NullMarked;
