package dev.countersign.common.protocol;

import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Tells one device to hand over what it has not sent and to forget its keys. Signed with the server
 * key; a device believes only one that names itself.
 *
 * @param id of this order
 * @param environment that of the device's certificate
 * @param issued when it was given
 * @param last the number of the last batch of the device that the server has: what comes after it
 *     is handed over, also what an earlier server acknowledged and a restored one does not know
 * @param sealTo the X25519 key that what was not sent is sealed to, base64
 */
public record WipeOrder(
    UUID id,
    UUID tenant,
    UUID device,
    String environment,
    Instant issued,
    long last,
    String sealTo) {
  /** The DSSE payload type of an order. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.wipe.v1+json";

  /**
   * What the device says with its last signature: the first of the parts that it hands over.
   *
   * @param parts how many parts there are, this one included; each other one is a sealed batch
   * @param changes how many records are in them
   * @param sales how many of those are sales
   */
  public record Report(
      UUID order, UUID tenant, UUID device, Instant at, int parts, long changes, long sales) {
    /** The DSSE payload type of a report. */
    public static final String PAYLOAD_TYPE = "application/vnd.countersign.wiped.v1+json";
  }

  /** What the server says of a part: how many of them it has. */
  public record Taken(int parts, boolean complete) {}

  /**
   * The key to seal to.
   *
   * @throws IllegalArgumentException when it is none
   */
  public byte[] key() {
    byte[] key = StrictBase64.decode(sealTo);
    if (key.length != SealedBox.KEY_LENGTH) {
      throw new IllegalArgumentException("not a key to seal to");
    }
    return key;
  }

  /** What a part is sealed for, so that none can be put in another's place. */
  public static byte[] label(UUID order, UUID device, int part) {
    return ("countersign wipe v1\n" + order + "\n" + device + "\n" + part)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
