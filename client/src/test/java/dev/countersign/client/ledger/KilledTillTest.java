package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.TillHarness.Step;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.ReadBatch;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real till process is killed without warning, at every step of a sale and at random moments, and
 * started again. What counts afterwards: the receipts on paper are the sales in the store.
 */
class KilledTillTest {
  /** {@code -Dcountersign.kills=1000} for a long night. */
  private static final int KILLS = Integer.getInteger("countersign.kills", 25);

  private static final long SEED = Long.getLong("countersign.seed", 20260304L);

  @TempDir Path temp;

  @Test
  void killedAtEveryStepOfASale() throws Exception {
    TillFixture till = TillFixture.in(temp);
    ShiftView shift = till.openShift();
    till.device().close();
    Random random = new Random(SEED);
    Step[] steps = Step.values();
    for (int kill = 0; kill < KILLS; kill++) {
      if (kill < KILLS * 2 / 3) {
        Step step = steps[kill % steps.length];
        // A process is unlocked once; every other step it passes again and again.
        killAt(step.name(), step == Step.UNLOCKED ? 0 : random.nextInt(3));
      } else {
        killAfter(random.nextInt(400));
      }
      till = reopened(till);
      assertThat(till.ledger().currentShift()).as("kill %s, seed %s", kill, SEED).contains(shift);
      assertBooks(till);
      till.device().close();
    }
    till = reopened(till);
    for (ReceiptJob job : till.device().receiptJobs().pending()) {
      TillHarness.printOn(temp.resolve("paper"), job);
      till.device().receiptJobs().printed(job.sale().id());
    }
    List<String> sold = receipts(till);
    assertThat(sold).hasSizeGreaterThan(KILLS / 2);
    assertThat(paper().stream().map(line -> line.replace(" COPY", "")).distinct().sorted())
        .isEqualTo(sold);
    assertThat(till.device().damage()).isEmpty();
    till.close();
  }

  /** No gap, no double, nothing printed that is not stored, nothing stored that is forgotten. */
  private void assertBooks(TillFixture till) throws Exception {
    List<String> sold = receipts(till);
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= sold.size(); i++) {
      expected.add("R1-%06d".formatted(i));
    }
    assertThat(sold).isEqualTo(expected);
    List<String> originals = paper().stream().filter(line -> !line.endsWith(" COPY")).toList();
    assertThat(originals).doesNotHaveDuplicates();
    List<String> known =
        new ArrayList<>(paper().stream().map(line -> line.replace(" COPY", "")).toList());
    assertThat(sold).containsAll(known);
    till.device().receiptJobs().pending().forEach(job -> known.add(job.sale().body().receipt()));
    assertThat(known).containsAll(sold);
    long changes = 1 + sold.size();
    List<byte[]> batches =
        till.device()
            .store()
            .read(db -> db.list("SELECT payload FROM batch ORDER BY number", row -> row.bytes(1)));
    long next = 1;
    for (byte[] payload : batches) {
      ReadBatch batch = BatchCodec.decode(payload);
      assertThat(batch.header().firstChange()).isEqualTo(next);
      next = batch.header().lastChange() + 1;
    }
    assertThat(next - 1).isLessThanOrEqualTo(changes);
    assertThat(till.device().books().totals(TillFixture.DAY).sales()).isEqualTo(sold.size());
    assertRefunds(till);
  }

  /** What is left of every sale, by goods and by money, is what the recorded refunds leave. */
  private static void assertRefunds(TillFixture till) {
    Map<UUID, Long> goods = new HashMap<>();
    Map<UUID, Long> money = new HashMap<>();
    List<CompletedSale> sales =
        till.device().books().salesOn(TillFixture.DAY).stream()
            .map(view -> till.device().books().sale(view.id()).orElseThrow())
            .toList();
    for (CompletedSale sale : sales) {
      for (SaleCompleted.Line line : sale.body().lines()) {
        if (line.refunds() != null) {
          UUID of = line.refunds().sale();
          goods.merge(of, -line.quantity().millionths(), Math::addExact);
          money.merge(of, -line.amount(), Math::addExact);
        }
      }
    }
    for (CompletedSale sale : sales) {
      SoldBefore known = till.ledger().soldBefore(sale.id()).orElseThrow();
      long back = known.lines().stream().mapToLong(line -> line.refunded().millionths()).sum();
      long left = known.left().values().stream().mapToLong(Long::longValue).sum();
      assertThat(back).isEqualTo(goods.getOrDefault(sale.id(), 0L));
      assertThat(Math.max(0, sale.body().total()) - left)
          .isEqualTo(money.getOrDefault(sale.id(), 0L));
    }
  }

  private TillFixture reopened(TillFixture till) {
    till.reopen();
    return till;
  }

  private static List<String> receipts(TillFixture till) {
    return till.device().books().salesOn(TillFixture.DAY).reversed().stream()
        .map(SaleView::receipt)
        .toList();
  }

  private List<String> paper() throws Exception {
    Path paper = temp.resolve("paper");
    return Files.exists(paper) ? Files.readAllLines(paper) : List.of();
  }

  private void killAt(String step, int passes) throws Exception {
    Process till = start(step, passes);
    try (BufferedReader lines = till.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals("stopped")) {
        line = lines.readLine();
      }
      assertThat(line).as("the till got to %s", step).isEqualTo("stopped");
    } finally {
      till.destroyForcibly().waitFor();
    }
  }

  private void killAfter(int millis) throws Exception {
    Process till = start("NOWHERE", 0);
    try (BufferedReader lines = till.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");
      assertThat(till.waitFor(millis, TimeUnit.MILLISECONDS)).as("it sells").isFalse();
    } finally {
      till.destroyForcibly().waitFor();
    }
  }

  private Process start(String stopAt, int passes) throws Exception {
    return new ProcessBuilder(TillHarness.command(temp, stopAt, passes))
        .redirectError(temp.resolve("errors").toFile())
        .start();
  }
}
