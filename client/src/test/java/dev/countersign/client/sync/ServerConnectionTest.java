package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConnectionTest {
  private static Reply ask(Front.Mind mind) throws IOException {
    try (Front front = new Front(mind);
        ServerConnection connection = front.connect()) {
      return connection.postBinary("/v1/batches", new byte[] {1});
    }
  }

  @Test
  void anAnswerInTheRightFormIsPassedOnAsItCame() throws Exception {
    assertThat(ask(_ -> Said.bytes(new byte[] {1, 2, 3})))
        .isInstanceOfSatisfying(
            Reply.Answered.class, a -> assertThat(a.body()).containsExactly(1, 2, 3));
  }

  @Test
  void aWebPageIsNoAnswerEvenUnderStatus200() throws Exception {
    assertThat(ask(_ -> Said.html())).isInstanceOf(Reply.NotCountersign.class);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (Front front =
            new Front(
                _ -> new Said(302, "text/html", new byte[0], Map.of("Location", "/sign-in")));
        ServerConnection connection = front.connect()) {
      assertThat(connection.getJson("/v1/feed", Map.of(), null))
          .isInstanceOf(Reply.NotCountersign.class);
      assertThat(front.requests).hasValue(1);
    }
  }

  @Test
  void aRefusalSaysWhatTheServerSaid() throws Exception {
    assertThat(ask(_ -> Said.problem(409, Problem.gap("missing", 7L))))
        .isEqualTo(new Reply.Refused(409, Problem.gap("missing", 7L)));
  }

  @Test
  void aRefusalThatIsNoProblemIsNotFromTheServer() throws Exception {
    byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
    assertThat(ask(_ -> new Said(403, "text/html", page, Map.of())))
        .isInstanceOf(Reply.NotCountersign.class);
    assertThat(ask(_ -> new Said(403, "application/json", page, Map.of())))
        .isInstanceOf(Reply.NotCountersign.class);
  }

  @ParameterizedTest
  @CsvSource({"7,7", "0,0", "99999,900", "soon,0", "-3,0", "99999999999999,0"})
  void retryAfterIsHeardWithinReason(String said, long seconds) throws Exception {
    assertThat(ask(_ -> Said.unavailable(said)))
        .isInstanceOfSatisfying(
            Reply.Busy.class,
            busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void noRequestIsRepeatedBehindTheCallersBack() throws Exception {
    try (Front front = new Front(_ -> Said.unavailable("0"));
        ServerConnection connection = front.connect()) {
      connection.postBinary("/v1/enrolments", new byte[] {1});
      assertThat(front.requests).hasValue(1);
    }
  }

  @Test
  void tooManyRequestsIsBusyAndNoRefusal() throws Exception {
    assertThat(ask(_ -> Said.problem(429, Problem.of("too-many-requests", "slower"))))
        .isInstanceOf(Reply.Busy.class);
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() throws Exception {
    assertThat(ask(_ -> Said.bytes(new byte[Limits.INFLATED_BYTES + 1])))
        .isInstanceOf(Reply.NotCountersign.class);
  }

  @Test
  void aBrokenConnectionIsSilence() throws Exception {
    assertThat(ask(_ -> Said.cut())).isInstanceOf(Reply.Unreachable.class);
  }

  @Test
  void nobodyListeningIsAServerThatIsDown() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var connection =
        new ServerConnection("https://127.0.0.1:" + port, "0".repeat(64), Front.SHORT)) {
      assertThat(connection.postBinary("/", new byte[0]))
          .isInstanceOfSatisfying(
              Reply.Unreachable.class,
              silent -> assertThat(silent.why()).isEqualTo(Reply.Unreachable.Why.SERVER_DOWN));
    }
  }

  @Test
  void anUnknownNameIsNoNetwork() {
    try (var connection = new ServerConnection("https://countersign.invalid", null, Front.SHORT)) {
      assertThat(connection.postBinary("/", new byte[0]))
          .isInstanceOfSatisfying(
              Reply.Unreachable.class,
              silent -> assertThat(silent.why()).isEqualTo(Reply.Unreachable.Why.NO_NETWORK));
    }
  }

  @Test
  void aServerThatNeverAnswersTimesOut() throws Exception {
    var impatient =
        new ServerConnection.Patience(
            Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(400));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var connection =
            new ServerConnection(
                "https://127.0.0.1:" + silent.getLocalPort(), "0".repeat(64), impatient)) {
      assertThat(connection.postBinary("/", new byte[0]))
          .isInstanceOfSatisfying(
              Reply.Unreachable.class,
              reply -> assertThat(reply.why()).isEqualTo(Reply.Unreachable.Why.TIMED_OUT));
    }
  }

  @Test
  void aPlainTextAnswerOnTheTlsPortIsNotTheServer() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread portal =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var socket = plain.accept()) {
                      socket
                          .getOutputStream()
                          .write(
                              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
                                  .getBytes(StandardCharsets.US_ASCII));
                      socket.getOutputStream().flush();
                      socket.getInputStream().readAllBytes();
                    } catch (IOException _) {
                      // the client goes away
                    }
                  });
      try (var connection =
          new ServerConnection(
              "https://127.0.0.1:" + plain.getLocalPort(), "0".repeat(64), Front.SHORT)) {
        assertThat(connection.postBinary("/", new byte[0]))
            .isInstanceOf(Reply.NotCountersign.class);
      }
      portal.join();
    }
  }

  @Test
  void anotherKeyThanThePinnedOneIsAChangedCertificate() throws Exception {
    try (Front front = new Front(_ -> Said.bytes(new byte[0]));
        var connection = new ServerConnection(front.url(), "ab".repeat(32), Front.SHORT)) {
      assertThat(connection.postBinary("/", new byte[0]))
          .isInstanceOf(Reply.CertificateChanged.class);
      assertThat(front.requests).as("nothing was sent to it").hasValue(0);
    }
  }

  @Test
  void withoutAPinACertificateThatTheSystemDoesNotTrustIsRefused() throws Exception {
    try (Front front = new Front(_ -> Said.bytes(new byte[0]));
        var connection = new ServerConnection(front.url(), null, Front.SHORT)) {
      assertThat(connection.postBinary("/", new byte[0]))
          .isInstanceOf(Reply.CertificateChanged.class);
    }
  }

  @Test
  void aPinnedKeyIsBelievedWhateverItsDatesSay() throws Exception {
    var expired =
        new HeldCertificate.Builder()
            .commonName("long ago")
            .validityInterval(
                Instant.EPOCH.toEpochMilli(),
                Instant.EPOCH.toEpochMilli() + TimeUnit.DAYS.toMillis(1))
            .build();
    try (Front front = new Front(_ -> Said.bytes(new byte[] {9}), expired);
        var connection = front.connect()) {
      assertThat(connection.postBinary("/", new byte[0])).isInstanceOf(Reply.Answered.class);
    }
  }

  @Test
  void plainHttpIsNotSpoken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerConnection("http://127.0.0.1", null, Front.SHORT));
  }
}
