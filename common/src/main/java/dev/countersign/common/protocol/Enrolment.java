package dev.countersign.common.protocol;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The messages of enrolment and what binds them to the single-use code. The code itself never
 * travels and is never stored: both sides derive {@link #codeKey} from it and authenticate with
 * that, so a man in the middle can neither swap the device's key nor the server's.
 */
public final class Enrolment {
  /** The DSSE payload type of a request: signed by the new key, which proves its possession. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.enrolment.v1+json";

  private Enrolment() {}

  /**
   * What a device asks with.
   *
   * @param code the public half of the code, which says which code is meant
   * @param publicKey the new device's key, base64
   * @param name what people call the device
   * @param mac hexadecimal, {@link #requestMac}
   */
  public record Request(String code, String publicKey, String name, String mac) {}

  /**
   * What the server answers.
   *
   * @param certificate the device certificate's envelope, base64 of its wire form
   * @param serverKey the key that signs certificates and acknowledgements, base64
   * @param logKey the audit log's verification key in the signed-note form
   * @param grants the first {@link GrantSheet}, so that roles count as they are from the first
   *     minute on; base64 of its envelope
   * @param mac hexadecimal, {@link #answerMac}: shows that the answer comes from the holder of the
   *     code
   */
  public record Answer(
      String certificate,
      String serverKey,
      String logKey,
      UUID epoch,
      String tenantName,
      String storeName,
      String registerName,
      String currency,
      FirstUser firstUser,
      String grants,
      String mac) {
    /** The same answer with the proof that it comes from the holder of the code. */
    public Answer authenticated(byte[] codeKey, String publicKey) {
      return new Answer(
          certificate,
          serverKey,
          logKey,
          epoch,
          tenantName,
          storeName,
          registerName,
          currency,
          firstUser,
          grants,
          answerMac(codeKey, publicKey, this));
    }
  }

  /** The person who chooses the first PIN on the device. */
  public record FirstUser(UUID id, String name, String role) {}

  /** The key both sides derive from the code's secret half: SHA-256 over a label, id and secret. */
  public static byte[] codeKey(String code, String secret) {
    return Hash.of(
            "countersign enrolment code v1\n".getBytes(StandardCharsets.UTF_8),
            (code + "\n" + secret).getBytes(StandardCharsets.UTF_8))
        .bytes();
  }

  /** Binds the device's key and name to the code. */
  public static String requestMac(byte[] codeKey, String code, String publicKey, String name) {
    return mac(codeKey, "request", code, publicKey, name);
  }

  /**
   * Binds everything that the server answers to the code and to the device's key: the keys, but
   * also who chooses the first PIN and with which role and rights.
   *
   * @throws NullPointerException when the answer lacks a field
   */
  public static String answerMac(byte[] codeKey, String publicKey, Answer answer) {
    FirstUser first = answer.firstUser();
    return mac(
        codeKey,
        "answer",
        publicKey,
        answer.certificate(),
        answer.serverKey(),
        answer.logKey(),
        answer.epoch().toString(),
        answer.tenantName(),
        answer.storeName(),
        answer.registerName(),
        answer.currency(),
        first.id().toString(),
        first.name(),
        first.role(),
        answer.grants());
  }

  /** Compares two hexadecimal MACs in constant time. */
  public static boolean sameMac(@Nullable String a, String b) {
    return a != null
        && MessageDigest.isEqual(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What both screens show, so that a person can see that no key was swapped: three groups of four
   * digits over the device's and the server's keys.
   */
  public static String fingerprint(VerifyKey device, VerifyKey server) {
    return Hash.of(device.raw(), server.raw()).digits();
  }

  private static String mac(byte[] key, String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        mac.update(bytes);
      }
      return java.util.HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
    }
  }

  /** Base64 as the messages use it: with padding, refused when not canonical. */
  public static byte[] canonicalBase64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("not canonical base64");
    }
    return bytes;
  }
}
