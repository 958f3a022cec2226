package dev.countersign.client.ledger;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.BatchCodec;
import java.util.UUID;

/**
 * A signed run of changes, stored before it is sent: the same bytes go out however often it takes.
 *
 * @param hash SHA-256 of the payload
 */
public record SealedBatch(
    UUID device, long number, long first, long last, byte[] payload, byte[] signature, Hash hash) {

  /** What is sent. */
  public Envelope envelope() {
    return new Envelope(BatchCodec.PAYLOAD_TYPE, payload, device.toString(), signature);
  }

  @Override
  public String toString() {
    return "SealedBatch[" + number + ": " + first + " to " + last + "]";
  }
}
