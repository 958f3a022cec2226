package dev.countersign.server.http;

import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS as this server speaks it: 1.3, and 1.2 with forward secrecy and authenticated encryption
 * only; the server's order counts. The certificate can be changed while connections stay open.
 */
final class Tls {
  /** Those of TLS 1.3, then the ones of 1.2 that are as strong. */
  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
  };

  private final SslContextFactory.Server factory = new SslContextFactory.Server();

  Tls(TlsCertificate certificate) {
    factory.setSslContext(certificate.sslContext());
    factory.setExcludeProtocols();
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setExcludeCipherSuites();
    factory.setIncludeCipherSuites(SUITES);
    factory.setUseCipherSuitesOrder(true);
    factory.setRenegotiationAllowed(false);
  }

  SslConnectionFactory connections() {
    return new SslConnectionFactory(factory, "http/1.1");
  }

  /** From now on new connections are shown this certificate; those that are open go on. */
  void use(TlsCertificate certificate) throws Exception {
    factory.reload(same -> same.setSslContext(certificate.sslContext()));
  }
}
