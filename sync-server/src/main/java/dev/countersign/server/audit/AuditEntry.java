package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about one act. It holds no personal text: people and things by id, contents by
 * hash. Texts that do not apply are empty.
 *
 * @param at when the server received or did it, to the millisecond
 * @param who the user's id, or {@link #SYSTEM}, or {@link #DEVICE} where no person is named
 * @param device the device it came from or is about
 * @param address the network address it came from; a person's is committed to, see {@link Opening}
 * @param what the kind of act, such as {@code sale.completed} or {@link #DEVICE_ENROLLED}
 * @param entity what it is about
 * @param verdict the server's decision, where there was one
 * @param code why it is not plainly accepted; several joined by a comma
 * @param payload SHA-256 of the bytes it rests on
 * @param batch the batch's number, 0 where it is no batch
 * @param signature the device's signature of the batch, Base64
 * @param key the public key that is registered by this entry, Base64
 * @param detail anything else worth keeping, without people's data
 */
public record AuditEntry(
    Instant at,
    String who,
    @Nullable UUID device,
    String address,
    String what,
    String entity,
    @Nullable Verdict verdict,
    String code,
    @Nullable Hash payload,
    long batch,
    String signature,
    String key,
    String detail) {
  /** The server itself did it. */
  public static final String SYSTEM = "system";

  /** A device did it and no person is named. */
  public static final String DEVICE = "device";

  /** A batch was taken in; one entry per change follows directly. */
  public static final String BATCH = "batch";

  /** A device's key was registered; whoever verifies takes the key from here. */
  public static final String DEVICE_ENROLLED = "device.enrolled";

  /** A device was cut off. */
  public static final String DEVICE_REVOKED = "device.revoked";

  /** A device was frozen: it sent two different batches under one number. */
  public static final String DEVICE_FROZEN = "device.frozen";

  /** A person has looked at a frozen device, and lets it go on. */
  public static final String DEVICE_UNFROZEN = "device.unfrozen";

  /** A device was ordered to forget its keys; from here on nothing of it counts. */
  public static final String DEVICE_WIPE_ORDERED = "device.wipe.ordered";

  /** A device has forgotten its keys and handed over what it had. */
  public static final String DEVICE_WIPED = "device.wiped";

  /** A device's key gave way to the next; the statement follows in an export. */
  public static final String DEVICE_KEY_ROTATED = "device.key.rotated";

  /** The log's own key gave way to the next. */
  public static final String LOG_KEY_ROTATED = "log.key.rotated";

  /** A rightly signed batch was refused. */
  public static final String BATCH_REFUSED = "batch.refused";

  /** The same with another text for where it came from. */
  AuditEntry from(String other) {
    return new AuditEntry(
        at, who, device, other, what, entity, verdict, code, payload, batch, signature, key,
        detail);
  }

  /** An act of a person or of the server that is no change from a device. */
  public static AuditEntry act(
      Instant at, String who, String address, String what, String entity, String detail) {
    return new AuditEntry(at, who, null, address, what, entity, null, "", null, 0, "", "", detail);
  }

  /** An act about a device, such as freezing or revoking it. */
  public static AuditEntry aboutDevice(
      Instant at, String who, UUID device, String address, String what, String code) {
    return new AuditEntry(
        at, who, device, address, what, device.toString(), null, code, null, 0, "", "", "");
  }

  /** A device's key was registered. */
  public static AuditEntry enrolled(
      Instant at, String who, UUID device, String address, VerifyKey key, String detail) {
    return new AuditEntry(
        at,
        who,
        device,
        address,
        DEVICE_ENROLLED,
        device.toString(),
        null,
        "",
        null,
        0,
        "",
        key.toBase64(),
        detail);
  }

  /**
   * A device's key gave way to the next.
   *
   * @param from the number of the first batch under the next key
   * @param statement SHA-256 of the statement, which the key before signed
   */
  public static AuditEntry keyRotated(
      Instant at, UUID device, String address, VerifyKey key, long from, Hash statement) {
    return new AuditEntry(
        at,
        DEVICE,
        device,
        address,
        DEVICE_KEY_ROTATED,
        device.toString(),
        null,
        "",
        statement,
        from,
        "",
        key.toBase64(),
        "");
  }

  /**
   * The log's key gave way to the next.
   *
   * @param statement SHA-256 of the statement, which the key before signed
   */
  public static AuditEntry logKeyRotated(Instant at, UUID tenant, VerifyKey key, Hash statement) {
    return new AuditEntry(
        at,
        SYSTEM,
        null,
        "",
        LOG_KEY_ROTATED,
        tenant.toString(),
        null,
        "",
        statement,
        0,
        "",
        key.toBase64(),
        "");
  }

  /** A batch was taken in. */
  public static AuditEntry batch(
      Instant at, UUID device, String address, long number, Hash payload, byte[] signature) {
    return new AuditEntry(
        at,
        DEVICE,
        device,
        address,
        BATCH,
        "",
        null,
        "",
        payload,
        number,
        StrictBase64.encode(signature),
        "",
        "");
  }

  /** A change of a batch was judged. */
  public static AuditEntry change(
      Instant at,
      String who,
      UUID device,
      String what,
      String entity,
      Verdict verdict,
      String code,
      Hash payload) {
    return new AuditEntry(at, who, device, "", what, entity, verdict, code, payload, 0, "", "", "");
  }
}
