package dev.countersign.server.audit;

import java.util.Arrays;
import java.util.Optional;

/** A run of leaves as stored: each ended by a line end, which JSON never holds unescaped. */
final class LeafRun {
  private LeafRun() {}

  /** The leaf at a position, counted from 0; empty if the run is shorter. */
  static Optional<byte[]> leaf(byte[] run, long position) {
    long toSkip = position;
    int start = 0;
    for (int i = 0; i < run.length; i++) {
      if (run[i] == '\n') {
        if (toSkip-- == 0) {
          return Optional.of(Arrays.copyOfRange(run, start, i));
        }
        start = i + 1;
      }
    }
    return Optional.empty();
  }
}
