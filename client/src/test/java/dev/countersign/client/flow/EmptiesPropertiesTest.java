package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.GoodsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes back in a shift, a cashier pays no more for it alone than the store allows. */
class EmptiesPropertiesTest {
  private static final String BOTTLE = "00012345000027";
  private static final int DEPOSIT = 25;

  /**
   * A customer with empties.
   *
   * @param approves whether a supervisor comes when one is asked for
   */
  private record Customer(int bottles, boolean approves, boolean restart) {}

  @Property(tries = 25)
  void whatNobodyAnsweredForNeverExceedsTheLimitAndIsNeverRefusedWithinIt(
      @ForAll("customers") List<Customer> customers, @ForAll("limits") long limit)
      throws Exception {
    Path temp = Files.createTempDirectory("empties");
    try (TillFixture till = TillFixture.in(temp)) {
      tell(till, 21, bottle());
      tell(till, 22, FeedItem.of(1, new UUID(4, 9), settings(limit)));
      till.openShift();
      long paid = 0;
      for (Customer customer : customers) {
        if (customer.restart()) {
          till.reopen();
        }
        long amount = (long) customer.bottles() * DEPOSIT;
        boolean alone = paid + amount <= limit;
        assertThat(comesBack(till, customer)).isEqualTo(alone || customer.approves());
        paid += alone ? amount : 0;
        assertThat(till.ledger().emptiesPaid()).isEqualTo(paid).isLessThanOrEqualTo(limit);
      }
    } finally {
      try (Stream<Path> files = Files.walk(temp)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Whether it was paid out. */
  private static boolean comesBack(TillFixture till, Customer customer) {
    Selling selling = till.selling();
    selling.empties(true);
    selling.typed(customer.bottles() + "*");
    ScanOutcome outcome = selling.scan(BOTTLE);
    if (outcome instanceof ScanOutcome.TooManyEmpties many) {
      UUID supervisor = customer.approves() ? TillFixture.SUPERVISOR : null;
      try {
        outcome =
            new Amending(selling, till.device().users(), () -> TillFixture.NOON)
                .takeBack(TillFixture.CASHIER, supervisor, many);
      } catch (NotPermittedException _) {
        return false;
      }
    }
    assertThat(outcome).isInstanceOf(ScanOutcome.Added.class);
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft(selling.basket()));
    return true;
  }

  private static FeedItem bottle() {
    return FeedItem.of(
        1,
        new UUID(4, 2),
        new ProductItem(
            "Bottle",
            "Bottle",
            "",
            "",
            DEPOSIT,
            List.of(TillFixture.TAX),
            List.of(new Barcode(BOTTLE, Quantity.ONE)),
            Handling.NONE.withContainer(true)));
  }

  private static FeedBody settings(long limit) {
    return new SettingsItem("T", "S", List.of(), List.of(), "USD", 0, "HALF_UP", "CASH", 180, "UTC")
        .with(GoodsSettings.USUAL.inShift(limit));
  }

  private static void tell(TillFixture till, long cursor, FeedItem item) throws Exception {
    FeedItem now = new FeedItem(cursor, item.kind(), item.id(), false, item.body());
    till.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(now)));
  }

  @Provide
  Arbitrary<List<Customer>> customers() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 60),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false, false, false))
        .as(Customer::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<Long> limits() {
    return Arbitraries.oneOf(Arbitraries.of(0L, 25L, 1500L), Arbitraries.longs().between(0, 4000));
  }
}
