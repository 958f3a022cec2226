package dev.countersign.server.http;

import dev.countersign.common.crypto.Hash;
import dev.countersign.server.config.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate, kept with its private key in one file of mode 0600. Devices pin its
 * key, not the certificate: when hosts are added or it nears its end it is made anew over the same
 * key, and no device notices. A certificate of an authority may be put in its place, over the same
 * key and with the ones above it behind it; that one is never made anew here.
 */
public final class TlsCertificate {
  private static final int DAYS = 3_650;
  private static final Duration RENEW_BEFORE = Duration.ofDays(90);

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----.*?-----END \\1-----", Pattern.DOTALL);

  private final HeldCertificate held;
  private final List<X509Certificate> above;

  private TlsCertificate(HeldCertificate held, List<X509Certificate> above) {
    this.held = held;
    this.above = above;
  }

  /**
   * The certificate of this file, made or renewed where needed.
   *
   * @param hosts names and addresses it has to stand for
   * @throws IOException when the file is there and holds no certificate with its key
   */
  public static TlsCertificate load(Path file, Collection<String> hosts, Instant now)
      throws IOException {
    if (!Files.exists(file)) {
      return store(file, make(null, hosts));
    }
    TlsCertificate standing = read(file);
    HeldCertificate stored = standing.held;
    if (!standing.isOwn()) {
      // An authority made it; whoever put it there renews it.
      return standing;
    }
    Set<String> wanted = new LinkedHashSet<>(names(stored.certificate()));
    boolean complete = !wanted.addAll(hosts);
    boolean lasting =
        stored.certificate().getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
    return complete && lasting ? standing : store(file, make(stored.keyPair(), wanted));
  }

  /** A certificate over a new key, not in use yet. */
  public static final class Fresh {
    private final Path file;
    private final HeldCertificate held;

    private Fresh(Path file, HeldCertificate held) {
      this.file = file;
      this.held = held;
    }

    /** As {@link TlsCertificate#pin()}. */
    public String pin() {
      return Hash.of(held.certificate().getPublicKey().getEncoded()).toHex();
    }

    /** Puts it in the place of the one before. */
    public void keep() throws IOException {
      store(file, held);
    }
  }

  /**
   * Makes a certificate over a new key for the names of this file's.
   *
   * @throws IOException when the file holds no certificate
   */
  public static Fresh fresh(Path file) throws IOException {
    return new Fresh(file, make(null, names(read(file).held.certificate())));
  }

  /** SHA-256 of the public key's SubjectPublicKeyInfo, hexadecimal. */
  public String pin() {
    return Hash.of(held.certificate().getPublicKey().getEncoded()).toHex();
  }

  public Instant expires() {
    return held.certificate().getNotAfter().toInstant();
  }

  SSLContext sslContext() {
    return new HandshakeCertificates.Builder()
        .heldCertificate(held, above.toArray(X509Certificate[]::new))
        .build()
        .sslContext();
  }

  /** True for one that this server made itself. */
  private boolean isOwn() {
    try {
      held.certificate().verify(held.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** The first certificate is the server's; others are those above it, up to a root. */
  private static TlsCertificate read(Path file) throws IOException {
    StringBuilder own = new StringBuilder();
    StringBuilder above = new StringBuilder();
    boolean first = true;
    Matcher blocks = BLOCK.matcher(Files.readString(file));
    while (blocks.find()) {
      boolean certificate = blocks.group(1).equals("CERTIFICATE");
      (certificate && !first ? above : own).append(blocks.group()).append('\n');
      first &= !certificate;
    }
    try {
      return new TlsCertificate(HeldCertificate.decode(own.toString()), certificates(above));
    } catch (IllegalArgumentException | CertificateException e) {
      throw new IOException(file + " holds no certificate with its private key", e);
    }
  }

  private static List<X509Certificate> certificates(CharSequence pem) throws CertificateException {
    byte[] bytes = pem.toString().getBytes(StandardCharsets.US_ASCII);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(bytes))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static TlsCertificate store(Path file, HeldCertificate held) throws IOException {
    String pem = held.certificatePem() + held.privateKeyPkcs8Pem();
    PrivateFiles.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    return new TlsCertificate(held, List.of());
  }

  private static HeldCertificate make(@Nullable KeyPair key, Collection<String> hosts) {
    HeldCertificate.Builder builder =
        new HeldCertificate.Builder()
            .commonName("Countersign sync server")
            .duration(DAYS, TimeUnit.DAYS);
    hosts.forEach(builder::addSubjectAlternativeName);
    if (key != null) {
      builder.keyPair(key);
    }
    return builder.build();
  }

  private static Set<String> names(X509Certificate certificate) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          names.add(String.valueOf(alternative.get(1)));
        }
      }
      return names;
    } catch (CertificateParsingException e) {
      throw new IOException("the certificate cannot be read", e);
    }
  }
}
