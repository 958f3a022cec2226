package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.http.Access;
import dev.countersign.server.http.Route;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands between the network and the shop. */
class HttpEdgeTest {
  @TempDir Path data;

  @Test
  void onlyTheseRoutesAreOpenWithoutSigningIn() throws Exception {
    try (var shop = new RunningServer(data)) {
      assertThat(shop.server.routes())
          .filteredOn(
              route -> route.access() == Access.OPEN || route.access() == Access.SIGNED_BODY)
          .extracting(route -> route.method() + " " + route.path())
          .containsExactlyInAnyOrder(
              "GET /health",
              "POST /v1/enrolments",
              "POST /v1/challenges",
              "POST /v1/sessions",
              "POST /v1/batches",
              "POST /v1/people/sign-in",
              "POST /v1/people/password",
              "POST /v1/people/passkey/challenge",
              "POST /v1/people/passkey/sign-in",
              "POST /v1/till-shares",
              "POST /v1/wipes/{id}",
              "POST /v1/keys/device",
              "GET /v1/keys/server",
              "GET /v1/log/{tenant}/keys",
              "GET /v1/log/{tenant}/checkpoint",
              "GET /v1/log/{tenant}/inclusion",
              "GET /v1/log/{tenant}/consistency",
              "GET /v1/log/{tenant}/tile/{level}/<index>",
              "GET /receipt/{tenant}/{device}/{sale}/{hash}");
      RawClient client = RawClient.of(shop.server);
      for (Route route : shop.server.routes()) {
        if (route.access() == Access.DEVICE) {
          var reply =
              route.method().equals("POST")
                  ? client.post(route.path(), new byte[0])
                  : client.get(route.path());
          assertThat(reply.status()).as(route.path()).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void healthIsAnsweredWithoutSayingAnythingAboutAnybody() throws Exception {
    try (var shop = new RunningServer(data)) {
      var reply = RawClient.of(shop.server).get(Routes.HEALTH);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("{\"status\":\"ok\"}");
    }
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      for (String path : List.of(Routes.HEALTH, "/nowhere", Routes.SNAPSHOT)) {
        var headers = client.get(path).headers();
        assertThat(headers.get("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(headers.get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.get("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(headers.get("Cache-Control")).isEqualTo("no-store");
        assertThat(headers.get("Server")).isNull();
      }
    }
  }

  @Test
  void whateverIsMalformedIsAProblemAndNeverAFailureOfTheServer() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      SigningKey key = SigningKey.generate(RawClient.RANDOM);
      List<byte[]> bodies = new ArrayList<>();
      bodies.add(new byte[0]);
      bodies.add("CSE1".getBytes(StandardCharsets.US_ASCII));
      bodies.add("{}".getBytes(StandardCharsets.US_ASCII));
      bodies.add(new byte[] {'C', 'S', 'E', '1', -1, -1, -1, -1});
      for (String type :
          List.of(Enrolment.PAYLOAD_TYPE, DeviceSession.PAYLOAD_TYPE, BatchCodec.PAYLOAD_TYPE)) {
        for (String payload :
            List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"code\":1}",
                "{\"device\":\"x\",\"challenge\":\"y\"}",
                "{\"code\":\"A\",\"code\":\"B\",\"publicKey\":\"\",\"name\":\"\",\"mac\":\"\"}",
                "{\"code\":\"A\",\"publicKey\":\"AAAA\",\"name\":\"x\",\"mac\":\"\"}",
                "{\"code\":\"A\",\"publicKey\":\"AAAA\",\"name\":\"\\ud800\",\"mac\":\"\"}",
                "{\"device\":\"" + UUID.randomUUID() + "\"}",
                "[".repeat(100))) {
          bodies.add(
              Envelope.seal(
                      type,
                      payload.getBytes(StandardCharsets.UTF_8),
                      UUID.randomUUID().toString(),
                      key)
                  .encode());
        }
      }
      for (String path : List.of(Routes.ENROLMENTS, Routes.SESSIONS, Routes.BATCHES)) {
        for (byte[] body : bodies) {
          for (byte[] sent : List.of(body, Wire.deflate(body))) {
            var reply = client.post(path, sent);
            assertThat(reply.status()).as(path).isIn(400, 401, 403);
            assertThat(reply.problem().code()).isNotEmpty();
            assertThat(reply.text()).doesNotContain("Exception").doesNotContain("\tat ");
          }
        }
      }
      assertThat(shop.number("SELECT count(*) FROM device")).isZero();
    }
  }

  @Test
  void malformedQueriesArePartsOfABadRequest() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      String token = client.token(client.enrol(shop.tillTicket(), "Till"));
      String epoch = client.snapshot(token).head().epoch().toString();
      for (String query :
          List.of(
              "",
              "?after=1",
              "?epoch=" + epoch,
              "?after=-1&epoch=" + epoch,
              "?after=9223372036854775808&epoch=" + epoch,
              "?after=1.0&epoch=" + epoch,
              "?after=0&after=1&epoch=" + epoch,
              "?after=0&epoch=1-1-1-1-1",
              "?after=0&epoch=x")) {
        var reply = client.get(Routes.FEED + query, token);
        assertThat(reply.status()).as(query).isEqualTo(400);
        assertThat(reply.problem().code()).isEqualTo("malformed");
      }
      String log = "/v1/log/" + shop.tenant.id();
      for (String path :
          List.of(
              log + "/inclusion?index=5&size=5",
              log + "/inclusion?index=0&size=999999",
              log + "/consistency?from=3&to=2",
              log + "/consistency?from=0&to=999999",
              "/v1/log/not-an-id/checkpoint")) {
        assertThat(client.get(path).status()).as(path).isEqualTo(400);
      }
      String nobody = "/v1/log/" + UUID.randomUUID() + "/checkpoint";
      assertThat(client.get(nobody).problem().code()).isEqualTo("not-found");
    }
  }

  @Test
  void theCheckpointIsSignedByTheLogsKey() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      String text = client.get("/v1/log/" + shop.tenant.id() + "/checkpoint").text();
      LogKey key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
      assertThat(Checkpoint.parse(text, key.name(), key.key()))
          .isInstanceOf(CheckpointReading.Verified.class);
      assertThat(client.get("/v1/log/" + shop.tenant.id() + "/inclusion?index=0&size=2").status())
          .isEqualTo(200);
    }
  }

  @Test
  void aHugeBodyIsRefusedByItsAnnouncedAndByItsRealLength() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      byte[] huge = new byte[Limits.REQUEST_BYTES + 1];
      var reply = client.post(Routes.BATCHES, huge);
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.problem().code()).isEqualTo("too-large");
      var streamed =
          client.send(
              new Request.Builder().url(client.url(Routes.BATCHES)).post(new Unannounced(huge)));
      assertThat(streamed.status()).isEqualTo(413);
    }
  }

  @Test
  void aDecompressionBombIsRefused() throws Exception {
    try (var shop = new RunningServer(data)) {
      byte[] bomb = Wire.deflate(new byte[Limits.INFLATED_BYTES + 1]);
      assertThat(bomb.length).isLessThan(Limits.REQUEST_BYTES);
      var reply = RawClient.of(shop.server).post(Routes.BATCHES, bomb);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.problem().code()).isEqualTo("malformed");
    }
  }

  @Test
  void noMoreIsUnpackedThanAnHonestBatchNeeds() throws Exception {
    try (var shop = new RunningServer(data)) {
      byte[] bomb = Wire.deflate(new byte[Limits.BATCH_BYTES + 2048]);
      var reply = RawClient.of(shop.server).post(Routes.BATCHES, bomb);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.problem().message()).contains("unpacks to more than");
    }
  }

  @Test
  void aContentEncodingIsNotTaken() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      var reply =
          client.send(
              new Request.Builder()
                  .url(client.url(Routes.BATCHES))
                  .header("Content-Encoding", "gzip")
                  .post(RequestBody.create(new byte[10], null)));
      assertThat(reply.status()).isEqualTo(415);
    }
  }

  @Test
  void moreThanItsShareOfRequestsHasToWait() throws Exception {
    try (var shop = new RunningServer(data, config -> config.limitedTo(6, 5))) {
      RawClient client = RawClient.of(shop.server);
      for (int i = 0; i < 5; i++) {
        assertThat(client.get(Routes.HEALTH).status()).isEqualTo(200);
      }
      var reply = client.get(Routes.HEALTH);
      assertThat(reply.status()).isEqualTo(429);
      assertThat(Integer.parseInt(reply.headers().get("Retry-After"))).isBetween(1, 10);
      assertThat(reply.problem().code()).isEqualTo("too-many-requests");
    }
  }

  @Test
  void theRequestLogNamesRoutesAndDevicesAndNoValues() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      var device = client.enrol(shop.tillTicket(), "Till");
      String token = client.token(device);
      UUID epoch = client.snapshot(token).head().epoch();
      client.page(token, epoch, 0);
      client.get("/secret/path?token=verysecret");
      client.get("/v1/log/" + shop.tenant.id() + "/checkpoint");
      String log = String.join("\n", shop.requestLog);
      assertThat(log)
          .contains("2026-03-02T10:00:00Z 127.0.0.1 GET /v1/feed 200 " + device.id())
          .contains("GET /v1/log/{tenant}/checkpoint 200 -")
          .contains("GET - 404 -")
          .doesNotContain("secret")
          .doesNotContain(epoch.toString())
          .doesNotContain(token)
          .doesNotContain(shop.tenant.id().toString());
      assertThat(shop.requestLog).allMatch(line -> line.matches(".* [0-9]+ms"));
    }
  }

  @Test
  void plainHttpIsNotSpoken() throws Exception {
    try (var shop = new RunningServer(data);
        Socket socket = new Socket("127.0.0.1", shop.server.uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.setSoTimeout(10_000);
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).doesNotContain("200").doesNotContain("status");
    }
  }

  @Test
  void aSlowSenderIsCutOff() throws Exception {
    try (var shop =
        new RunningServer(data, config -> config.arrivingWithin(Duration.ofMillis(300)))) {
      RawClient client = RawClient.of(shop.server);
      int status;
      try {
        status =
            client
                .send(new Request.Builder().url(client.url(Routes.BATCHES)).post(new Trickling()))
                .status();
      } catch (java.io.IOException _) {
        status = 408;
      }
      assertThat(status).isIn(400, 408);
    }
  }

  /** A body whose length is not said beforehand. */
  private static final class Unannounced extends RequestBody {
    private final byte[] bytes;

    Unannounced(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
      sink.write(bytes);
    }
  }

  /** A byte now and then, for ever. */
  private static final class Trickling extends RequestBody {
    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
      while (true) {
        sink.writeByte(0);
        sink.flush();
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
      }
    }
  }
}
