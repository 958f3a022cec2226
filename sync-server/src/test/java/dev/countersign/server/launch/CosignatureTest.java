package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.CosignedCheckpoints;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices cosign what they saw, and the server keeps and shows it, also where it speaks of it. */
@ParameterizedClass
@EnumSource
class CosignatureTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;
  private Enrolled till;
  private LogKey log;

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
    till = client.enrol(shop.tillTicket(), "Till");
    log = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  private SignedCheckpoint head() throws Exception {
    return read(
        client.get(Routes.CHECKPOINT.replace("{tenant}", shop.tenant.id().toString())).text());
  }

  private SignedCheckpoint read(String text) {
    if (Checkpoint.parse(text, log.name(), log.key())
        instanceof CheckpointReading.Verified(SignedCheckpoint checkpoint)) {
      return checkpoint;
    }
    throw new AssertionError(text);
  }

  /** Another history that the log's own key signed. */
  private SignedCheckpoint other(long size) throws Exception {
    return shop.server
        .tenants()
        .<SignedCheckpoint, Exception>read(
            shop.tenant.id(),
            scope -> Checkpoint.sign(scope.logOrigin(), size, Hash.of(), scope.logKey()));
  }

  private static LogKey witness(Enrolled device) {
    return LogKey.ofDevice(device.id(), device.key().verifyKey());
  }

  private String cosigned(SignedCheckpoint seen, Enrolled device) {
    return seen.cosigned(witness(device).name(), shop.now.get(), device.key()).text();
  }

  private Reply bring(Enrolled device, String text) throws Exception {
    return new Visitor(shop)
        .call("POST", Routes.COSIGNATURES, Map.of("checkpoint", text), client.token(device));
  }

  @Test
  void whatADeviceCosignedIsShownToOthersAndWithTheCheckpoint() throws Exception {
    Enrolled office = client.enrol(shop.officeTicket(), "Office");
    SignedCheckpoint seen = head();
    bring(till, cosigned(seen, till)).as(CosignedCheckpoints.class);
    var newest = bring(office, cosigned(seen, office)).as(CosignedCheckpoints.class).newest();
    assertThat(newest)
        .extracting(CosignedCheckpoints.Of::device)
        .containsExactlyInAnyOrder(till.id(), office.id());
    for (CosignedCheckpoints.Of each : newest) {
      Enrolled device = each.device().equals(till.id()) ? till : office;
      assertThat(read(each.checkpoint()).cosignedAt(witness(device))).isPresent();
    }
    SignedCheckpoint shown = head();
    assertThat(shown.checkpoint()).isEqualTo(seen.checkpoint());
    assertThat(shown.cosignedAt(witness(till))).contains(shop.now.get());
    assertThat(shown.cosignedAt(witness(office))).contains(shop.now.get());
    shop.desk().addUser(shop.tenant.id(), "Alex", "cashier", shop.store.id());
    assertThat(head().checkpoint().size()).isGreaterThan(seen.checkpoint().size());
    assertThat(head().text().lines().filter(line -> line.startsWith("—"))).hasSize(1);
  }

  @Test
  void anOlderOneDoesNotTakeTheNewersPlaceAndForeignLinesAreNotKept() throws Exception {
    SignedCheckpoint old = head();
    shop.desk().addUser(shop.tenant.id(), "Alex", "cashier", shop.store.id());
    SignedCheckpoint now = head();
    SigningKey anybody = SigningKey.generate(new SecureRandom());
    SignedCheckpoint noted = now.cosigned("anybody", shop.now.get(), anybody);
    bring(till, cosigned(noted, till)).as(CosignedCheckpoints.class);
    var newest = bring(till, cosigned(old, till)).as(CosignedCheckpoints.class).newest();
    assertThat(newest)
        .singleElement()
        .satisfies(
            word ->
                assertThat(word.checkpoint())
                    .startsWith(now.checkpoint().body())
                    .doesNotContain("anybody"));
  }

  @Test
  void whatIsNotTheLogsOrNotTheDevicesIsRefused() throws Exception {
    Enrolled office = client.enrol(shop.officeTicket(), "Office");
    SigningKey anybody = SigningKey.generate(new SecureRandom());
    SignedCheckpoint foreign = Checkpoint.sign(log.name(), 3, Hash.of(), anybody);
    for (String text :
        new String[] {
          head().text(),
          cosigned(head(), office),
          head().cosigned(witness(till).name(), shop.now.get(), anybody).text(),
          cosigned(foreign, till),
          "nonsense",
          cosigned(head(), till) + "— x " + "A".repeat(6_000) + "\n"
        }) {
      assertThat(bring(till, text).status()).as(text).isIn(400, 413);
    }
    assertThat(shop.number("SELECT count(*) FROM cosignature")).isZero();
  }

  @Test
  void anotherHistoryUnderTheLogsKeyIsKeptShownAndNotedOnce() throws Exception {
    Enrolled office = client.enrol(shop.officeTicket(), "Office");
    for (long size : new long[] {2, 1_000_000_000_000L}) {
      SignedCheckpoint other = other(size);
      bring(till, cosigned(other, till)).as(CosignedCheckpoints.class);
      bring(till, cosigned(other, till)).as(CosignedCheckpoints.class);
      bring(till, cosigned(head(), till)).as(CosignedCheckpoints.class);
      var newest = bring(office, cosigned(head(), office)).as(CosignedCheckpoints.class).newest();
      assertThat(newest.getFirst().device())
          .as("what contradicts stands first")
          .isEqualTo(till.id());
      assertThat(newest.getFirst().checkpoint()).startsWith(other.checkpoint().body());
    }
    assertThat(shop.auditLog().split("log.contradicted", -1)).hasSize(3);
    assertThat(head().cosignedAt(witness(till))).isEmpty();
  }
}
