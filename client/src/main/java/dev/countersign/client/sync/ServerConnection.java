package dev.countersign.client.sync;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The way to one server, over TLS only. Every call ends in a {@link Reply} within its time-outs; no
 * fault of a network is an exception. Redirects are not followed: a sync server never sends one, a
 * captive portal does. Safe for any thread.
 */
public final class ServerConnection implements AutoCloseable {
  /** How long one exchange may take. */
  public record Patience(Duration connect, Duration silence, Duration whole) {
    /** For a shop's network: 10 s to connect, 30 s without a byte, 60 s for an exchange. */
    public static Patience usual() {
      return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
  }

  /** Reads a body as it comes. */
  @FunctionalInterface
  interface BodyReader {
    void read(InputStream body) throws IOException;
  }

  private static final MediaType BINARY = MediaType.get("application/octet-stream");
  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType EVENTS = MediaType.get("text/event-stream");
  private static final String RETRY_AFTER = "Retry-After";
  private static final String KEPT = "Countersign-Retry-After";
  private static final int PROBLEM_BYTES = 64 * 1024;
  private static final long LONGEST_RETRY_AFTER_SECONDS = 900;

  private final @Nullable PinnedKey pinned;
  private final @Nullable Interceptor carrier;
  private final Patience patience;
  private final String address;
  private final HttpUrl server;
  private final OkHttpClient client;
  private final OkHttpClient streaming;

  /**
   * Opens nothing yet.
   *
   * @param server base address, {@code https://host:port}
   * @param pin SHA-256 of the server's public key in hexadecimal; null leaves it to the system
   * @throws IllegalArgumentException when the address is none, or not of https
   */
  public ServerConnection(String server, @Nullable String pin, Patience patience) {
    this(pin == null ? null : PinnedKey.of(List.of(pin)), server, patience, null);
  }

  /**
   * The same over something else than sockets.
   *
   * @param carrier answers every request by itself, or throws what a network throws
   */
  public static ServerConnection over(String server, Interceptor carrier) {
    return new ServerConnection(null, server, Patience.usual(), carrier);
  }

  /**
   * The same with all the pins that are believed.
   *
   * @param pins empty leaves it to the system
   */
  public static ServerConnection believing(String server, List<String> pins, Patience patience) {
    return new ServerConnection(pins.isEmpty() ? null : PinnedKey.of(pins), server, patience, null);
  }

  /** A way that whoever is there may answer on: only for what proves itself. */
  static ServerConnection unbelieved(String server, Patience patience) {
    return new ServerConnection(PinnedKey.unbelieved(), server, patience, null);
  }

  private ServerConnection(
      @Nullable PinnedKey pinned, String server, Patience patience, @Nullable Interceptor carrier) {
    this.pinned = pinned;
    this.carrier = carrier;
    this.patience = patience;
    this.address = server;
    this.server = HttpUrl.get(server);
    if (!this.server.isHttps()) {
      throw new IllegalArgumentException("a server is reached by https only");
    }
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(patience.connect())
            .readTimeout(patience.silence())
            .writeTimeout(patience.silence())
            .callTimeout(patience.whole())
            .followRedirects(false)
            .followSslRedirects(false)
            // Resending is the caller's decision: it knows whether asking twice is the same.
            .retryOnConnectionFailure(false)
            .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
            .addNetworkInterceptor(ServerConnection::keepRetryAfterForUs);
    if (pinned != null) {
      believeOnly(pinned, builder);
    }
    if (carrier != null) {
      builder
          .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .addInterceptor(ServerConnection::keepRetryAfterForUs)
          .addInterceptor(carrier);
    }
    this.client = builder.build();
    this.streaming = client.newBuilder().callTimeout(Duration.ZERO).build();
  }

  private static void believeOnly(PinnedKey key, OkHttpClient.Builder builder) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {key}, null);
      builder.sslSocketFactory(context.getSocketFactory(), key);
      builder.hostnameVerifier((_, _) -> true);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every JDK", e);
    }
  }

  /**
   * OkHttp repeats a request by itself on {@code Retry-After: 0}, and throws on a number that does
   * not fit in 32 bits. Neither is wanted, so it does not get to see the header.
   */
  private static Response keepRetryAfterForUs(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String asked = response.header(RETRY_AFTER);
    Response.Builder kept = response.newBuilder().removeHeader(KEPT).removeHeader(RETRY_AFTER);
    return (asked == null ? kept : kept.header(KEPT, asked)).build();
  }

  /** Believes these pins from now on. */
  void believe(List<String> pins) {
    if (pinned != null && !pins.isEmpty()) {
      pinned.believe(pins);
    }
  }

  /** Another way to the same server, on which whoever is there may answer. */
  ServerConnection unbelieved() {
    return carrier == null ? unbelieved(address, patience) : over(address, carrier);
  }

  /** Posts bytes and expects bytes. */
  public Reply postBinary(String path, byte[] body) {
    return exchange(request(path, Map.of()).post(RequestBody.create(body, BINARY)), BINARY);
  }

  /** Posts bytes and expects JSON. */
  Reply postForJson(String path, byte[] body) {
    return exchange(request(path, Map.of()).post(RequestBody.create(body, BINARY)), JSON);
  }

  /** Posts a document over a session and expects one. */
  Reply postJson(String path, byte[] body, String token) {
    return exchange(
        authorised(request(path, Map.of()), token).post(RequestBody.create(body, JSON)), JSON);
  }

  /** Posts bytes with a query and expects JSON. */
  Reply postForJson(String path, Map<String, String> query, byte[] body) {
    return exchange(request(path, query).post(RequestBody.create(body, BINARY)), JSON);
  }

  /** Asks for JSON; the token is left out when null. */
  public Reply getJson(String path, Map<String, String> query, @Nullable String token) {
    return exchange(authorised(request(path, query), token), JSON);
  }

  /**
   * Sends JSON, or nothing, and expects JSON.
   *
   * @param method {@code GET}, {@code POST} or {@code DELETE}
   * @param path may hold a query
   */
  Reply exchangeJson(
      String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    HttpUrl url = server.resolve(path);
    if (url == null) {
      throw new IllegalArgumentException("not a path");
    }
    RequestBody sent =
        method.equals("GET") ? null : RequestBody.create(body == null ? new byte[0] : body, JSON);
    Request.Builder request = new Request.Builder().url(url).method(method, sent);
    headers.forEach(request::header);
    return exchange(request, JSON);
  }

  /** Asks for bytes as this device. */
  Reply getBinary(String path, String token) {
    return exchange(authorised(request(path, Map.of()), token), BINARY);
  }

  /** Asks for bytes that are public. */
  Reply getBinary(String path, Map<String, String> query) {
    return exchange(request(path, query), BINARY);
  }

  /** Takes a body as it comes. */
  @FunctionalInterface
  interface PackedReader {
    /**
     * @param packed whether it is gzip; something on the way may have unpacked it
     */
    void read(InputStream body, boolean packed) throws IOException;
  }

  /** Asks for a body of any length, which the reader takes as it comes, as gzip if it can be. */
  Reply getPacked(String path, String token, PackedReader reader) {
    Request request =
        authorised(request(path, Map.of()), token).header("Accept-Encoding", "gzip").build();
    try (Response response = streaming.newCall(request).execute()) {
      if (response.code() != 200) {
        return refusal(response);
      }
      if (isPage(response.body().contentType())) {
        return new Reply.NotCountersign("200 with " + response.body().contentType());
      }
      boolean packed = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
      reader.read(response.body().byteStream(), packed);
      return new Reply.Answered(new byte[0]);
    } catch (IOException e) {
      return silence(e);
    }
  }

  /** Holds an answer open for events, which the reader takes as they come. */
  Reply getEvents(String path, Map<String, String> query, String token, BodyReader reader) {
    Request request =
        authorised(request(path, query), token).header("Accept", "text/event-stream").build();
    try (Response response = streaming.newCall(request).execute()) {
      if (response.code() != 200) {
        return refusal(response);
      }
      if (!isA(response.body().contentType(), EVENTS)) {
        return new Reply.NotCountersign("200 with " + response.body().contentType());
      }
      reader.read(response.body().byteStream());
      return new Reply.Answered(new byte[0]);
    } catch (IOException e) {
      return silence(e);
    }
  }

  private Request.Builder request(String path, Map<String, String> query) {
    HttpUrl.Builder url = server.newBuilder().encodedPath(path);
    query.forEach(url::addQueryParameter);
    return new Request.Builder().url(url.build());
  }

  private static Request.Builder authorised(Request.Builder request, @Nullable String token) {
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply exchange(Request.Builder request, MediaType expected) {
    try (Response response = client.newCall(request.build()).execute()) {
      if (response.code() != 200) {
        return refusal(response);
      }
      MediaType type = response.body().contentType();
      if (!isA(type, expected)) {
        return new Reply.NotCountersign("200 with " + type + " instead of " + expected);
      }
      byte @Nullable [] body = upTo(Limits.INFLATED_BYTES, response.body());
      return body == null
          ? new Reply.NotCountersign("an answer over " + Limits.INFLATED_BYTES + " bytes")
          : new Reply.Answered(body);
    } catch (IOException e) {
      return silence(e);
    }
  }

  private static Reply.NoAnswer refusal(Response response) throws IOException {
    int status = response.code();
    byte @Nullable [] body = upTo(PROBLEM_BYTES, response.body());
    Problem problem = isA(response.body().contentType(), JSON) ? problem(body) : null;
    if (status == 429 || status >= 500) {
      return new Reply.Busy(
          retryAfter(response.headers()),
          status + (problem == null ? "" : " " + problem.code() + ": " + problem.message()));
    }
    return status < 400 || problem == null
        ? new Reply.NotCountersign("status " + status)
        : new Reply.Refused(status, problem);
  }

  private static @Nullable Problem problem(byte @Nullable [] body) {
    try {
      return body == null ? null : Json.decodeKnown(body, Problem.class);
    } catch (JacksonException _) {
      return null;
    }
  }

  /** Seconds only; a date would trust a clock. Bounded, so that no proxy can silence a till. */
  private static Duration retryAfter(Headers headers) {
    String text = headers.get(KEPT);
    if (text == null || !text.matches("[0-9]{1,9}")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_RETRY_AFTER_SECONDS));
  }

  private static byte @Nullable [] upTo(int limit, ResponseBody body) throws IOException {
    BufferedSource source = body.source();
    return source.request(limit + 1L) ? null : source.readByteArray();
  }

  private static boolean isA(@Nullable MediaType type, MediaType expected) {
    return type != null
        && type.type().equals(expected.type())
        && type.subtype().equals(expected.subtype());
  }

  private static boolean isPage(@Nullable MediaType type) {
    return type == null || type.type().equals("text");
  }

  private static Reply.NoAnswer silence(IOException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return new Reply.CertificateChanged(String.valueOf(cause.getMessage()));
      }
    }
    String detail = fault.toString();
    return switch (fault) {
      case UnknownHostException _, NoRouteToHostException _ ->
          new Reply.Unreachable(Reply.Unreachable.Why.NO_NETWORK, detail);
      case ConnectException _ -> new Reply.Unreachable(Reply.Unreachable.Why.SERVER_DOWN, detail);
      case InterruptedIOException _ ->
          new Reply.Unreachable(Reply.Unreachable.Why.TIMED_OUT, detail);
      case ProtocolException _ -> new Reply.NotCountersign(detail);
      case SSLException tls when speaksNoTls(tls) -> new Reply.NotCountersign(detail);
      default -> new Reply.Unreachable(Reply.Unreachable.Why.CUT, detail);
    };
  }

  /** The JDK tells a plain-text answer on a TLS port only by its message. */
  private static boolean speaksNoTls(SSLException fault) {
    return String.valueOf(fault.getMessage()).contains("unrecognized SSL message");
  }

  /** Ends the exchanges under way; each answers as a broken connection. */
  void cancel() {
    client.dispatcher().cancelAll();
  }

  /** Ends idle connections and the threads behind them. */
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
