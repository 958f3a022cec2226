package dev.countersign.client.sync;

import static dev.countersign.client.sync.RefundAcrossTillsTest.giveBack;
import static dev.countersign.client.sync.RefundAcrossTillsTest.refunding;
import static dev.countersign.client.sync.RefundAcrossTillsTest.selling;
import static dev.countersign.client.sync.RefundAcrossTillsTest.sold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.device.ReceiptCheck;
import dev.countersign.client.flow.Refunding;
import dev.countersign.client.flow.Refunding.Found;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Disk;
import dev.countersign.client.ledger.FoundSale;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ledger.VerdictView;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.ReceiptNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till takes back what another one sold, though nobody can be asked any more. */
class GatheringTest {
  @TempDir Path folder;
  private Shop shop;
  private boolean isUp = true;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    if (isUp) {
      shop.close();
    }
  }

  private void cut() throws Exception {
    shop.server.close();
    isUp = false;
  }

  private void back() throws Exception {
    shop.restart();
    isUp = true;
  }

  /** One meeting with the server, as long as there is something to do; how many rounds it took. */
  private static int meet(TillDevice till) {
    try (SyncLoop loop = till.loop(SyncLoop.Rhythm.stepped())) {
      return rounds(loop);
    }
  }

  private static int rounds(SyncLoop loop) {
    int rounds = 1;
    while (loop.step().atMost().isZero()) {
      assertThat(++rounds).isLessThan(50);
    }
    return rounds;
  }

  private String link(CompletedSale sale, UUID device) {
    return ReceiptCheck.of(
            shop.tenant.id(), device, sale.id(), sale.body(), Hash.of(new byte[] {1}))
        .link("https://till-server.example");
  }

  private static SoldBefore read(Found found) {
    assertThat(found).isInstanceOf(Found.Sale.class);
    return ((Found.Sale) found).sold();
  }

  private static Quantity left(TillDevice till, UUID sale) {
    return till.open.ledger().refundable(sale).getFirst().remaining();
  }

  @Test
  void whatAnotherTillSoldComesBackWithoutANetworkAndTheServerHoldsTheCap() throws Exception {
    try (TillDevice there = shop.till();
        TillDevice here = shop.till()) {
      there.openShift();
      CompletedSale sale = sold(there);
      assertThat(there.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(meet(here)).isEqualTo(1);
      here.openShift();
      cut();
      Selling selling = selling(here);
      Refunding alone = refunding(here, selling, true);
      String receipt = sale.body().receipt();
      SoldBefore known = read(alone.find(link(sale, there.open.ledger().enrolled().device())));
      assertThat(known.sale().body()).isEqualTo(sale.body());
      assertThat(read(alone.find(receipt)).sale().id()).isEqualTo(sale.id());
      for (String remembered :
          List.of("", "someth", "10.00", "2026-11-21", receipt.substring(receipt.length() - 4))) {
        assertThat(alone.find(remembered))
            .as(remembered)
            .isInstanceOfSatisfying(
                Found.Several.class,
                several ->
                    assertThat(several.sales())
                        .singleElement()
                        .matches(FoundSale::elsewhere)
                        .matches(hit -> hit.id().equals(sale.id())));
      }
      Running running = alone.bringBack(known, Map.of(1, Quantity.of(5)), "torn");
      CompletedSale refund = giveBack(here, running);
      assertThat(refund.body().total()).isEqualTo(-714);
      assertThat(left(here, sale.id())).isEqualTo(Quantity.of(2));
      // What was looked up before says seven; the ledger knows better.
      Selling again = selling(here);
      Running more =
          refunding(here, again, true).bringBack(known, Map.of(1, Quantity.of(3)), "torn");
      assertThatThrownBy(() -> giveBack(here, more)).isInstanceOf(ActRefusedException.class);
      // The other till knows nothing of it, and takes all of it back.
      there.takeBack(sale.id());
      back();
      assertThat(here.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(here.open.books().needsManager()).isEmpty();
      assertThat(there.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(there.open.books().needsManager())
          .singleElement()
          .extracting(VerdictView::verdict)
          .isEqualTo(Verdict.QUARANTINED);
    }
  }

  @Test
  void aReceiptOfTheDeviceThatThisOneReplacedComesBackWithoutANetwork() throws Exception {
    CompletedSale sale;
    UUID former;
    try (TillDevice broken = shop.till()) {
      broken.openShift();
      sale = sold(broken);
      broken.push();
      former = broken.open.ledger().enrolled().device();
    }
    shop.server.provisioning().revokeDevice(shop.tenant.id(), former);
    try (TillDevice next = shop.till()) {
      meet(next);
      next.openShift();
      cut();
      Selling selling = selling(next);
      Refunding alone = refunding(next, selling, true);
      Running running =
          alone.bringBack(
              read(alone.find(link(sale, former))), Map.of(1, Quantity.of(7)), "unwanted");
      assertThat(giveBack(next, running).body().total()).isEqualTo(-1_000);
      back();
      assertThat(next.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(next.open.books().needsManager()).isEmpty();
    }
  }

  @Test
  void whatCameBackElsewhereBeforeAndAfterTheGatheringIsTakenOff() throws Exception {
    try (TillDevice there = shop.till();
        TillDevice here = shop.till();
        TillDevice third = shop.till()) {
      there.openShift();
      CompletedSale first = sold(there);
      CompletedSale second = sold(there);
      there.takeBack(first.id());
      there.push();
      meet(here);
      assertThat(left(here, first.id())).isEqualTo(Quantity.ZERO);
      assertThat(left(here, second.id())).isEqualTo(Quantity.of(7));
      meet(third);
      third.openShift();
      third.takeBack(second.id());
      third.push();
      here.pull();
      cut();
      assertThat(left(here, second.id())).isEqualTo(Quantity.ZERO);
    }
  }

  /** A page in a round; after a stop it goes on where it was. */
  @Test
  void manyAreGatheredPageByPageAndAStopLosesNone() throws Exception {
    PassingOn passing = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger asked = new AtomicInteger();
    try (Front front = new Front(passing::pass);
        TillDevice there = shop.till();
        TillDevice here = shop.tillThrough(front.url(), front.pin())) {
      there.openShift();
      List<String> receipts = new ArrayList<>();
      for (int i = 0; i < 230; i++) {
        there.sell(100 + i);
        receipts.add(there.open.books().lastSale().orElseThrow().body().receipt());
      }
      there.push();
      here.openShift();
      front.mind(
          request ->
              request.path().equals(Routes.SALES_RECENT) && asked.incrementAndGet() == 2
                  ? Front.Said.unavailable("1")
                  : passing.pass(request));
      assertThat(meet(here)).as("the second page is not answered").isEqualTo(2);
      assertThat(here.open.ledger().soldBefore(receipt(receipts, 99))).isPresent();
      assertThat(here.open.ledger().soldBefore(receipt(receipts, 100))).isEmpty();
      try (SyncLoop loop = here.loop(SyncLoop.Rhythm.stepped())) {
        assertThat(loop.step().atMost()).isEqualTo(Duration.ZERO);
        here.sell(700);
        loop.step();
        assertThat(here.open.outbox().state().waiting()).as("a sale does not wait").isZero();
        rounds(loop);
      }
      assertThat(asked).as("two pages and one that was not answered, then the rest").hasValue(4);
      for (int i = 0; i < receipts.size(); i++) {
        assertThat(here.open.ledger().soldBefore(receipt(receipts, i))).as("%s", i).isPresent();
      }
    }
  }

  private static ReceiptNumber receipt(List<String> receipts, int index) {
    return ReceiptNumber.parse(receipts.get(index)).orElseThrow();
  }

  @Test
  void aServerThatCannotGiveItOrTalksNonsenseIsNotAskedAgainAndAgain() throws Exception {
    PassingOn passing = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger asked = new AtomicInteger();
    try (Front front = new Front(passing::pass);
        TillDevice here = shop.tillThrough(front.url(), front.pin())) {
      for (Front.Said said :
          List.of(
              Front.Said.problem(404, Problem.of(Problem.NOT_FOUND, "no")),
              Front.Said.unavailable("1"),
              Front.Said.problem(500, Problem.of("internal", "broken")),
              Front.Said.html(),
              Front.Said.json(Map.of("sales", "none")),
              Front.Said.json(Map.of("through", 5, "more", true)))) {
        asked.set(0);
        front.mind(
            request -> {
              if (request.path().equals(Routes.SALES_RECENT)) {
                asked.incrementAndGet();
                return said;
              }
              return passing.pass(request);
            });
        try (SyncLoop loop = here.loop(SyncLoop.Rhythm.stepped())) {
          assertThat(rounds(loop)).isEqualTo(1);
          loop.retryNow();
          rounds(loop);
        }
        assertThat(asked).hasValue(1);
      }
      assertThat(here.open.gathered().position().after()).isZero();
    }
  }

  @Test
  void whatWasSoldHereIsSentThoughWhatOthersSoldCannotBeKept() throws Exception {
    try (TillDevice there = shop.till();
        TillDevice here = shop.till()) {
      there.openShift();
      CompletedSale sale = sold(there);
      there.push();
      here.openShift();
      Disk.fill(here.open, "older_sale");
      try (SyncLoop loop = here.loop(SyncLoop.Rhythm.stepped())) {
        here.sell(700);
        assertThat(loop.step().patient()).isFalse();
        assertThat(loop.state()).isEqualTo(new SyncState.AllAccepted());
        here.sell(700);
        assertThat(loop.step().patient()).isFalse();
        assertThat(here.open.outbox().state().waiting()).isZero();
      }
      Disk.freeTable(here.open);
      meet(here);
      assertThat(left(here, sale.id())).isEqualTo(Quantity.of(7));
    }
  }

  /** A restored server says so at the next fetch, and is gathered from anew right behind it. */
  @Test
  void anotherEpochIsNoReasonToRest() throws Exception {
    PassingOn passing = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger asked = new AtomicInteger();
    try (Front front = new Front(passing::pass);
        TillDevice here = shop.tillThrough(front.url(), front.pin())) {
      front.mind(
          request ->
              request.path().equals(Routes.SALES_RECENT) && asked.incrementAndGet() == 1
                  ? Front.Said.problem(409, Problem.of(Problem.EPOCH_CHANGED, "another"))
                  : passing.pass(request));
      try (SyncLoop loop = here.loop(SyncLoop.Rhythm.stepped())) {
        for (int i = 0; i < 3; i++) {
          rounds(loop);
          loop.retryNow();
        }
      }
      assertThat(asked).hasValue(2);
    }
  }
}
