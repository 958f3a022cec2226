package dev.countersign.client.sync;

import dev.countersign.common.crypto.Hash;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes the public key that the enrolment code named, and those it gave way to: the SHA-256 of
 * the certificate's SubjectPublicKeyInfo (RFC 7469 section 2.4). Names and dates in the certificate
 * count for nothing then, so that neither another address nor a clock off by a year stops a till.
 */
final class PinnedKey extends X509ExtendedTrustManager {
  /** Another key than the pinned one answered. */
  static final class OtherKeyException extends CertificateException {
    private static final long serialVersionUID = 1L;

    OtherKeyException(String found) {
      super("the server's key is " + found + ", not the one of the enrolment");
    }
  }

  private volatile @Nullable Set<Hash> pins;

  private PinnedKey(@Nullable Set<Hash> pins) {
    this.pins = pins;
  }

  /** Takes the pins in hexadecimal: the one that the server shows now, and one it is to show. */
  static PinnedKey of(Collection<String> pins) {
    PinnedKey key = new PinnedKey(Set.of());
    key.believe(pins);
    return key;
  }

  /** Takes any key: only for what proves itself whoever brings it. */
  static PinnedKey unbelieved() {
    return new PinnedKey(null);
  }

  /** Believes these from now on. */
  void believe(Collection<String> other) {
    pins = other.stream().map(Hash::fromHex).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    Hash found = Hash.of(chain[0].getPublicKey().getEncoded());
    Set<Hash> believed = pins;
    if (believed != null && !believed.contains(found)) {
      throw new OtherKeyException(found.toHex());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a till serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
