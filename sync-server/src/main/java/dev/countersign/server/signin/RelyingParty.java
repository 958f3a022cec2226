package dev.countersign.server.signin;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Whom passkeys are made for (W3C Web Authentication, "relying party"). Browsers take a name and no
 * network address; the machine itself is {@code localhost}.
 *
 * @param id the host's name
 * @param origins what browsers say where the page came from, as {@code https://name:port}
 */
public record RelyingParty(String id, Set<String> origins) {
  private static final int HTTPS = 443;

  public RelyingParty {
    origins = Set.copyOf(origins);
  }

  /** Of the address that people open; empty when that has no name. */
  public static Optional<RelyingParty> of(URI server) {
    String host = server.getHost();
    boolean own = host.equals("127.0.0.1") || host.equals("[::1]");
    if (!own && (host.startsWith("[") || host.matches("[0-9.]+"))) {
      return Optional.empty();
    }
    String name = own ? "localhost" : host;
    String port = server.getPort() < 0 || server.getPort() == HTTPS ? "" : ":" + server.getPort();
    return Optional.of(new RelyingParty(name, Set.of("https://" + name + port)));
  }
}
