package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Routes;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.recheck.Pass;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The nightly recheck: when it runs, where it goes on, and who is told what it found. */
@ParameterizedClass
@EnumSource
class RecheckTest extends TamperedGround {
  @Test
  void whatWasFoundIsShownToTheOwnerAndKeptOnce() throws Exception {
    tamper(
        onLastRun(
            leaves -> {
              leaves.set(1, leaves.get(1).replace("FLAGGED", "ACCEPTED"));
              return leaves;
            }));
    // The entry, and the tree over it that the pass before had seen.
    assertThat(pass().flaws()).isEqualTo(2);
    assertThat(pass().flaws()).isEqualTo(2);
    assertThat(server.recheck().incidents(shop.tenant.id())).hasSize(2);
    assertThat(server.recheck().standing(shop.tenant.id()).orElseThrow().soundAt()).isNotNull();
    RunningServer restarted = shop(server);
    Visitor visitor = new Visitor(restarted, RawClient.of(server));
    Visitor.Signed owner = visitor.person("Olu", "owner", null);
    assertThat(visitor.call("GET", Routes.AUDIT_RECHECK, null, owner.token()).text())
        .contains("\"kind\":\"ENTRY_CHANGED\"")
        .contains("\"incidents\"");
    Visitor.Signed local = visitor.person("Mo", "manager", shop.store.id());
    assertThat(visitor.call("GET", Routes.AUDIT_RECHECK, null, local.token()).status())
        .isEqualTo(403);
  }

  @Test
  void theCheckByHandGoesOnWhereItWasAndSaysHowFarItIs() throws Exception {
    server
        .tenants()
        .<Boolean, SQLException>write(
            shop.tenant.id(),
            scope -> {
              for (int i = 0; i < 30; i++) {
                var entries = new ArrayList<AuditEntry>();
                for (int j = 0; j < 500; j++) {
                  entries.add(
                      AuditEntry.act(shop.now.get(), "system", "", "test", "x".repeat(400), ""));
                }
                new AuditLog().append(scope, entries);
              }
              return true;
            });
    Pass first = server.recheck().step(shop.tenant.id(), shop.now.get());
    assertThat(first.isUnderWay()).isTrue();
    tamper(db -> {});
    Pass second = server.recheck().step(shop.tenant.id(), shop.now.get());
    assertThat(second.reached()).isGreaterThan(first.reached());
    StringWriter out = new StringWriter();
    int exit =
        ServerCommand.commandLine(new Reach.Outside(shop.surroundings()))
            .setOut(new PrintWriter(out, true))
            .execute("log", "check", "--tenant", "Corner Shop", "--data", data.toString());
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("are what the log committed to");
  }

  @Test
  void theServerChecksByItselfAtNightAndNotTwice() throws Exception {
    UUID tenant = shop.tenant.id();
    assertThat(server.recheck().isDue(tenant, shop.now.get())).isFalse();
    shop.pass(Duration.ofHours(19));
    assertThat(server.recheck().isDue(tenant, shop.now.get())).isFalse();
    shop.pass(Duration.ofHours(2));
    assertThat(server.recheck().isDue(tenant, shop.now.get())).isTrue();
    sell(sale());
    assertThat(server.recheck().isDue(tenant, shop.now.get())).as("while it sells").isFalse();
    shop.pass(Duration.ofHours(6));
    sell(sale());
    assertThat(server.recheck().isDue(tenant, shop.now.get())).as("in any case").isTrue();
    server.close();
    server =
        SyncServer.start(
            ServerConfig.in(data), shop.surroundings().withNightWatchEvery(Duration.ofMillis(5)));
    while (!shop.now.get().equals(soundAt())) {
      Thread.onSpinWait();
    }
    assertThat(server.recheck().isDue(tenant, shop.now.get())).isFalse();
  }

  private Instant soundAt() throws SQLException {
    return server.recheck().standing(shop.tenant.id()).map(Pass::soundAt).orElse(Instant.EPOCH);
  }
}
