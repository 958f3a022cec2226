package dev.countersign.client.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * Something that answers over TLS in the place of a server: whatever a test makes it say. It can
 * stand in front of a real one and spoil what passes.
 */
final class Front implements AutoCloseable {
  /** A request as it came. */
  record Asked(String method, String path, String query, String authorization, byte[] body) {}

  /**
   * What to answer.
   *
   * @param status 0 cuts the connection without a word
   */
  record Said(int status, String type, byte[] body, Map<String, String> headers) {
    static Said json(Object value) {
      return new Said(200, "application/json", Json.encode(value), Map.of());
    }

    static Said bytes(byte[] body) {
      return new Said(200, "application/octet-stream", body, Map.of());
    }

    static Said html() {
      byte[] page = "<html>Please sign in to the network</html>".getBytes(StandardCharsets.UTF_8);
      return new Said(200, "text/html", page, Map.of());
    }

    static Said problem(int status, Problem problem) {
      return new Said(status, "application/json", Json.encode(problem), Map.of());
    }

    static Said unavailable(String retryAfter) {
      return new Said(
          503,
          "application/json",
          Json.encode(Problem.of("busy", "later")),
          Map.of("Retry-After", retryAfter));
    }

    static Said tooMany(Problem problem, String retryAfter) {
      return new Said(
          429, "application/json", Json.encode(problem), Map.of("Retry-After", retryAfter));
    }

    static Said cut() {
      return new Said(0, "", new byte[0], Map.of());
    }
  }

  /** Decides. */
  @FunctionalInterface
  interface Mind {
    Said answer(Asked asked) throws IOException;
  }

  static final ServerConnection.Patience SHORT =
      new ServerConnection.Patience(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HeldCertificate certificate;
  private volatile Mind mind;
  final AtomicInteger requests = new AtomicInteger();

  Front(Mind mind) throws IOException {
    this(mind, new HeldCertificate.Builder().commonName("front").build());
  }

  Front(Mind mind, HeldCertificate certificate) throws IOException {
    this.mind = mind;
    this.certificate = certificate;
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var handshake = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    server.setHttpsConfigurator(new HttpsConfigurator(handshake.sslContext()));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String pin() {
    return Hash.of(certificate.certificate().getPublicKey().getEncoded()).toHex();
  }

  void mind(Mind newMind) {
    mind = newMind;
  }

  ServerConnection connect() {
    return new ServerConnection(url(), pin(), SHORT);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Said said =
          mind.answer(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestURI().getRawQuery(),
                  authorization == null ? "" : authorization,
                  exchange.getRequestBody().readAllBytes()));
      if (said.status() == 0) {
        // The exchange ends before any answer: the client sees the connection break.
        throw new IOException("cut");
      }
      said.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", said.type());
      exchange.sendResponseHeaders(
          said.status(), said.body().length == 0 ? -1 : said.body().length);
      exchange.getResponseBody().write(said.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
