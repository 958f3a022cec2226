package dev.countersign.app.simulate;

import dev.countersign.server.http.Handed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The network between the devices and the server. It loses requests and answers, delivers twice and
 * much later, cuts and damages, and shows pages of its own. Used by one thread.
 */
final class Net {
  /** How the way of one device is. */
  enum Weather {
    /** Everything arrives. */
    FINE,
    /** A third of all exchanges goes wrong somehow. */
    BAD,
    /** Nothing arrives. */
    GONE,
    /** A captive portal answers everything with a page. */
    PORTAL,
    /** Something before the server answers that it is too busy. */
    BUSY
  }

  /** What takes requests at the other end. */
  @FunctionalInterface
  interface Server {
    /**
     * @throws IOException as the network of a server that is down, or went down over this request
     */
    Handed.Back ask(Handed request) throws IOException;
  }

  private enum Mishap {
    REQUEST_LOST,
    ANSWER_LOST,
    TWICE,
    LATE,
    REQUEST_CUT,
    ANSWER_CUT,
    ANSWER_SHORT,
    REQUEST_DAMAGED,
    ANSWER_DAMAGED,
    PAGE,
    BUSY
  }

  private static final List<Mishap> MISHAPS = List.of(Mishap.values());
  private static final String PAGE = "<html><title>Welcome</title>Accept the terms</html>";
  private static final Duration LATEST = Duration.ofHours(30);

  private final Timeline time;
  private final Story story;
  private final Chance chance;
  private final Server server;
  private final Map<String, Weather> weather = new HashMap<>();

  Net(Timeline time, Story story, Chance chance, Server server) {
    this.time = time;
    this.story = story;
    this.chance = chance;
    this.server = server;
  }

  void set(String device, Weather now) {
    weather.put(device, now);
  }

  Weather of(String device) {
    return weather.getOrDefault(device, Weather.FINE);
  }

  /** The way from a device to the server. */
  Interceptor from(String device, String address) {
    return chain -> carry(device, address, chain.request());
  }

  private Response carry(String device, String address, Request request) throws IOException {
    Handed handed = handed(request, address);
    return switch (of(device)) {
      case FINE -> answer(request, server.ask(handed));
      case GONE ->
          throw (chance.oneIn(2)
              ? new ConnectException("refused")
              : new UnknownHostException("server"));
      case PORTAL -> page(request);
      case BUSY -> busy(device, request);
      case BAD ->
          chance.oneIn(3)
              ? mishap(device, request, handed, chance.of(MISHAPS))
              : answer(request, server.ask(handed));
    };
  }

  private Response mishap(String device, Request request, Handed handed, Mishap mishap)
      throws IOException {
    story.tell(device, "network: " + said(mishap) + ", " + handed.method() + " " + handed.path());
    return switch (mishap) {
      case REQUEST_LOST -> throw new SocketTimeoutException("connect timed out");
      case ANSWER_LOST -> {
        server.ask(handed);
        throw new SocketTimeoutException("Read timed out");
      }
      case TWICE -> {
        server.ask(handed);
        yield answer(request, server.ask(handed));
      }
      case LATE -> {
        time.in(
            Duration.ofMillis(chance.between(1, LATEST.toMillis())),
            () -> arriveLate(device, handed));
        throw new SocketTimeoutException("Read timed out");
      }
      case REQUEST_CUT -> {
        server.ask(with(handed, upTo(handed.body())));
        throw new SocketException("Broken pipe");
      }
      case ANSWER_CUT -> cut(request, server.ask(handed));
      case ANSWER_SHORT -> {
        Handed.Back back = server.ask(handed);
        yield answer(request, new Handed.Back(back.status(), back.headers(), upTo(back.body())));
      }
      case REQUEST_DAMAGED -> answer(request, server.ask(with(handed, damaged(handed.body()))));
      case ANSWER_DAMAGED -> {
        Handed.Back back = server.ask(handed);
        yield answer(request, new Handed.Back(back.status(), back.headers(), damaged(back.body())));
      }
      case PAGE -> page(request);
      case BUSY -> busy(device, request);
    };
  }

  private static String said(Mishap mishap) {
    return switch (mishap) {
      case REQUEST_LOST -> "the request is lost";
      case ANSWER_LOST -> "the answer is lost";
      case TWICE -> "the request arrives twice";
      case LATE -> "the request gets stuck and arrives later";
      case REQUEST_CUT -> "the request is cut";
      case ANSWER_CUT -> "the answer is cut";
      case ANSWER_SHORT -> "the answer comes shortened";
      case REQUEST_DAMAGED -> "the request is damaged";
      case ANSWER_DAMAGED -> "the answer is damaged";
      case PAGE -> "a portal answers";
      case BUSY -> "something says it is busy";
    };
  }

  private void arriveLate(String device, Handed handed) {
    try {
      Handed.Back back = server.ask(handed);
      story.tell(
          device,
          "network: what was stuck arrives, "
              + handed.method()
              + " "
              + handed.path()
              + " is answered "
              + back.status());
    } catch (IOException _) {
      story.tell(device, "network: what was stuck finds no server");
    }
  }

  private Response busy(String device, Request request) {
    int wait = chance.between(0, 120);
    story.tell(device, "network: 503, come back in " + wait + " s");
    return response(request, 503, "text/html")
        .header("Retry-After", Integer.toString(wait))
        .body(ResponseBody.create(PAGE, MediaType.get("text/html")))
        .build();
  }

  private Response page(Request request) {
    if (chance.oneIn(3)) {
      return response(request, 302, "text/html")
          .header("Location", "https://portal.example/")
          .body(ResponseBody.create(PAGE, MediaType.get("text/html")))
          .build();
    }
    return response(request, 200, "text/html")
        .body(ResponseBody.create(PAGE, MediaType.get("text/html")))
        .build();
  }

  private static Handed handed(Request request, String address) throws IOException {
    Buffer body = new Buffer();
    var sent = request.body();
    if (sent != null) {
      sent.writeTo(body);
    }
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(pair -> headers.put(pair.getFirst(), pair.getSecond()));
    if (sent != null && sent.contentType() != null) {
      headers.put("Content-Type", String.valueOf(sent.contentType()));
    }
    return new Handed(
        request.method(),
        request.url().encodedPath(),
        request.url().encodedQuery(),
        headers,
        body.readByteArray(),
        address);
  }

  private static Handed with(Handed handed, byte[] body) {
    return new Handed(
        handed.method(), handed.path(), handed.query(), handed.headers(), body, handed.address());
  }

  private byte[] upTo(byte[] body) {
    return body.length == 0 ? body : Arrays.copyOf(body, chance.between(0, body.length - 1));
  }

  private byte[] damaged(byte[] body) {
    byte[] copy = body.clone();
    if (copy.length > 0) {
      copy[chance.between(0, copy.length - 1)] ^= (byte) (1 << chance.between(0, 7));
    }
    return copy;
  }

  private static Response.Builder response(
      Request request, int status, @Nullable String contentType) {
    Response.Builder builder =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(status)
            .message("");
    return contentType == null ? builder : builder.header("Content-Type", contentType);
  }

  private static Response answer(Request request, Handed.Back back) throws IOException {
    return response(request, back, new Buffer().write(unpacked(back)));
  }

  private Response cut(Request request, Handed.Back back) throws IOException {
    byte[] whole = unpacked(back);
    return response(request, back, Okio.buffer(new Cut(new Buffer().write(upTo(whole)))));
  }

  private static Response response(Request request, Handed.Back back, BufferedSource source) {
    String type = back.header("Content-Type");
    Response.Builder builder = response(request, back.status(), type);
    String wait = back.header("Retry-After");
    if (wait != null) {
      builder.header("Retry-After", wait);
    }
    MediaType media = type == null ? null : MediaType.parse(type);
    return builder.body(ResponseBody.create(source, media, -1)).build();
  }

  private static byte[] unpacked(Handed.Back back) throws IOException {
    if (!"gzip".equals(back.header("Content-Encoding"))) {
      return back.body();
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(back.body()))) {
      return in.readAllBytes();
    }
  }

  /** Ends as a connection does that is cut within a body. */
  private record Cut(Buffer begun) implements Source {
    @Override
    public long read(Buffer sink, long atMost) throws IOException {
      long count = begun.read(sink, atMost);
      if (count < 0) {
        throw new ProtocolException("unexpected end of stream");
      }
      return count;
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {
      begun.clear();
    }
  }
}
