package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Wire;
import dev.countersign.server.audit.LeafRun;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.MasterKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant that does not arrive whole does not arrive, and is served where it was. */
class TenantMoveFaultsTest extends MoveGround {
  private void assertServedHereAsBefore() throws Exception {
    assertThat(rowsThere(shop.tenant.id())).isZero();
    send(till.seal(List.of(sale())));
    assertThat(shop.auditLog()).contains("tenant.move.failed").doesNotContain("tenant.moved");
  }

  @Test
  void aMoveThatFailsAtAnyTableOrAtTheEndLeavesTheTenantWhereItWas() throws Exception {
    shapes();
    List<String> triggers = new ArrayList<>();
    for (var table : counts.entrySet()) {
      if (table.getValue() > 0) {
        triggers.add("CREATE TRIGGER spoil BEFORE INSERT ON " + table.getKey());
      }
    }
    triggers.add("CREATE TRIGGER spoil BEFORE INSERT ON tenant");
    triggers.add("CREATE TRIGGER spoil BEFORE INSERT ON device_index");
    triggers.add(
        "CREATE CONSTRAINT TRIGGER spoil AFTER INSERT ON tenant DEFERRABLE INITIALLY DEFERRED");
    assertThat(triggers).hasSizeGreaterThan(10);
    for (String trigger : triggers) {
      spoil(trigger, "RAISE EXCEPTION 'the disk is gone'");
      Result refused = move("Corner Shop");
      assertThat(refused.exit()).as(trigger).isEqualTo(1);
      assertThat(refused.err()).isNotEmpty();
      assertServedHereAsBefore();
    }
    asAdmin(admin -> drop(admin));
    assertThat(move("Corner Shop").exit()).isZero();
    takeOver();
    send(till.seal(List.of(sale())));
  }

  /** One byte of one leaf, a row that is lost on the way, a name, a key that was registered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audit_run | NEW.leaves := set_byte(NEW.leaves, 20, get_byte(NEW.leaves, 20) # 1)",
        "batch     | NEW.payload := set_byte(NEW.payload, 9, get_byte(NEW.payload, 9) # 1)",
        "device    | NEW.public_key := set_byte(NEW.public_key, 0, get_byte(NEW.public_key, 0) #"
            + " 1)",
        "feed      | RETURN NULL",
        "store     | NEW.name := 'Mine now'",
        "audit_tile| NEW.hashes := set_byte(NEW.hashes, 0, get_byte(NEW.hashes, 0) # 1)",
        "sale      | NEW.total := NEW.total - 1"
      })
  void whatIsAlteredOnTheWayIsRefused(String table, String alteration) throws Exception {
    spoil("CREATE TRIGGER spoil BEFORE INSERT ON " + table.strip(), alteration);
    Result refused = move("Corner Shop");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains(table.strip()).contains("Nothing was moved");
    assertServedHereAsBefore();
  }

  @Test
  void aHistoryThatWasAlteredHereIsNotCarriedOn() throws Exception {
    shop.change("DROP TRIGGER audit_run_is_not_changed");
    byte[] run =
        shop.server
            .tenants()
            .<byte[], Exception>read(
                shop.tenant.id(),
                scope ->
                    scope
                        .db()
                        .first(
                            "SELECT leaves FROM audit_run WHERE first = 1",
                            row -> LeafRun.unpack(row.bytes(1)))
                        .orElseThrow());
    String altered = new String(run, StandardCharsets.UTF_8).replace("store.added", "store.edded");
    shop.server
        .tenants()
        .<Integer, Exception>write(
            shop.tenant.id(),
            scope ->
                scope
                    .db()
                    .update(
                        "UPDATE audit_run SET leaves = ? WHERE first = 1",
                        (Object) Wire.deflateFast(altered.getBytes(StandardCharsets.UTF_8))));
    Result refused = move("Corner Shop");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("The log does not verify");
    assertServedHereAsBefore();
  }

  @Test
  void aMoveWhoseEndNobodySawIsSettledByLookingAtTheOtherSide() throws Exception {
    UUID tenant = shop.tenant.id();
    // Killed when the mark was made and nothing was there yet.
    shop.server.tenants().leaves(tenant, there.toString());
    Envelope queued = till.seal(List.of(sale()));
    assertThat(post(queued)).isEqualTo(503);
    int port = shop.server.uri().getPort();
    shop.close();
    // Not even the address: it may have arrived, so it is not served.
    Path address = there.resolve("postgres.properties");
    String named = Files.readString(address);
    Files.delete(address);
    SyncServer blind = other(here, port);
    assertThat(post(queued)).isEqualTo(503);
    blind.close();
    Files.writeString(address, named);
    SyncServer again = other(here, port);
    send(queued);
    again.close();

    assertThat(move("Corner Shop").exit()).isZero();
    // Killed when it had arrived, before that was written down.
    control(db -> db.update("UPDATE departure SET done = 0"));
    SyncServer moved = other(here, port);
    assertThat(post(till.seal(List.of(sale())))).isEqualTo(503);
    assertThat(moved.provisioning().tenants()).isEmpty();
    moved.close();
    Long done =
        control(db -> db.first("SELECT done FROM departure", row -> row.integer(1)).orElseThrow());
    assertThat(done).isEqualTo(1);
  }

  private <T> T control(dev.countersign.server.tenant.ControlData.Step<T> step) throws Exception {
    SecureRandom random = new SecureRandom();
    try (DataFolder folder = DataFolder.take(here);
        var master = MasterKey.load(folder, null, random);
        ControlFile control =
            ControlFile.open(folder, master, random, java.time.InstantSource.system())) {
      return control.run(step);
    }
  }
}
