package dev.countersign.common.protocol;

import java.util.List;

/**
 * A batch taken apart. The changes are given as slices of the very bytes that were signed; each is
 * read by itself, so that one bad change never blocks the rest.
 */
public record ReadBatch(BatchHeader header, byte[] payload, List<Slice> changes) {
  /** Where one change stands in {@link #payload}. */
  public record Slice(int offset, int length) {}
}
