package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Returned;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.server.bench.SellingTill;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a till sends what it paid out for empties: what is beyond a shift's limit is flagged. */
class EmptiesInAShiftTest {
  private static final int DEPOSIT = 25;

  /** Who is said to have answered for a sale. */
  private enum Word {
    NOBODY,
    A_MANAGER,
    /** Who has no right to it: a till that lies. */
    THE_CASHIER
  }

  /**
   * A sale that takes empties back.
   *
   * @param alone whether its batch ends with it
   */
  private record Sold(int bottles, Word word, boolean alone) {}

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void exactlyTheSalesBeyondTheLimitThatNobodyAnsweredForAreFlagged(int seed) throws Exception {
    Random random = new Random(seed);
    List<Sold> day = day(random);
    long limit = seed < 3 ? List.of(0L, 25L, 1500L).get(seed) : random.nextLong(4_000);
    Path folder = Files.createTempDirectory("empties");
    try (TestShop shop = new TestShop(folder)) {
      UUID bottle = UUID.randomUUID();
      shop.catalogue.add(bottle);
      Handling container = Handling.NONE.withContainer(true);
      shop.products.put(
          bottle, new ProductItem("B", "Bottle", "", "", DEPOSIT, List.of(), List.of(), container));
      shop.goods = GoodsSettings.USUAL.inShift(limit);
      SellingTill till = shop.enrol();
      List<Change> batch = new ArrayList<>(List.of(till.opening()));
      List<Verdict> expected = new ArrayList<>(List.of(Verdict.ACCEPTED));
      long paid = 0;
      for (Sold sold : day) {
        batch.add(change(shop, till, bottle, sold));
        boolean answered = sold.word() == Word.A_MANAGER;
        paid += answered ? 0 : (long) sold.bottles() * DEPOSIT;
        expected.add(answered || paid <= limit ? Verdict.ACCEPTED : Verdict.FLAGGED);
        if (sold.alone()) {
          assertThat(sent(shop, till, batch)).isEqualTo(expected);
          batch.clear();
          expected.clear();
        }
      }
      if (!batch.isEmpty()) {
        assertThat(sent(shop, till, batch)).isEqualTo(expected);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Verdict> sent(TestShop shop, SellingTill till, List<Change> batch)
      throws Exception {
    return ((IngestOutcome.Stored) shop.accept(till.seal(batch)))
        .acknowledgement().verdicts().stream().map(Judged::verdict).toList();
  }

  private static Change change(TestShop shop, SellingTill till, UUID bottle, Sold sold) {
    long amount = -(long) sold.bottles() * DEPOSIT;
    Line line =
        new Line(
            1,
            bottle,
            "",
            "Bottle",
            Quantity.of(-sold.bottles()),
            (long) DEPOSIT,
            null,
            amount,
            List.of(),
            null,
            List.of(),
            "",
            new Returned("", ""),
            List.of(),
            LineFacts.EMPTIES);
    SaleCompleted plain = till.saleBody(bottle, 1);
    SaleCompleted sale =
        new SaleCompleted(
            plain.store(),
            plain.register(),
            plain.shift(),
            plain.receipt(),
            plain.businessDate(),
            plain.currency(),
            List.of(line),
            List.of(new Paid(Means.CASH, amount, "", "")),
            amount,
            0,
            0,
            0,
            List.of(),
            null);
    Change change = till.change(till.id(), sale);
    UUID approver =
        switch (sold.word()) {
          case NOBODY -> null;
          case A_MANAGER -> shop.manager;
          case THE_CASHIER -> shop.cashier;
        };
    return new Change(
        change.id(), change.number(), change.entity(), change.actor(), approver, change.at(), sale);
  }

  private static List<Sold> day(Random random) {
    List<Sold> day = new ArrayList<>();
    for (int left = 1 + random.nextInt(10); left > 0; left--) {
      Word word = Word.values()[random.nextInt(Word.values().length)];
      day.add(new Sold(1 + random.nextInt(60), word, random.nextBoolean()));
    }
    return day;
  }
}
