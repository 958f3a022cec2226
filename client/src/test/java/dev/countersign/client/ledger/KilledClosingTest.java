package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.sql.Db;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that closes shift after shift is killed without warning at random moments. What is
 * found afterwards is an open shift or closed ones, each with its one report.
 */
class KilledClosingTest {
  /** {@code -Dcountersign.kills=1000} for a long night. */
  private static final int KILLS = Integer.getInteger("countersign.kills", 10);

  private static final long SEED = Long.getLong("countersign.seed", 20261121L);

  /** A slow machine closes as many shifts as a fast one before it is killed. */
  private static final int MOST_SHIFTS = 3;

  private static final int LONGEST = 100;

  @TempDir Path temp;

  @Test
  void aShiftIsOpenOrClosedWhenTheTillIsKilled() throws Exception {
    TillFixture till = TillFixture.in(temp);
    till.device().close();
    Random random = new Random(SEED);
    long closed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter(random.nextInt(MOST_SHIFTS), random.nextInt(LONGEST));
      till.reopen();
      long now = till.device().store().read(KilledClosingTest::assertShifts);
      assertThat(now).as("kill %s, seed %s", kill, SEED).isGreaterThanOrEqualTo(closed);
      closed = now;
      till.device().close();
    }
    assertThat(closed).as("some shifts were closed").isPositive();
    till.reopen();
    assertThat(till.device().damage()).isEmpty();
    till.close();
  }

  /** How many are closed. */
  private static long assertShifts(Db db) throws SQLException {
    List<Change> changes =
        db.list("SELECT body FROM change ORDER BY number", row -> read(row.bytes(1)));
    ShiftTally tally = new ShiftTally();
    UUID open = null;
    List<ShiftClosed> reports = new ArrayList<>();
    for (Change change : changes) {
      switch (change.body()) {
        case ShiftOpened _ -> {
          assertThat(open).as("one at a time").isNull();
          open = change.entity();
          tally = new ShiftTally();
        }
        case ShiftClosed z -> {
          assertThat(change.entity()).isEqualTo(open);
          assertThat(z.number()).isEqualTo(reports.size() + 1);
          assertThat(z.figures()).isEqualTo(tally.figures());
          reports.add(z);
          open = null;
        }
        case SaleCompleted sale -> {
          assertThat(sale.shift()).isEqualTo(open);
          tally.add(change.actor(), sale);
        }
        default -> tally.add(change.actor(), change.body());
      }
    }
    assertThat(
            db.first("SELECT shift FROM state WHERE shift IS NOT NULL", row -> row.uuid(1))
                .orElse(null))
        .isEqualTo(open);
    assertThat(
            db.list(
                "SELECT number, expected FROM shift WHERE report IS NOT NULL ORDER BY number",
                row -> List.of(row.integer(1), row.integer(2))))
        .isEqualTo(reports.stream().map(z -> List.of(z.number(), z.cash())).toList());
    return reports.size();
  }

  private static Change read(byte[] body) throws SQLException {
    return ShiftReader.decoded(body);
  }

  private void killAfter(int shifts, int millis) throws Exception {
    Process till =
        new ProcessBuilder(ClosingHarness.command(temp))
            .redirectError(temp.resolve("errors").toFile())
            .start();
    try (BufferedReader lines = till.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");
      for (int i = 0; i < shifts; i++) {
        assertThat(lines.readLine()).isEqualTo(ClosingHarness.CLOSED);
      }
      assertThat(till.waitFor(millis, TimeUnit.MILLISECONDS)).as("it closes shifts").isFalse();
    } finally {
      till.destroyForcibly().waitFor();
    }
  }
}
