package dev.countersign.server.launch;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Speaks the protocol byte by byte, so that a test can also speak it wrongly. */
final class RawClient {
  static final SecureRandom RANDOM = new SecureRandom();
  private static final MediaType BINARY = MediaType.get("application/octet-stream");

  private final String base;
  private final OkHttpClient http;

  RawClient(String base, String pin) throws Exception {
    this.base = base;
    X509TrustManager pinned = new Pinned(pin);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {pinned}, RANDOM);
    http =
        new OkHttpClient.Builder()
            .sslSocketFactory(context.getSocketFactory(), pinned)
            .callTimeout(Duration.ofSeconds(30))
            .build();
  }

  static RawClient of(SyncServer server) throws Exception {
    return new RawClient(server.uri().toString(), server.pin());
  }

  /** An answer, read to its end. */
  record Reply(int status, byte[] body, okhttp3.Headers headers) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    <T> T as(Class<T> type) {
      if (status != 200) {
        throw new AssertionError(status + " " + text());
      }
      return Json.decodeKnown(body, type);
    }

    Problem problem() {
      return Json.decode(body, Problem.class);
    }
  }

  /** An enrolled device with its key. */
  record Enrolled(
      SigningKey key, Enrolment.Answer answer, DeviceCertificate certificate, UUID id) {}

  Reply post(String path, byte[] body) throws Exception {
    return send(new Request.Builder().url(base + path).post(RequestBody.create(body, BINARY)));
  }

  Reply get(String pathAndQuery) throws Exception {
    return send(new Request.Builder().url(base + pathAndQuery));
  }

  Reply get(String pathAndQuery, String token) throws Exception {
    return send(
        new Request.Builder().url(base + pathAndQuery).header("Authorization", "Bearer " + token));
  }

  Reply send(Request.Builder request) throws Exception {
    try (Response response = http.newCall(request.build()).execute()) {
      return new Reply(response.code(), response.body().bytes(), response.headers());
    }
  }

  /** An answer that is read as it comes; to be closed. */
  Response open(String pathAndQuery, String token) throws Exception {
    return http.newBuilder()
        .callTimeout(Duration.ZERO)
        .readTimeout(Duration.ofSeconds(30))
        .build()
        .newCall(
            new Request.Builder()
                .url(base + pathAndQuery)
                .header("Authorization", "Bearer " + token)
                .build())
        .execute();
  }

  HttpUrl url(String path) {
    return HttpUrl.get(base + path);
  }

  static byte[] request(EnrolmentTicket ticket, SigningKey key, String name) {
    String publicKey = key.verifyKey().toBase64();
    byte[] codeKey = Enrolment.codeKey(ticket.code(), ticket.secret());
    String mac = Enrolment.requestMac(codeKey, ticket.code(), publicKey, name);
    return sealed(new Enrolment.Request(ticket.code(), publicKey, name, mac), key);
  }

  static byte[] sealed(Enrolment.Request request, SigningKey key) {
    return Envelope.seal(Enrolment.PAYLOAD_TYPE, Json.encode(request), "new", key).encode();
  }

  Enrolled enrol(EnrolmentTicket ticket, String name) throws Exception {
    SigningKey key = SigningKey.generate(RANDOM);
    Enrolment.Answer answer =
        post(Routes.ENROLMENTS, request(ticket, key, name)).as(Enrolment.Answer.class);
    byte[] envelope = Base64.getDecoder().decode(answer.certificate());
    DeviceCertificate certificate =
        Json.decode(Envelope.decode(envelope).payload(), DeviceCertificate.class);
    return new Enrolled(key, answer, certificate, certificate.device());
  }

  String challenge() throws Exception {
    return post(Routes.CHALLENGES, new byte[0]).as(DeviceSession.Challenge.class).challenge();
  }

  static byte[] signIn(UUID device, SigningKey key, String challenge) {
    return signed(
        new DeviceSession.Request(device, challenge, "practice"),
        DeviceSession.PAYLOAD_TYPE,
        device,
        key);
  }

  /** A document as a device signs it. */
  static byte[] signed(Object document, String payloadType, UUID device, SigningKey key) {
    return Envelope.seal(payloadType, Json.encode(document), device.toString(), key).encode();
  }

  String token(Enrolled device) throws Exception {
    return post(Routes.SESSIONS, signIn(device.id(), device.key(), challenge()))
        .as(DeviceSession.Token.class)
        .token();
  }

  /** Everything a snapshot holds, the head first. */
  record Snapshot(FeedPage head, List<FeedItem> items) {}

  Snapshot snapshot(String token) throws Exception {
    Reply reply = get(Routes.SNAPSHOT, token);
    if (reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    List<String> lines = reply.text().lines().toList();
    List<FeedItem> items = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      FeedItem item = Json.decode(line.getBytes(StandardCharsets.UTF_8), FeedItem.class);
      String same = new String(Json.encode(item), StandardCharsets.UTF_8);
      if (!same.equals(line)) {
        throw new AssertionError(line + " is not written as " + same);
      }
      items.add(item);
    }
    FeedPage head = Json.decode(lines.getFirst().getBytes(StandardCharsets.UTF_8), FeedPage.class);
    return new Snapshot(head, items);
  }

  FeedPage page(String token, UUID epoch, long after) throws Exception {
    return get(Routes.FEED + "?after=" + after + "&epoch=" + epoch, token).as(FeedPage.class);
  }

  /** Believes one key, as a device does. */
  private record Pinned(String pin) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("no client here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      if (!Hash.of(chain[0].getPublicKey().getEncoded()).toHex().equals(pin)) {
        throw new CertificateException("another key");
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
