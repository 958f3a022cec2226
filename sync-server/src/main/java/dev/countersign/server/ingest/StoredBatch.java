package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Wire;
import dev.countersign.common.crypto.WireFormatException;
import dev.countersign.common.protocol.Limits;
import java.sql.SQLException;

/**
 * A batch's payload and its acknowledgement as stored: the signed bytes, compressed. Batches are
 * most of what a server keeps, and shrink to an eighth.
 */
public final class StoredBatch {
  /** An acknowledgement of a few changes is signatures and hashes, which hardly shrink. */
  private static final int WORTH_COMPRESSING = 1_500;

  private StoredBatch() {}

  /** The row does not hold what was signed. */
  static final class DamagedException extends SQLException {
    private static final long serialVersionUID = 1L;

    DamagedException(Exception cause) {
      super("a stored batch is damaged", cause);
    }
  }

  static byte[] pack(byte[] payload) {
    return Wire.deflateFast(payload);
  }

  static byte[] packAcknowledgement(byte[] ack) {
    return ack.length < WORTH_COMPRESSING ? Wire.wrap(ack) : Wire.deflateFast(ack);
  }

  /**
   * The very bytes that were signed.
   *
   * @throws SQLException if the row does not hold them
   */
  public static byte[] unpack(byte[] stored) throws SQLException {
    try {
      return Wire.inflate(stored, Limits.INFLATED_BYTES);
    } catch (WireFormatException e) {
      throw new DamagedException(e);
    }
  }
}
