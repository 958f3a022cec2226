package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.guard.Finding;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.signin.Origin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One request and its answer, with every limit on what comes in. */
public final class Exchange {
  private static final int CHUNK = 16 * 1024;

  private final Context context;
  private final Duration requestTime;
  private final LongSupplier nanoTime;
  private final @Nullable SignedIn device;
  private final @Nullable Caller caller;
  private final Gate gate;
  private final DeviceTurns turns;
  private Finding found = Finding.NONE;

  Exchange(
      Context context,
      Duration requestTime,
      LongSupplier nanoTime,
      @Nullable SignedIn device,
      @Nullable Caller caller,
      Gate gate,
      DeviceTurns turns) {
    this.context = context;
    this.requestTime = requestTime;
    this.nanoTime = nanoTime;
    this.device = device;
    this.caller = caller;
    this.gate = gate;
    this.turns = turns;
  }

  /** The person or key that asks; only on routes whose {@link Access} lets one in. */
  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("a route that signs nobody in asked for a caller");
    }
    return caller;
  }

  /**
   * Where it came from.
   *
   * @throws RefusedRequest 401 when it names a device that is not signed in
   */
  Origin origin() throws SQLException {
    return gate.origin(context);
  }

  /** True when our own page asks. */
  boolean isOurPage() {
    return Gate.isOurPage(context);
  }

  /** Hands a token over: to a page as a cookie, which scripts cannot read; null is left to show. */
  @Nullable String handOver(String token, boolean page) {
    if (!page) {
      return token;
    }
    Gate.setCookie(context, token);
    return null;
  }

  /** Takes the cookie of a session away. */
  void dropCookie() {
    Gate.dropCookie(context);
  }

  /** The device that is signed in; only on routes with {@link Access#DEVICE}. */
  SignedIn device() {
    if (device == null) {
      throw new IllegalStateException("a route that signs nobody in asked for a device");
    }
    return device;
  }

  /** What devices may ask for whose signature says who they are. */
  DeviceTurns turns() {
    return turns;
  }

  /** The network address it came from. */
  String address() {
    return context.ip();
  }

  /** Says in the request log which device this was. */
  void noteDevice(UUID id) {
    context.attribute(RequestLog.DEVICE, id);
  }

  /**
   * The body, at most so many bytes, within the request's time, and looked through for what must
   * not be stored.
   *
   * @throws RefusedRequest 413 over the limit, 408 when it came too slowly, 422 when a card number
   *     is in it
   */
  byte[] body(int atMost) throws IOException {
    byte[] bytes = unreadBody(atMost);
    found = found.and(Finding.inBody(bytes));
    if (found.cardNumber()) {
      throw TextWatch.cardNumber();
    }
    return bytes;
  }

  /** What was found in the body so far. */
  Finding found() {
    return found;
  }

  /**
   * The body as it came, for whoever looks into it in another way.
   *
   * @throws RefusedRequest 413 over the limit, 408 when it came too slowly
   */
  byte[] unreadBody(int atMost) throws IOException {
    String encoding = context.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw RefusedRequest.of(415, Problem.MALFORMED, "No Content-Encoding is taken here.");
    }
    long announced = context.req().getContentLengthLong();
    if (announced > atMost) {
      throw tooLarge(atMost);
    }
    // One more than comes, to see the end with the same look.
    int size = announced < 0 ? CHUNK : (int) Math.min(CHUNK, announced + 1);
    long deadline = nanoTime.getAsLong() + requestTime.toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    byte[] chunk = new byte[size];
    InputStream in = context.req().getInputStream();
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      if (count > atMost - bytes.size()) {
        throw tooLarge(atMost);
      }
      bytes.write(chunk, 0, count);
      if (nanoTime.getAsLong() - deadline > 0) {
        context.header("Connection", "close");
        throw RefusedRequest.of(
            408, "too-slow", "A request arrives within " + requestTime.toSeconds() + " s.");
      }
    }
    return bytes.toByteArray();
  }

  private RefusedRequest tooLarge(int atMost) {
    context.header("Connection", "close");
    return RefusedRequest.of(
        413, Problem.TOO_LARGE, "At most " + atMost + " bytes are taken here.");
  }

  /**
   * Reads an envelope whose payload is one JSON document.
   *
   * @throws RefusedRequest 400 when the bytes are none, or of another payload type
   */
  static Envelope envelope(byte[] bytes, String payloadType) {
    try {
      Envelope envelope = Envelope.decode(bytes);
      if (envelope.payloadType().equals(payloadType)) {
        return envelope;
      }
      throw RefusedRequest.malformed("An envelope of type " + payloadType + " is expected.");
    } catch (EnvelopeFormatException e) {
      throw RefusedRequest.malformed("Not an envelope: " + e.getMessage());
    }
  }

  /**
   * Reads a payload strictly.
   *
   * @throws RefusedRequest 400 when it is not one document of that type
   */
  static <T> T document(byte[] payload, Class<T> type) {
    try {
      return Json.decode(payload, type);
    } catch (JacksonException | IllegalArgumentException _) {
      throw RefusedRequest.malformed("The payload is not a " + type.getSimpleName() + ".");
    }
  }

  /**
   * A query parameter that is there exactly once.
   *
   * @throws RefusedRequest 400 otherwise
   */
  String query(String name) {
    List<String> values = context.queryParams(name);
    if (values.size() != 1) {
      throw RefusedRequest.malformed("The query needs one " + name + ".");
    }
    return values.getFirst();
  }

  /**
   * A query parameter that is a whole number from 0.
   *
   * @throws RefusedRequest 400 otherwise
   */
  long queryNumber(String name) {
    String text = query(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw RefusedRequest.malformed(name + " must be a whole number.");
    }
    return Long.parseLong(text);
  }

  /**
   * A query parameter that is an id.
   *
   * @throws RefusedRequest 400 otherwise
   */
  UUID queryId(String name) {
    return id(query(name), name);
  }

  /**
   * An id in the path.
   *
   * @throws RefusedRequest 400 when it is none
   */
  UUID pathId(String name) {
    return id(context.pathParam(name), name);
  }

  /** A name in the path, decoded. */
  String pathText(String name) {
    return context.pathParam(name);
  }

  /** True when the query has this parameter, whatever it says. */
  boolean hasQuery(String name) {
    return !context.queryParams(name).isEmpty();
  }

  /**
   * A query parameter that is an id, or null when it is not there.
   *
   * @throws RefusedRequest 400 when it is something else
   */
  @Nullable UUID queryIdOrNull(String name) {
    return context.queryParams(name).isEmpty() ? null : queryId(name);
  }

  private static UUID id(String text, String name) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // answered below
    }
    throw RefusedRequest.malformed(name + " must be an id.");
  }

  void answerJson(Object value) {
    context.status(200).contentType("application/json").result(Json.encode(value));
  }

  /** Answers with a document that is JSON already. */
  void answerJsonBytes(byte[] json) {
    context.status(200).contentType("application/json").result(json);
  }

  /** Without the buffer of 32 KiB through which the library would copy them. */
  void answerBytes(byte[] bytes) throws IOException {
    context.status(200).contentType("application/octet-stream").outputStream().write(bytes);
  }

  /** Answers with a page under a policy of its own, which must load and run nothing. */
  void answerPage(int status, String html, String policy) {
    context
        .status(status)
        .contentType("text/html; charset=utf-8")
        .header("Content-Security-Policy", policy)
        .result(html);
  }

  void answerText(String text) {
    context.status(200).contentType("text/plain; charset=utf-8").result(text);
  }

  /** Starts a stream of server-sent events, which nobody on the way is to hold back. */
  OutputStream answerEvents() throws IOException {
    context.disableCompression();
    context.status(200).contentType("text/event-stream").header("X-Accel-Buffering", "no");
    return context.res().getOutputStream();
  }

  /** Starts an answer that is written as it is made; gzip, because it is long. */
  OutputStream answerStream(String contentType) throws IOException {
    context.disableCompression();
    context.status(200).contentType(contentType).header("Content-Encoding", "gzip");
    return context.res().getOutputStream();
  }
}
