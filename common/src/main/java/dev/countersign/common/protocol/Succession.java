package dev.countersign.common.protocol;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One signing key gives way to the next. The statement is signed by the next key, which shows that
 * somebody holds it, and all of that by the key before: whoever trusts that one can follow, however
 * many successions it missed. Nothing is encoded again to check it.
 *
 * @param owner the device's id, the tenant's id for a log, {@link #SERVER} for the server
 * @param number of the next key, from 2
 * @param previous base64
 * @param key base64
 * @param from the number of the first batch under the next key; 0 where it is no device's
 * @param pin SHA-256 of the public key of the server's certificate from now on, hexadecimal; null
 *     where none goes with it
 */
public record Succession(
    Kind kind,
    String owner,
    long number,
    String previous,
    String key,
    long from,
    Instant at,
    @Nullable String pin) {
  /** The owner of the server's own key. */
  public static final String SERVER = "server";

  /** What the next key signs. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.succession.v1+json";

  /** What the key before signs: the next one's envelope. */
  public static final String CONSENT_TYPE = "application/vnd.countersign.succession-consent.v1";

  /** Largest statement in bytes; honest ones have about a thousand. */
  public static final int LONGEST = 4 * 1024;

  /** Whose keys. */
  public enum Kind {
    /** Signs batches and sessions. */
    DEVICE,
    /** Signs certificates, acknowledgements and orders. */
    SERVER,
    /** Signs a tenant's checkpoints and exports. */
    LOG
  }

  /** Makes the statement; its key id is the owner. */
  public static Envelope seal(Succession succession, SigningKey previous, SigningKey next) {
    byte[] possessed =
        Envelope.seal(PAYLOAD_TYPE, Json.encode(succession), succession.owner(), next).encode();
    return Envelope.seal(CONSENT_TYPE, possessed, succession.owner(), previous);
  }

  /**
   * Reads a statement's bytes without believing the key before: to find out which that is.
   *
   * @return empty when it is malformed, or its own key did not sign it
   */
  public static Optional<Succession> claimed(byte[] statement) {
    try {
      return statement.length > LONGEST ? Optional.empty() : claimed(Envelope.decode(statement));
    } catch (EnvelopeFormatException | JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** What a statement says when this key consents to it; else empty. */
  public static Optional<Succession> read(byte[] statement, VerifyKey previous) {
    return claimed(statement).filter(said -> consents(statement, said, previous));
  }

  private static boolean consents(byte[] statement, Succession said, VerifyKey previous) {
    try {
      return said.previous().equals(previous.toBase64())
          && Envelope.decode(statement).verifiedBy(previous);
    } catch (EnvelopeFormatException _) {
      return false;
    }
  }

  private static Optional<Succession> claimed(Envelope outer) throws EnvelopeFormatException {
    if (!outer.payloadType().equals(CONSENT_TYPE)) {
      return Optional.empty();
    }
    Envelope inner = Envelope.decode(outer.payload());
    if (!inner.payloadType().equals(PAYLOAD_TYPE)) {
      return Optional.empty();
    }
    Succession said = Json.decode(inner.payload(), Succession.class);
    boolean whole =
        said.kind() != null
            && said.owner() != null
            && said.previous() != null
            && said.key() != null
            && said.at() != null
            && said.number() >= 2
            && said.from() >= 0
            && !said.key().equals(said.previous())
            && outer.keyId().equals(said.owner())
            && inner.keyId().equals(said.owner())
            && (said.pin() == null || said.pin().matches("[0-9a-f]{64}"));
    return whole && inner.verifiedBy(VerifyKey.fromBase64(said.key()))
        ? Optional.of(said)
        : Optional.empty();
  }
}
