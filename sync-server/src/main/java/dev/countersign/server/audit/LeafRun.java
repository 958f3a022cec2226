package dev.countersign.server.audit;

import dev.countersign.common.crypto.Wire;
import dev.countersign.common.crypto.WireFormatException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A run of leaves as stored: each ended by a line end, which JSON never holds unescaped, and all
 * compressed together. Sealing and writing a page costs more than packing it.
 */
public final class LeafRun {
  /** Far beyond any run; bounds what a damaged row can ask for. */
  private static final int LARGEST = 256 * 1024 * 1024;

  private LeafRun() {}

  static byte[] pack(byte[] run) {
    return Wire.deflateFast(run);
  }

  /**
   * The leaves of a stored row.
   *
   * @throws SQLException if the row does not hold a run
   */
  public static byte[] unpack(byte[] stored) throws SQLException {
    try {
      return Wire.inflate(stored, LARGEST);
    } catch (WireFormatException e) {
      throw new SQLException("a run of the audit log is damaged", e);
    }
  }

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
