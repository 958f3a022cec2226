package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Device;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A code becomes a device exactly once, and every other way ends in one and the same answer. */
@ParameterizedClass
@EnumSource
class EnrolmentTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  @Test
  void aTillIsEnrolledWithACertificateThatTheServerSigned() throws Exception {
    EnrolmentTicket ticket = EnrolmentTicket.parse(shop.tillTicket().text());
    SigningKey key = SigningKey.generate(RawClient.RANDOM);
    Enrolment.Answer answer =
        client
            .post(Routes.ENROLMENTS, RawClient.request(ticket, key, "Till by the door"))
            .as(Enrolment.Answer.class);

    String publicKey = key.verifyKey().toBase64();
    assertThat(answer.mac())
        .isEqualTo(
            Enrolment.answerMac(
                Enrolment.codeKey(ticket.code(), ticket.secret()), publicKey, answer));
    Envelope certificate = Envelope.decode(Base64.getDecoder().decode(answer.certificate()));
    assertThat(certificate.verifiedBy(VerifyKey.fromBase64(answer.serverKey()))).isTrue();
    assertThat(LogKey.parse(answer.logKey()).text())
        .isEqualTo(shop.desk().logKey(shop.tenant.id()));
    assertThat(answer.tenantName()).isEqualTo("Corner Shop");
    assertThat(answer.registerName()).isEqualTo("1");
    assertThat(answer.firstUser().name()).isEqualTo("Sam");
    Device device = shop.desk().devices(shop.tenant.id()).getFirst();
    assertThat(device.publicKey()).isEqualTo(key.verifyKey());
    assertThat(device.series()).isEqualTo("12-1");
    assertThat(shop.desk().fingerprint(device))
        .isEqualTo(
            Enrolment.fingerprint(key.verifyKey(), VerifyKey.fromBase64(answer.serverKey())));
  }

  /** The sheet of everybody's rights is one text, longer than any that a device may send. */
  @Test
  void aBusinessWithManyPeopleEnrolsItsTills() throws Exception {
    for (int i = 0; i < 80; i++) {
      shop.desk().addUser(shop.tenant.id(), "Person " + i, "manager", null);
    }
    Enrolled device = client.enrol(shop.tillTicket(), "Till");
    Envelope sealed = Envelope.decode(Base64.getDecoder().decode(device.answer().grants()));
    GrantSheet sheet = Json.decode(sealed.payload(), GrantSheet.class);
    assertThat(device.answer().grants()).hasSizeGreaterThan(Json.MAX_STRING);
    assertThat(sheet.roleOf(shop.cashier.id())).isPresent();
  }

  @Test
  void theAnswerBringsTheRightsAsTheyAreInThisStore() throws Exception {
    shop.server
        .admission()
        .putRole(shop.tenant.id(), "cashier", Map.of("sale.ring", "NEEDS_APPROVAL"));
    Enrolled device = client.enrol(shop.tillTicket(), "Till");
    Envelope sealed = Envelope.decode(Base64.getDecoder().decode(device.answer().grants()));
    assertThat(sealed.payloadType()).isEqualTo(GrantSheet.PAYLOAD_TYPE);
    assertThat(sealed.verifiedBy(VerifyKey.fromBase64(device.answer().serverKey()))).isTrue();
    GrantSheet sheet = Json.decode(sealed.payload(), GrantSheet.class);
    assertThat(sheet.device()).isEqualTo(device.id());
    assertThat(sheet.roleOf(shop.cashier.id()).orElseThrow().permissions())
        .containsEntry("sale.ring", "NEEDS_APPROVAL")
        .doesNotContainEntry("shift.open", "ALLOWED");
  }

  @Test
  void anOfficeHasNoRegisterAndNoTillsSeries() throws Exception {
    var office = client.enrol(shop.officeTicket(), "Back room");
    assertThat(office.certificate().kind()).isEqualTo(DeviceKind.OFFICE);
    assertThat(office.certificate().register()).isNull();
    client.enrol(shop.officeTicket(), "Second office");
    assertThat(shop.desk().devices(shop.tenant.id())).hasSize(2);
  }

  @Test
  void noTwoDevicesShareAReceiptSeries() throws Exception {
    List<String> series = new ArrayList<>();
    for (int i = 0; i < 28; i++) {
      series.add(client.enrol(shop.tillTicket(), "Till").certificate().series());
    }
    assertThat(series).doesNotHaveDuplicates();
    assertThat(series.subList(0, 3)).containsExactly("12-1", "12-1B", "12-1C");
    assertThat(series.subList(25, 28)).containsExactly("12-1Z", "12-1BA", "12-1BB");
  }

  @Test
  void aRegisterNamedLikeAnothersSecondSeriesGetsAnotherOne() throws Exception {
    client.enrol(shop.tillTicket(), "Till");
    client.enrol(shop.tillTicket(), "Till");
    var second = shop.desk().addRegister(shop.tenant.id(), shop.store.id(), "1B");
    var ticket = shop.desk().tillTicket(shop.tenant.id(), second.id(), shop.cashier.id());
    assertThat(client.enrol(ticket, "Till").certificate().series()).isEqualTo("12-1BB");
  }

  @Test
  void everyRefusalIsTheSameAnswer() throws Exception {
    EnrolmentTicket used = shop.tillTicket();
    client.enrol(used, "Till");
    EnrolmentTicket expired = shop.tillTicket();
    shop.pass(Duration.ofMinutes(10));
    EnrolmentTicket open = shop.tillTicket();
    EnrolmentTicket wrongSecret =
        new EnrolmentTicket(
            open.server(), open.code(), "0000000000000000", open.pin(), Environment.PRACTICE);
    EnrolmentTicket unknown =
        new EnrolmentTicket(
            open.server(), "ZZZZZZZZ", open.secret(), open.pin(), Environment.PRACTICE);
    for (EnrolmentTicket ticket : List.of(used, expired, wrongSecret, unknown)) {
      var reply =
          client.post(
              Routes.ENROLMENTS,
              RawClient.request(ticket, SigningKey.generate(RawClient.RANDOM), "Till"));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text())
          .isEqualTo(
              "{\"code\":\"code-refused\",\"message\":\"This code does not enrol a device.\"}");
    }
    assertThat(shop.number("SELECT count(*) FROM device")).isEqualTo(1);
  }

  @Test
  void enrolmentCodeExpired() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    shop.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(client.enrol(ticket, "Till").certificate().series()).isEqualTo("12-1");
  }

  @Test
  void enrolmentCodeGuessed() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    EnrolmentTicket guess =
        new EnrolmentTicket(
            ticket.server(), ticket.code(), "0000000000000000", ticket.pin(), Environment.PRACTICE);
    for (int i = 0; i < 5; i++) {
      SigningKey key = SigningKey.generate(RawClient.RANDOM);
      assertThat(client.post(Routes.ENROLMENTS, RawClient.request(guess, key, "Till")).status())
          .isEqualTo(403);
    }
    SigningKey key = SigningKey.generate(RawClient.RANDOM);
    assertThat(client.post(Routes.ENROLMENTS, RawClient.request(ticket, key, "Till")).status())
        .isEqualTo(403);
  }

  @Test
  void fourWrongTriesDoNot() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    EnrolmentTicket guess =
        new EnrolmentTicket(
            ticket.server(), ticket.code(), "0000000000000000", ticket.pin(), Environment.PRACTICE);
    for (int i = 0; i < 4; i++) {
      client.post(
          Routes.ENROLMENTS,
          RawClient.request(guess, SigningKey.generate(RawClient.RANDOM), "Till"));
    }
    assertThat(client.enrol(ticket, "Till").id()).isNotNull();
  }

  @Test
  void enrolmentCodeRaced() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    List<Callable<Integer>> tills = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] request =
          RawClient.request(ticket, SigningKey.generate(RawClient.RANDOM), "Till " + i);
      tills.add(() -> client.post(Routes.ENROLMENTS, request).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(tills)) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).containsOnly(200, 403).containsOnlyOnce(200);
    assertThat(shop.number("SELECT count(*) FROM device")).isEqualTo(1);
  }

  @Test
  void publicKeySwappedOnTheWay() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    SigningKey own = SigningKey.generate(RawClient.RANDOM);
    SigningKey swapped = SigningKey.generate(RawClient.RANDOM);
    String mac =
        Enrolment.requestMac(
            Enrolment.codeKey(ticket.code(), ticket.secret()),
            ticket.code(),
            own.verifyKey().toBase64(),
            "Till");
    // Signed rightly by the swapped key, but the code's holder never said that key.
    byte[] request =
        RawClient.sealed(
            new Enrolment.Request(ticket.code(), swapped.verifyKey().toBase64(), "Till", mac),
            swapped);
    assertThat(client.post(Routes.ENROLMENTS, request).status()).isEqualTo(403);
    // And the right MAC without possession of the key.
    byte[] unpossessed =
        RawClient.sealed(
            new Enrolment.Request(ticket.code(), own.verifyKey().toBase64(), "Till", mac), swapped);
    assertThat(client.post(Routes.ENROLMENTS, unpossessed).status()).isEqualTo(403);
  }

  @Test
  void aKeyIsNeverRegisteredTwice() throws Exception {
    SigningKey key = SigningKey.generate(RawClient.RANDOM);
    client
        .post(Routes.ENROLMENTS, RawClient.request(shop.tillTicket(), key, "Till"))
        .as(Enrolment.Answer.class);
    assertThat(
            client
                .post(Routes.ENROLMENTS, RawClient.request(shop.tillTicket(), key, "Till"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void theCodeItselfIsNowhereInTheFiles() throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_FILES);
    EnrolmentTicket ticket = shop.tillTicket();
    assertThat(
            shop.number(
                "SELECT count(*) FROM enrolment_code WHERE instr(CAST(code_key AS TEXT), '"
                    + ticket.secret()
                    + "') > 0"))
        .isZero();
    client.enrol(ticket, "Till");
    assertThat(shop.number("SELECT count(*) FROM enrolment_code WHERE code_key = ?", new byte[32]))
        .isEqualTo(1);
  }

  @Test
  void enrolmentAndRefusalsAreInTheAuditLog() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    EnrolmentTicket guess =
        new EnrolmentTicket(
            ticket.server(), ticket.code(), "0000000000000000", ticket.pin(), Environment.PRACTICE);
    client.post(
        Routes.ENROLMENTS, RawClient.request(guess, SigningKey.generate(RawClient.RANDOM), "Till"));
    var device = client.enrol(ticket, "Till");
    assertThat(shop.auditLog())
        .contains("enrolment.refused")
        .contains("device.enrolled")
        .contains(device.key().verifyKey().toBase64());
  }
}
