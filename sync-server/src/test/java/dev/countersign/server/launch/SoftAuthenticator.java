package dev.countersign.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * An authenticator and the browser before it, in software: keys, CBOR, counts and signatures as W3C
 * Web Authentication and RFC 9052 have them. Every field can be bent by a test.
 */
final class SoftAuthenticator {
  private static final byte PRESENT = 0x01;
  private static final byte VERIFIED = 0x04;
  private static final byte ATTESTED = 0x40;

  private final KeyPair key;
  private final boolean elliptic;
  byte[] id = new byte[32];
  byte[] handle = new byte[0];
  String rpId;
  String origin;
  long count;
  boolean verified = true;

  private SoftAuthenticator(KeyPair key, boolean elliptic, String rpId, String origin) {
    this.key = key;
    this.elliptic = elliptic;
    this.rpId = rpId;
    this.origin = origin;
    new SecureRandom().nextBytes(id);
  }

  static SoftAuthenticator elliptic(String rpId, String origin) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return new SoftAuthenticator(generator.generateKeyPair(), true, rpId, origin);
  }

  static SoftAuthenticator edwards(String rpId, String origin) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new SoftAuthenticator(pair, false, rpId, origin);
  }

  /** Another device with the same key and the count of the moment. */
  SoftAuthenticator copy() {
    SoftAuthenticator copy = new SoftAuthenticator(key, elliptic, rpId, origin);
    copy.id = id.clone();
    copy.handle = handle.clone();
    copy.count = count;
    return copy;
  }

  /** The answer to a request to make a passkey. */
  Map<String, Object> make(String challenge, String handleText, String name) throws Exception {
    handle = Base64.getUrlDecoder().decode(handleText);
    byte[] data =
        authenticatorData(
            (byte) (flags() | ATTESTED),
            joined(
                new byte[16],
                ByteBuffer.allocate(2).putShort((short) id.length).array(),
                id,
                coseKey()));
    Cbor attestation =
        new Cbor().map(3).text("fmt").text("none").text("attStmt").map(0).text("authData");
    return Visitor.fields(
        "name", name,
        "clientDataJSON", text(clientData("webauthn.create", challenge)),
        "attestationObject", text(attestation.bytes(data).done()));
  }

  /** The answer to a request to sign in. */
  Map<String, Object> sign(String challenge) throws Exception {
    count++;
    byte[] data = authenticatorData(flags(), new byte[0]);
    byte[] client = clientData("webauthn.get", challenge);
    Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSA" : "Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(data);
    signature.update(MessageDigest.getInstance("SHA-256").digest(client));
    return Visitor.fields(
        "id", text(id),
        "userHandle", text(handle),
        "clientDataJSON", text(client),
        "authenticatorData", text(data),
        "signature", text(signature.sign()));
  }

  private byte flags() {
    return verified ? (byte) (PRESENT | VERIFIED) : PRESENT;
  }

  private byte[] clientData(String type, String challenge) {
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + challenge
            + "\",\"origin\":\""
            + origin
            + "\",\"crossOrigin\":false}")
        .getBytes(UTF_8);
  }

  private byte[] authenticatorData(byte flags, byte[] attested) throws GeneralSecurityException {
    byte[] party = MessageDigest.getInstance("SHA-256").digest(rpId.getBytes(UTF_8));
    return joined(party, ByteBuffer.allocate(5).put(flags).putInt((int) count).array(), attested);
  }

  private byte[] coseKey() {
    if (elliptic) {
      var point = ((ECPublicKey) key.getPublic()).getW();
      return new Cbor()
          .map(5)
          .number(1)
          .number(2)
          .number(3)
          .number(-7)
          .number(-1)
          .number(1)
          .number(-2)
          .bytes(fixed(point.getAffineX()))
          .number(-3)
          .bytes(fixed(point.getAffineY()))
          .done();
    }
    byte[] encoded = ((EdECPublicKey) key.getPublic()).getEncoded();
    byte[] raw = new byte[32];
    System.arraycopy(encoded, encoded.length - 32, raw, 0, 32);
    return new Cbor()
        .map(4)
        .number(1)
        .number(1)
        .number(3)
        .number(-8)
        .number(-1)
        .number(6)
        .number(-2)
        .bytes(raw)
        .done();
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] all = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, all, 32 - length, length);
    return all;
  }

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** As much of RFC 8949 as authenticators write. */
  private static final class Cbor {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Cbor map(int size) {
      return head(5, size);
    }

    Cbor number(int number) {
      return number < 0 ? head(1, -1 - number) : head(0, number);
    }

    Cbor text(String text) {
      byte[] bytes = text.getBytes(UTF_8);
      head(3, bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Cbor bytes(byte[] bytes) {
      head(2, bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    byte[] done() {
      return out.toByteArray();
    }

    private Cbor head(int major, int value) {
      if (value < 24) {
        out.write(major << 5 | value);
      } else if (value < 256) {
        out.write(major << 5 | 24);
        out.write(value);
      } else {
        out.write(major << 5 | 25);
        out.write(value >> 8);
        out.write(value);
      }
      return this;
    }
  }
}
