package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.sql.Db;
import dev.countersign.server.db.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process that moves a tenant is killed: before the other side has it, and too late. */
class TenantMoveKilledTest extends MoveGround {
  /** Held by the test, so that the move waits for it where the test wants. */
  private static final long GATE = 4711;

  private static final String WAIT =
      "PERFORM set_config('lock_timeout', '0', true), pg_advisory_xact_lock(" + GATE + ")";

  /** Starts a move in a process of its own and kills it where it waits. */
  private void killed(String trigger) throws Exception {
    spoil(trigger, WAIT);
    shop.close();
    try (Db gate = new Db(TestPostgres.connect("postgres"))) {
      gate.first("SELECT 1, pg_advisory_lock(?)", row -> row.integer(1), GATE);
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  "dev.countersign.server.launch.ServerCommand",
                  "tenant",
                  "move",
                  "--tenant",
                  "Corner Shop",
                  "--to",
                  there.toString(),
                  "--data",
                  here.toString())
              .redirectErrorStream(true);
      builder.environment().put("COUNTERSIGN_POSTGRES_PASSWORD", "-");
      Process moving = builder.start();
      while (!waits(gate)) {
        assertThat(moving.isAlive())
            .as(() -> moving.inputReader().lines().toList().toString())
            .isTrue();
        Thread.onSpinWait();
      }
      moving.destroyForcibly().waitFor();
    }
    // Nobody holds the gate any more: what is left of the move in PostgreSQL comes to its end.
  }

  private static boolean waits(Db gate) throws SQLException {
    return gate.first(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = ?"
                    + " AND NOT granted",
                row -> row.integer(1),
                GATE)
            .orElse(0L)
        > 0;
  }

  @Test
  void killedWhileRowsAreOnTheirWayTheTenantIsServedHere() throws Exception {
    int port = shop.server.uri().getPort();
    killed("CREATE TRIGGER spoil BEFORE INSERT ON sale");
    other(here, port);
    send(till.seal(List.of(sale())));
    assertThat(rowsThere(shop.tenant.id())).isZero();
  }

  /** The commit was sent, nobody heard the answer, and it is done after all. */
  @Test
  void killedDuringTheCommitTheTenantIsServedThereAndOnlyThere() throws Exception {
    int port = shop.server.uri().getPort();
    killed("CREATE CONSTRAINT TRIGGER spoil AFTER INSERT ON tenant DEFERRABLE INITIALLY DEFERRED");
    var queued = till.seal(List.of(sale()));
    SyncServer old = other(here, port);
    assertThat(post(queued)).isEqualTo(503);
    assertThat(old.provisioning().tenants()).isEmpty();
    old.close();
    other(there, port);
    send(queued);
  }
}
