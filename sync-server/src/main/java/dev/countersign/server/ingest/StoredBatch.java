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
  private StoredBatch() {}

  static byte[] pack(byte[] payload) {
    return Wire.deflateFast(payload);
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
      throw new SQLException("a stored batch is damaged", e);
    }
  }
}
