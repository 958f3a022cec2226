package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;

/**
 * What a till said the log was when it closed a shift: it signed that, so that whoever rewrites the
 * log afterwards contradicts it.
 *
 * @param shift as the change writes it, escape sequences and all
 * @param size how many entries the log had; nothing says that it is possible
 */
record SaidHead(String shift, long size, Hash root) {
  /** Whether an entry's place leaves room for such a log before it. */
  boolean isBefore(long index) {
    return size >= 0 && size <= index;
  }
}
