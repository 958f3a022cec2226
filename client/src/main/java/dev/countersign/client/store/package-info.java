/** The encrypted file of a device: one writer, a few readers, faults that a person can act on. */
@NullMarked
package dev.countersign.client.store;

import org.jspecify.annotations.NullMarked;
