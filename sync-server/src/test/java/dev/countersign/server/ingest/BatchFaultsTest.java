package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.QuestionItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that come in another order than they were made, under lost rights, or half. */
@ParameterizedClass
@EnumSource
class BatchFaultsTest {
  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder, stored);
    till = shop.enrol();
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  private Change sale() {
    return till.sale(shop.product, 700);
  }

  private List<Judged> judged(Envelope batch) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(batch)).acknowledgement().verdicts();
  }

  /** Every order of four batches, each sent again until all of them are in. */
  @Test
  void batchesOutOfOrder() throws Exception {
    long sales = 0;
    for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
      till = shop.enrol();
      List<Envelope> made = new ArrayList<>();
      made.add(till.seal(List.of(till.opening(), sale())));
      for (int i = 1; i < 4; i++) {
        made.add(till.seal(List.of(sale(), sale())));
      }
      sales += 7;
      int next = 0;
      while (next < 4) {
        for (int each : order) {
          var outcome = shop.accept(made.get(each));
          if (each == next) {
            assertThat(outcome).isInstanceOf(IngestOutcome.Stored.class);
            next++;
          } else if (each < next) {
            assertThat(outcome).isInstanceOf(IngestOutcome.Replayed.class);
          } else {
            assertThat(outcome).isEqualTo(new IngestOutcome.Gap(next + 1));
          }
        }
      }
    }
    assertThat(shop.count("sale")).isEqualTo(sales);
    assertThat(new ServerBooks().grandTotal(shop.scope()))
        .isEqualTo(new ServerBooks.Total(sales, sales * 700));
    assertThat(new ServerBooks().salesByVerdict(shop.scope())).containsOnlyKeys(Verdict.ACCEPTED);
  }

  private static List<List<Integer>> orders(List<Integer> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : of) {
      List<Integer> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<Integer> order : orders(rest)) {
        List<Integer> one = new ArrayList<>(List.of(first));
        one.addAll(order);
        all.add(one);
      }
    }
    return all;
  }

  /** What counts is whether the server had it before the key was taken away, not what it says. */
  @Test
  void aBatchOfARevokedKeyMadeBeforeAndAfter() throws Exception {
    Envelope acknowledged = till.seal(List.of(till.opening(), sale()));
    byte[] ack = ((IngestOutcome.Stored) shop.accept(acknowledged)).ack();
    Envelope before = till.seal(List.of(sale()));
    shop.db().update("UPDATE device SET state = 'revoked'");
    shop.now = shop.now.plusSeconds(60);
    Envelope after = till.seal(List.of(sale(), sale()));

    assertThat(((IngestOutcome.Replayed) shop.accept(acknowledged)).ack()).isEqualTo(ack);
    for (Envelope late : List.of(before, after)) {
      assertThat(judged(late))
          .allMatch(judged -> judged.verdict() == Verdict.QUARANTINED)
          .allMatch(judged -> judged.code().equals("device-revoked"));
    }
    assertThat(shop.count("sale")).isEqualTo(1);
    assertThat(shop.count("batch")).isEqualTo(3);
    assertThat(new ServerBooks().quarantine(shop.scope(), 10)).hasSize(3);
  }

  @Test
  void quarantineVisibleUntilResolved() throws Exception {
    SellingTill office = shop.enrol();
    Change opening = till.opening();
    SaleCompleted open = till.saleBody(null, 900);
    Change first = till.change(till.id(), open);
    Change second = till.change(till.id(), till.saleBody(null, 800));
    assertThat(judged(till.seal(List.of(opening, first, second))).subList(1, 3))
        .extracting(Judged::verdict)
        .containsOnly(Verdict.QUARANTINED);
    assertWaiting(first, second);

    // Neither time nor more sales nor a decision of somebody who may not puts anything away.
    shop.now = shop.now.plusSeconds(40L * 24 * 3600);
    shop.accept(till.seal(List.of(sale())));
    shop.accept(office.seal(List.of(decision(office, first, till.registered().cashier()))));
    assertWaiting(first, second);

    shop.accept(office.seal(List.of(decision(office, first, shop.manager))));
    assertWaiting(second);
    shop.accept(office.seal(List.of(decision(office, second, shop.manager))));
    assertWaiting();
    assertThat(shop.told)
        .filteredOn(QuestionItem.class::isInstance)
        .extracting(item -> ((QuestionItem) item).decision())
        .contains("REJECT");
  }

  private Change decision(SellingTill office, Change on, UUID by) {
    Change said =
        office.change(
            office.id(),
            new VerdictResolved(
                till.registered().device(), 1, on.number(), Resolution.REJECT, "seen"));
    return new Change(said.id(), said.number(), said.entity(), by, null, said.at(), said.body());
  }

  private void assertWaiting(Change... changes) throws SQLException {
    assertThat(new ServerBooks().quarantine(shop.scope(), 10))
        .filteredOn(kept -> kept.device().equals(till.registered().device()))
        .extracting(ServerBooks.Quarantined::change)
        .containsExactlyElementsOf(List.of(changes).stream().map(Change::number).toList());
  }

  /** Nothing of a batch is there until all of it is; then it can be sent again. */
  @Test
  void killedBetweenAnyTwoStatementsOfAccepting() throws Exception {
    shop.accept(till.seal(List.of(till.opening(), sale())));
    int survived = 0;
    for (int statements = 0; survived < 2; statements++) {
      Envelope batch =
          till.seal(List.of(sale(), till.change(till.id(), till.saleBody(null, 900)), sale()));
      List<Object> before = shop.state();
      boolean done = shop.acceptUntilGone(batch, statements);
      if (done) {
        assertThat(shop.accept(batch)).isInstanceOf(IngestOutcome.Replayed.class);
        survived++;
      } else {
        assertThat(shop.state()).as("gone before statement %s", statements).isEqualTo(before);
        assertThat(shop.accept(batch)).isInstanceOf(IngestOutcome.Stored.class);
      }
      assertThat(shop.count("batch")).isEqualTo(statements + 2L);
      assertThat(statements).isLessThan(500);
    }
    long batches = shop.count("batch") - 1;
    assertThat(batches).as("statements that were tried").isGreaterThan(10);
    assertThat(shop.count("sale")).isEqualTo(1 + 2 * batches);
  }
}
