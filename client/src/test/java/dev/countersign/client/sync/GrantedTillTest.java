package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.Grants.Taken;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people may do on a till that has not heard from the server for long. */
class GrantedTillTest {
  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Shop shop;
  private TillDevice till;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    till = shop.till(now::get);
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
  }

  private void contact() throws Exception {
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds("a sheet", () -> till.open.grants().current().isPresent());
      Eventually.holds("all sent", () -> till.open.outbox().state().waiting() == 0);
    }
  }

  private Map<Verdict, Long> verdicts() throws Exception {
    return shop.server.provisioning().books(shop.tenant.id()).salesByVerdict();
  }

  @Test
  void beforeTheFirstSheetWhoEnrolledItCanSell() {
    assertThat(till.open.grants().current()).isEmpty();
    till.openShift();
    till.sell(100);
  }

  @Test
  void aSheetIsFetchedAtContactAndNamedInEveryChange() throws Exception {
    contact();
    UUID sheet = till.open.grants().current().orElseThrow().id();
    till.openShift();
    till.sell(100);
    var batch = till.open.outbox().nextToSend().orElseThrow();
    assertThat(new String(batch.payload(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"authority\":\"" + sheet + "\"");
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
  }

  @Test
  void afterTheLeaseOneWordIsNotEnoughForAnOpenItemAndTheTillKnowsIt() throws Exception {
    till.openShift();
    contact();
    till.sell(100);
    now.updateAndGet(at -> at.plus(Duration.ofHours(2)));
    assertThatThrownBy(() -> till.sell(200)).isInstanceOf(NotPermittedException.class);
  }

  @Test
  void cashierRevokedOffline() throws Exception {
    till.openShift();
    contact();
    till.sell(100);
    shop.server.provisioning().endUser(shop.tenant.id(), shop.manager.id());
    now.updateAndGet(at -> at.plus(Duration.ofMinutes(10)));
    till.sell(300);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    // Open items are what gives prices away: the later one waits for a manager.
    assertThat(verdicts())
        .containsEntry(Verdict.ACCEPTED, 1L)
        .containsEntry(Verdict.QUARANTINED, 1L);
  }

  private byte[] sealed(GrantSheet sheet, SigningKey key) {
    return Envelope.seal(GrantSheet.PAYLOAD_TYPE, Json.encode(sheet), "server", key).encode();
  }

  private static GrantSheet sheet(PlayedServer played, UUID device, Instant issued) {
    var enrolled = played.till.open.ledger().enrolled();
    return new GrantSheet(
        UUID.randomUUID(),
        played.tenant,
        device,
        enrolled.store(),
        enrolled.environment(),
        issued,
        issued.plusSeconds(86_400),
        issued.plusSeconds(3_600),
        issued.plusSeconds(28_800),
        List.of());
  }

  @Test
  void aForgedForeignOrOlderSheetIsRefused() throws Exception {
    try (PlayedServer played = new PlayedServer(folder.resolve("played"))) {
      var grants = played.till.open.grants();
      var key = played.serverKey.verifyKey();
      Instant issued = Instant.parse("2026-03-02T08:00:00Z");
      GrantSheet ours = sheet(played, played.device, issued);
      assertThat(grants.take(sealed(ours, played.logKey), key, issued)).isEqualTo(Taken.REFUSED);
      assertThat(
              grants.take(
                  sealed(sheet(played, UUID.randomUUID(), issued), played.serverKey), key, issued))
          .isEqualTo(Taken.REFUSED);
      assertThat(
              grants.take(
                  Envelope.seal("application/other", Json.encode(ours), "server", played.serverKey)
                      .encode(),
                  key,
                  issued))
          .isEqualTo(Taken.REFUSED);
      assertThat(grants.take(new byte[] {1, 2}, key, issued)).isEqualTo(Taken.REFUSED);
      assertThat(grants.current()).isEmpty();

      assertThat(grants.take(sealed(ours, played.serverKey), key, issued)).isEqualTo(Taken.NEWER);
      GrantSheet older = sheet(played, played.device, issued.minusSeconds(60));
      assertThat(grants.take(sealed(older, played.serverKey), key, issued))
          .isEqualTo(Taken.REFUSED);
      assertThat(grants.current()).contains(ours);
    }
  }

  @Test
  void aClockThatIsWrongByAYearEndsNoLease() throws Exception {
    now.updateAndGet(at -> at.plus(Duration.ofDays(365)));
    till.openShift();
    contact();
    till.sell(100);
    now.updateAndGet(at -> at.minus(Duration.ofDays(800)));
    till.sell(200);
  }
}
