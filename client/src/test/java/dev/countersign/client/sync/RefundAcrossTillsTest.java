package dev.countersign.client.sync;

import static dev.countersign.client.sync.TillDevice.DAY;
import static dev.countersign.client.sync.TillDevice.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.Refunding;
import dev.countersign.client.flow.Refunding.Found;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ledger.VerdictView;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goods come back to other tills than the one that sold them. */
class RefundAcrossTillsTest {
  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  static Selling selling(TillDevice till) {
    return new Selling(
        till.open.ledger(),
        till.open.catalogue(),
        () -> new BarcodeRules(List.of()),
        USD,
        TaxRounding.perLine(USD),
        Clock.systemUTC());
  }

  static Refunding refunding(TillDevice till, Selling selling, boolean online) {
    return new Refunding(
        till.open.ledger(),
        till.open.books(),
        till.open.catalogue(),
        question -> {
          if (!online) {
            return new OlderSales.Outcome.NotNow(new Reply.NotCountersign("no network"));
          }
          try (ServerConnection connection = till.connect()) {
            return question.apply(
                new OlderSales(connection, till.open.ledger(), till.open.outbox()::sign));
          }
        },
        selling);
  }

  static CompletedSale giveBack(TillDevice till, Running running) {
    GivingBack giving =
        new GivingBack(till.open.ledger(), Clock.systemUTC(), null, running, UUID::randomUUID);
    giving.propose();
    return giving.finish(till.actor().user(), null, DAY);
  }

  /** Seven pieces for 10.00, paid in cash. */
  static CompletedSale sold(TillDevice till) {
    till.complete(
        Basket.empty(USD)
            .add(
                new LineItem(null, "", "Something", "", List.of()),
                Quantity.of(7),
                new LinePrice.Total(Money.of(1_000, USD))),
        DAY);
    return till.open.books().lastSale().orElseThrow();
  }

  @Test
  void aReceiptOfAnotherTillIsFetchedAndWithoutANetworkItIsNotKnown() throws Exception {
    try (TillDevice there = shop.till();
        TillDevice here = shop.till()) {
      there.openShift();
      CompletedSale sale = sold(there);
      there.push();
      here.pull();
      here.openShift();
      Selling selling = selling(here);
      String receipt = sale.body().receipt();
      assertThat(refunding(here, selling, false).find(receipt)).isEqualTo(new Found.NotNow());
      Refunding online = refunding(here, selling, true);
      String nextReceipt = receipt.substring(0, receipt.length() - 1) + "9";
      assertThat(online.find(nextReceipt)).isEqualTo(new Found.NotThere());
      assertThat(online.find(receipt.toLowerCase(Locale.ROOT)))
          .isInstanceOfSatisfying(
              Found.Sale.class,
              found -> assertThat(found.sold().sale().body()).isEqualTo(sale.body()));
      // From here on it is known without a network too.
      SoldBefore known = ((Found.Sale) refunding(here, selling, false).find(receipt)).sold();
      Running running = online.bringBack(known, Map.of(1, Quantity.parse("2.5")), "torn");
      assertThat(Refunding.left(known, running)).containsEntry(1, Quantity.ZERO);
      CompletedSale refund = giveBack(here, running);
      assertThat(refund.body().total()).isEqualTo(-357);
      assertThat(here.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(here.open.books().needsManager()).isEmpty();
      there.pull();
      SoldBefore left = there.open.ledger().soldBefore(sale.id()).orElseThrow();
      assertThat(left.lines().getFirst().remaining()).isEqualTo(Quantity.parse("4.5"));
      assertThat(left.left().values()).containsExactly(643L);
    }
  }

  /** Three tills, of which each sends and hears only now and then. */
  @Test
  void whatCountsOnAllTillsTogetherIsNeverMoreThanWasSold() throws Exception {
    long seed = 20261121L;
    Random random = new Random(seed);
    List<TillDevice> tills = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        TillDevice till = shop.till();
        till.pull();
        till.openShift();
        tills.add(till);
      }
      CompletedSale sale = sold(tills.getFirst());
      tills.getFirst().push();
      for (TillDevice till : tills) {
        refunding(till, selling(till), true).find(sale.body().receipt());
      }
      List<Map.Entry<TillDevice, CompletedSale>> refunds = new ArrayList<>();
      for (int act = 0; act < 24; act++) {
        TillDevice till = tills.get(random.nextInt(tills.size()));
        SoldBefore known = till.open.ledger().soldBefore(sale.id()).orElseThrow();
        RefundableLine line = known.lines().getFirst();
        if (line.remaining().isPositive()) {
          long part = 1 + random.nextLong(Math.min(1_500_000, line.remaining().millionths()));
          Running running =
              refunding(till, selling(till), false)
                  .bringBack(known, Map.of(1, new Quantity(part)), "unwanted");
          refunds.add(Map.entry(till, giveBack(till, running)));
        }
        if (random.nextInt(4) == 0) {
          till.push();
          till.pull();
        }
      }
      for (TillDevice till : tills) {
        till.push();
      }
      long goods = 0;
      long money = 0;
      for (Map.Entry<TillDevice, CompletedSale> refund : refunds) {
        Set<Long> refused =
            refund.getKey().open.books().needsManager().stream()
                .filter(view -> view.verdict() == Verdict.QUARANTINED)
                .map(VerdictView::change)
                .collect(Collectors.toSet());
        if (!refused.contains(refund.getValue().change())) {
          goods -= refund.getValue().body().lines().getFirst().quantity().millionths();
          money -= refund.getValue().body().total();
        }
      }
      assertThat(refunds).as("seed %s", seed).hasSizeGreaterThan(8);
      assertThat(goods).isPositive().isLessThanOrEqualTo(7_000_000);
      // A cent for each refund that did not know of the others; those are flagged.
      assertThat(money).isLessThanOrEqualTo(1_000 + refunds.size());
      TillDevice last = tills.getLast();
      last.pull();
      SoldBefore known = last.open.ledger().soldBefore(sale.id()).orElseThrow();
      assertThat(known.lines().getFirst().refunded().millionths()).isEqualTo(goods);
    } finally {
      for (TillDevice till : tills) {
        till.close();
      }
    }
  }
}
