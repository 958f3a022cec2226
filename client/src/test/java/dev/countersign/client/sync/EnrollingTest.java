package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.Enrolment.Answer;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.Problem;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrollingTest {
  private final SigningKey serverKey = SigningKey.generate(new SecureRandom());
  private UnaryOperator<DeviceCertificate> certificate = UnaryOperator.identity();
  private UnaryOperator<Answer> answer = UnaryOperator.identity();
  private UnaryOperator<GrantSheet> sheet = UnaryOperator.identity();
  private SigningKey certificateSigner = serverKey;
  private SigningKey sheetSigner = serverKey;
  private String secretKnown = "";
  private Front front;
  private EnrolmentTicket ticket;

  @BeforeEach
  void open() throws Exception {
    front = new Front(this::enrol);
    ticket =
        EnrolmentTicket.make(front.url(), front.pin(), Environment.PRACTICE, new SecureRandom());
    secretKnown = ticket.secret();
  }

  @AfterEach
  void close() {
    front.close();
  }

  private Said enrol(Front.Asked asked) throws IOException {
    try {
      Envelope envelope = Envelope.decode(asked.body());
      var request = Json.decode(envelope.payload(), Enrolment.Request.class);
      byte[] codeKey = Enrolment.codeKey(request.code(), secretKnown);
      DeviceCertificate made =
          new DeviceCertificate(
              UUID.randomUUID(),
              UUID.randomUUID(),
              DeviceKind.TILL,
              UUID.randomUUID(),
              UUID.randomUUID(),
              "A1",
              request.publicKey(),
              Instant.now(),
              "practice");
      String text =
          Base64.getEncoder()
              .encodeToString(
                  Envelope.seal(
                          DeviceCertificate.PAYLOAD_TYPE,
                          Json.encode(certificate.apply(made)),
                          "server",
                          certificateSigner)
                      .encode());
      String serverText = serverKey.verifyKey().toBase64();
      String logText = new LogKey("shop.example/log", serverKey.verifyKey()).text();
      return Said.json(
          answer.apply(
              new Answer(
                      text,
                      serverText,
                      logText,
                      UUID.randomUUID(),
                      "Corner Shop",
                      "Harbour",
                      "Front",
                      "USD",
                      new Enrolment.FirstUser(UUID.randomUUID(), "Robin", "cashier"),
                      sheet(made),
                      "")
                  .authenticated(codeKey, request.publicKey())));
    } catch (EnvelopeFormatException e) {
      throw new IOException(e);
    }
  }

  private String sheet(DeviceCertificate made) {
    Instant now = Instant.now();
    GrantSheet honest =
        new GrantSheet(
            UUID.randomUUID(),
            made.tenant(),
            made.device(),
            made.store(),
            "practice",
            now,
            now.plusSeconds(3),
            now.plusSeconds(2),
            now.plusSeconds(1),
            List.of());
    return Base64.getEncoder()
        .encodeToString(
            Envelope.seal(
                    GrantSheet.PAYLOAD_TYPE,
                    Json.encode(sheet.apply(honest)),
                    "server",
                    sheetSigner)
                .encode());
  }

  @Test
  void rightsThatTheServerKeyDidNotSignAreNotBelieved() {
    sheetSigner = SigningKey.generate(new SecureRandom());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void rightsOfAnotherDeviceAreNotBelieved() {
    sheet =
        honest ->
            new GrantSheet(
                honest.id(),
                honest.tenant(),
                UUID.randomUUID(),
                honest.store(),
                honest.environment(),
                honest.issued(),
                honest.sellUntil(),
                honest.overrideUntil(),
                honest.officeUntil(),
                honest.people());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void anAnswerWithoutRightsOrWithSwappedOnesIsNotBelieved() {
    List<String> earlier = new ArrayList<>();
    for (String swapped : Arrays.asList(null, "", "AAAA", "earlier")) {
      answer =
          honest -> {
            earlier.add(honest.grants());
            return new Answer(
                honest.certificate(),
                honest.serverKey(),
                honest.logKey(),
                honest.epoch(),
                honest.tenantName(),
                honest.storeName(),
                honest.registerName(),
                honest.currency(),
                honest.firstUser(),
                "earlier".equals(swapped) ? earlier.getFirst() : swapped,
                honest.mac());
          };
      assertThat(outcome()).as(swapped).isInstanceOf(EnrolOutcome.NotBelieved.class);
    }
  }

  private EnrolOutcome outcome() {
    return TillDevice.enrol(ticket.text());
  }

  @Test
  void anHonestAnswerMakesADeviceAndBothSidesShowTheSameFingerprint() {
    assertThat(outcome())
        .isInstanceOfSatisfying(
            EnrolOutcome.Enrolled.class,
            enrolled -> {
              EnrolmentResult result = enrolled.result();
              assertThat(result.enrolled().server()).isEqualTo(front.url());
              assertThat(result.enrolled().deviceName()).isEqualTo("Till 1");
              assertThat(result.fingerprint())
                  .isEqualTo(
                      Enrolment.fingerprint(result.key().verifyKey(), serverKey.verifyKey()));
              assertThat(result.toString()).contains("••••");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "https://shop.example",
        "http://shop.example#ABCDEFGH.0123456789ABCDEF",
        "https://shop.example#ABCDEFGH",
        "https://shop.example#ABCDEFGH.0123456789ABCDEFG"
      })
  void whatIsNoCodeIsNotSentAnywhere(String pasted) {
    assertThat(TillDevice.enrol(pasted)).isEqualTo(new EnrolOutcome.NotACode());
    assertThat(front.requests).hasValue(0);
  }

  @Test
  void aServerThatDoesNotKnowTheSecretIsNotBelieved() {
    secretKnown = "0000000000000000";
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void aSwappedServerKeyIsNotBelieved() {
    try (SigningKey other = SigningKey.generate(new SecureRandom())) {
      answer =
          honest ->
              new Answer(
                  honest.certificate(),
                  other.verifyKey().toBase64(),
                  honest.logKey(),
                  honest.epoch(),
                  honest.tenantName(),
                  honest.storeName(),
                  honest.registerName(),
                  honest.currency(),
                  honest.firstUser(),
                  honest.grants(),
                  honest.mac());
      assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
    }
  }

  @Test
  void aFirstPersonWithAnotherRoleIsNotBelieved() {
    answer =
        honest ->
            new Answer(
                honest.certificate(),
                honest.serverKey(),
                honest.logKey(),
                honest.epoch(),
                honest.tenantName(),
                honest.storeName(),
                honest.registerName(),
                honest.currency(),
                new Enrolment.FirstUser(
                    honest.firstUser().id(), honest.firstUser().name(), "manager"),
                honest.grants(),
                honest.mac());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void aCertificateThatTheServerKeyDidNotSignIsNotBelieved() {
    certificateSigner = SigningKey.generate(new SecureRandom());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void aCertificateForAnotherKeyIsNotBelieved() {
    certificate =
        made ->
            new DeviceCertificate(
                made.tenant(),
                made.device(),
                made.kind(),
                made.store(),
                made.register(),
                made.series(),
                serverKey.verifyKey().toBase64(),
                made.issued(),
                made.environment());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void aTillWithoutARegisterIsNotBelieved() {
    certificate =
        made ->
            new DeviceCertificate(
                made.tenant(),
                made.device(),
                made.kind(),
                made.store(),
                null,
                made.series(),
                made.publicKey(),
                made.issued(),
                made.environment());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void anUnknownEnvironmentIsNotTakenForProduction() {
    certificate =
        made ->
            new DeviceCertificate(
                made.tenant(),
                made.device(),
                made.kind(),
                made.store(),
                made.register(),
                made.series(),
                made.publicKey(),
                made.issued(),
                "sandbox");
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void aMissingFieldIsSaidAndNoCrash() {
    answer =
        honest ->
            new Answer(
                honest.certificate(),
                honest.serverKey(),
                honest.logKey(),
                honest.epoch(),
                honest.tenantName(),
                honest.storeName(),
                honest.registerName(),
                honest.currency(),
                new Enrolment.FirstUser(null, "Robin", "manager"),
                honest.grants(),
                honest.mac());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NotBelieved.class);
  }

  @Test
  void aRefusedCodeAndAServerThatIsBusyAreToldApart() {
    front.mind(_ -> Said.problem(403, Problem.of(Problem.CODE_REFUSED, "no")));
    assertThat(outcome()).isEqualTo(new EnrolOutcome.CodeRefused());
    front.mind(_ -> Said.unavailable("3"));
    assertThat(outcome())
        .isInstanceOfSatisfying(
            EnrolOutcome.NoServer.class,
            silent -> assertThat(silent.reason()).isInstanceOf(Reply.Busy.class));
    front.mind(_ -> Said.html());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NoServer.class);
    front.mind(_ -> Said.cut());
    assertThat(outcome()).isInstanceOf(EnrolOutcome.NoServer.class);
  }
}
