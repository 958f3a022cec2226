package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Successions;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.SecondVerifier;
import dev.countersign.server.launch.RawClient.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of devices, the server and the logs give way to their next, and the log shows it. */
class SigningKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path data;
  @TempDir Path exports;
  private RunningServer shop;
  private RawClient client;
  private RawClient.Enrolled till;
  private SellingTill selling;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data);
    client = RawClient.of(shop.server);
    till = client.enrol(shop.tillTicket(), "Till");
    selling =
        new SellingTill(
            new SellingTill.Registered(
                shop.tenant.id(),
                till.id(),
                shop.store.id(),
                shop.register.id(),
                till.certificate().series(),
                "USD",
                shop.cashier.id()),
            till.key(),
            shop.now::get,
            RANDOM);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Envelope sales(int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(selling.sale(UUID.randomUUID(), 100));
    }
    return selling.seal(changes);
  }

  private Reply push(Envelope batch) throws Exception {
    return client.post(Routes.BATCHES, Wire.deflate(batch.encode()));
  }

  private Envelope under(Envelope batch, SigningKey key) {
    return Envelope.seal(batch.payloadType(), batch.payload(), batch.keyId(), key);
  }

  private byte[] statement(SigningKey before, SigningKey next, long number, long from) {
    return Succession.seal(
            new Succession(
                Succession.Kind.DEVICE,
                till.id().toString(),
                number,
                before.verifyKey().toBase64(),
                next.verifyKey().toBase64(),
                from,
                shop.now.get(),
                null),
            before,
            next)
        .encode();
  }

  private LogKey logKey() throws Exception {
    return LogKey.parse(shop.desk().logKey(shop.tenant.id()));
  }

  private byte[] export() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shop.desk().export(shop.tenant.id(), out);
    return out.toByteArray();
  }

  private ExportReport verify(byte[] export, LogKey trusted) throws Exception {
    return SecondVerifier.both(exports, trusted, export);
  }

  @Test
  void batchesFromBeforeTheNextKeyStayUnderTheOldOneAndNoneHandsItsPlaceBack() throws Exception {
    Envelope first = selling.seal(List.of(selling.opening()));
    Envelope second = sales(1);
    Envelope third = sales(1);
    push(first);
    try (SigningKey next = SigningKey.generate(RANDOM)) {
      byte[] statement = statement(till.key(), next, 2, 3);
      assertThat(client.post(Routes.DEVICE_KEY, statement).status()).isEqualTo(200);
      assertThat(client.post(Routes.DEVICE_KEY, statement).status()).isEqualTo(200);

      assertThat(push(under(second, next)).problem().code()).isEqualTo(Problem.SIGNATURE);
      assertThat(push(second).status()).isEqualTo(200);
      assertThat(push(third).problem().code()).isEqualTo(Problem.SIGNATURE);
      assertThat(push(under(third, next)).status()).isEqualTo(200);
      assertThat(push(first).status()).as("an answer that was lost").isEqualTo(200);

      byte[] session = RawClient.signIn(till.id(), till.key(), client.challenge());
      assertThat(client.post(Routes.SESSIONS, session).status()).isEqualTo(401);
      assertThat(
              client
                  .post(Routes.SESSIONS, RawClient.signIn(till.id(), next, client.challenge()))
                  .status())
          .isEqualTo(200);
    }
    assertThat(verify(export(), logKey())).isInstanceOf(ExportReport.Sound.class);
    assertThat(shop.auditLog()).contains("device.key.rotated");
  }

  @Test
  void aStatementThatDoesNotFollowIsRefused() throws Exception {
    push(selling.seal(List.of(selling.opening())));
    try (SigningKey next = SigningKey.generate(RANDOM);
        SigningKey thief = SigningKey.generate(RANDOM)) {
      List<byte[]> bad = new ArrayList<>();
      bad.add(statement(thief, next, 2, 2));
      bad.add(statement(till.key(), next, 3, 2));
      bad.add(statement(till.key(), next, 2, 1));
      byte[] flipped = statement(till.key(), next, 2, 2);
      flipped[flipped.length - 1] ^= 1;
      bad.add(flipped);
      // Signed by the old key, but nobody holds the new one.
      Envelope whole = Envelope.decode(statement(till.key(), next, 2, 2));
      Envelope inner = Envelope.decode(whole.payload());
      byte[] unproven =
          Envelope.seal(inner.payloadType(), inner.payload(), inner.keyId(), thief).encode();
      bad.add(Envelope.seal(whole.payloadType(), unproven, whole.keyId(), till.key()).encode());
      for (byte[] statement : bad) {
        assertThat(client.post(Routes.DEVICE_KEY, statement).status()).isEqualTo(403);
      }
      assertThat(client.post(Routes.DEVICE_KEY, new byte[] {1}).status()).isEqualTo(400);
      assertThat(client.post(Routes.DEVICE_KEY, new byte[8192]).status()).isEqualTo(413);
    }
    assertThat(shop.number("SELECT count(*) FROM former_key")).isZero();
  }

  @Test
  void aLogThatSpansRotationsVerifiesUnderEveryKeyThatItsOwnerMayHaveKept() throws Exception {
    LogKey first = logKey();
    push(selling.seal(List.of(selling.opening())));
    shop.server.keyCare().rotateLog(shop.tenant.id());
    LogKey second = logKey();
    push(sales(2));
    shop.server.keyCare().rotateLog(shop.tenant.id());
    shop.server.keyCare().rotateServer(null);
    push(sales(1));
    LogKey third = logKey();
    byte[] export = export();

    for (LogKey kept : List.of(first, second, third)) {
      assertThat(verify(export, kept)).isInstanceOf(ExportReport.Sound.class);
    }
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    String text = new String(export, StandardCharsets.UTF_8);
    String without = text.replaceFirst("\nN [^\n]*", "");
    assertThat(verify(without.getBytes(StandardCharsets.UTF_8), first))
        .isInstanceOf(ExportReport.Broken.class);
    assertThat(shop.auditLog()).contains("log.key.rotated", "server.key.rotated");
    assertThat(
            client
                .get(Routes.LOG_KEYS.replace("{tenant}", shop.tenant.id().toString()))
                .as(Successions.class)
                .statements())
        .hasSize(2);
    assertThat(client.get(Routes.SERVER_KEYS).as(Successions.class).statements()).hasSize(1);
  }

  @Test
  void anExportFromBeforeARotationDoesNotVerifyUnderTheKeyOfAfter() throws Exception {
    byte[] before = export();
    shop.server.keyCare().rotateLog(shop.tenant.id());
    assertThat(verify(before, logKey())).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void keysAreStillThoseAfterARestart() throws Exception {
    shop.server.keyCare().rotateServer(null);
    shop.server.keyCare().rotateLog(shop.tenant.id());
    var before = shop.server.keyCare().list();
    assertThat(before).extracting(KeyCare.InUse::number).containsExactly(2L, 2L);
    shop.close();
    try (SyncServer again = SyncServer.start(ServerConfig.in(data), shop.surroundings())) {
      assertThat(again.keyCare().list()).isEqualTo(before);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      again.provisioning().export(shop.tenant.id(), out);
      LogKey trusted = LogKey.parse(again.provisioning().logKey(shop.tenant.id()));
      assertThat(verify(out.toByteArray(), trusted)).isInstanceOf(ExportReport.Sound.class);
    }
  }

  @Test
  void aSecondFactorIsThatOfBeforeTheLogsKeyGaveWay() throws Exception {
    Visitor visitor = new Visitor(shop);
    Visitor.Signed owner = visitor.person("Olu", "owner", null);
    shop.server.keyCare().rotateLog(shop.tenant.id());
    shop.pass(java.time.Duration.ofMinutes(1));
    assertThat(visitor.signIn("Olu", visitor.code(owner.secret())).status()).isEqualTo(200);
  }
}
