package dev.countersign.common.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A signed payload: DSSE (Dead Simple Signing Envelope) with one Ed25519 signature over the
 * pre-authentication encoding of payload type and the payload's SHA-256. So whoever has hashed the
 * payload anyway need not go over its bytes again. The payload is stored and checked as the very
 * bytes that were signed; nothing is ever encoded again to check it.
 *
 * <p>The key id is a claim, not signed: it chooses the key. {@link #verifiedBy(Function)} looks the
 * key up by it, so that a changed id finds another key or none and the check fails. Whoever
 * registers keys must refuse one public key under two ids.
 *
 * <p>Arrays are shared with the caller, not copied (a payload may have megabytes): do not change
 * them. Safe for any thread under that rule.
 *
 * @param payloadType what the payload is, 1 to 100 printable ASCII characters without spaces
 * @param payload at most 8 MiB
 * @param keyId whose key, 1 to 64 printable ASCII characters without spaces
 * @param signature exactly 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Equality and printing are written out below.
public record Envelope(String payloadType, byte[] payload, String keyId, byte[] signature) {
  /** Largest payload: 8 MiB. */
  public static final int MAX_PAYLOAD = 8 * 1024 * 1024;

  /** Longest payload type. */
  public static final int MAX_TYPE = 100;

  /** Longest key id. */
  public static final int MAX_KEY_ID = 64;

  private static final byte[] MAGIC = "CSE1".getBytes(StandardCharsets.US_ASCII);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is broken
   */
  public Envelope {
    requireName(payloadType, MAX_TYPE, "payload type");
    requireName(keyId, MAX_KEY_ID, "key id");
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + payload.length + " bytes is over 8 MiB");
    }
    if (signature.length != VerifyKey.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + signature.length);
    }
  }

  /**
   * Signs a payload.
   *
   * @throws IllegalArgumentException if a limit is broken
   */
  public static Envelope seal(String payloadType, byte[] payload, String keyId, SigningKey key) {
    byte[] signed = preAuth(payloadType, Hash.of(payload));
    return new Envelope(payloadType, payload, keyId, key.sign(signed));
  }

  /**
   * The bytes that are signed: DSSE v1's pre-authentication encoding of the type and the 32 bytes
   * of the payload's hash, {@code "DSSEv1" SP LEN(type) SP type SP "32" SP hash}, lengths in ASCII
   * decimals of bytes.
   */
  public static byte[] preAuth(String type, Hash payload) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("DSSEv1 " + typeBytes.length + " " + type + " " + Hash.LENGTH + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] encoded = Arrays.copyOf(head, head.length + Hash.LENGTH);
    System.arraycopy(payload.bytes(), 0, encoded, head.length, Hash.LENGTH);
    return encoded;
  }

  /** True if this key signed this payload under this type. The caller vouches for the key's id. */
  public boolean verifiedBy(VerifyKey key) {
    return key.verify(preAuth(payloadType, Hash.of(payload)), signature);
  }

  /**
   * The same for whoever has hashed the payload, with an engine that was used before.
   *
   * @param hash of {@link #payload}; the caller vouches for it
   */
  public boolean verifiedBy(VerifyKey key, Hash hash, SignatureCheck check) {
    return check.holds(key, signature, preAuth(payloadType, hash));
  }

  /** True if the key registered under this envelope's key id signed it; no such key is false. */
  public boolean verifiedBy(Function<String, Optional<VerifyKey>> registered) {
    return registered.apply(keyId).map(this::verifiedBy).orElse(false);
  }

  /**
   * The wire form: {@code "CSE1"}, then type, key id, payload and signature, each after its length
   * as four bytes, high byte first.
   */
  public byte[] encode() {
    byte[] type = payloadType.getBytes(StandardCharsets.US_ASCII);
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    int length =
        MAGIC.length
            + 4 * Integer.BYTES
            + type.length
            + id.length
            + payload.length
            + signature.length;
    ByteBuffer out = ByteBuffer.allocate(length).put(MAGIC);
    for (byte[] field : new byte[][] {type, id, payload, signature}) {
      out.putInt(field.length).put(field);
    }
    return out.array();
  }

  /**
   * Reads the wire form. Nothing is checked by signature yet.
   *
   * @throws EnvelopeFormatException if it is not the one form that {@link #encode()} gives
   */
  public static Envelope decode(byte[] bytes) throws EnvelopeFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() < magic.length) {
      throw new EnvelopeFormatException("too short for an envelope");
    }
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new EnvelopeFormatException("not an envelope of version 1");
    }
    byte[] type = field(in, MAX_TYPE, "payload type");
    byte[] id = field(in, MAX_KEY_ID, "key id");
    byte[] payload = field(in, MAX_PAYLOAD, "payload");
    byte[] signature = field(in, VerifyKey.SIGNATURE_LENGTH, "signature");
    if (in.hasRemaining()) {
      throw new EnvelopeFormatException("something follows the envelope");
    }
    try {
      // Latin-1 keeps every byte apart, so the ASCII rule of the constructor sees all of them.
      return new Envelope(
          new String(type, StandardCharsets.ISO_8859_1),
          payload,
          new String(id, StandardCharsets.ISO_8859_1),
          signature);
    } catch (IllegalArgumentException e) {
      throw new EnvelopeFormatException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Envelope that
        && payloadType.equals(that.payloadType)
        && keyId.equals(that.keyId)
        && Arrays.equals(payload, that.payload)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }

  /** Type, key id and size; never the payload, which may hold people's data. */
  @Override
  public String toString() {
    return "Envelope[" + payloadType + " by " + keyId + ", " + payload.length + " bytes]";
  }

  private static byte[] field(ByteBuffer in, int max, String name) throws EnvelopeFormatException {
    if (in.remaining() < Integer.BYTES) {
      throw new EnvelopeFormatException(name + " is missing");
    }
    int length = in.getInt();
    if (length < 0 || length > max) {
      throw new EnvelopeFormatException(name + " is longer than " + max + " bytes");
    }
    if (length > in.remaining()) {
      throw new EnvelopeFormatException(name + " is cut off");
    }
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }

  private static void requireName(String name, int max, String what) {
    boolean printable = name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (name.isEmpty() || name.length() > max || !printable) {
      throw new IllegalArgumentException(
          what + " must be 1 to " + max + " printable ASCII characters without spaces");
    }
  }
}
