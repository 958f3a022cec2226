package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sale.RefundableLine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goods come back of a sale that the till does not keep, when the server can be asked. */
class OlderSalesTest {
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

  private static OlderSales.Outcome fetch(TillDevice till, UUID sale) {
    try (ServerConnection connection = till.connect()) {
      return older(till, connection).fetch(sale);
    }
  }

  private static OlderSales older(TillDevice till, ServerConnection connection) {
    return new OlderSales(connection, till.open.ledger(), till.open.outbox()::sign);
  }

  private static List<RefundableLine> left(TillDevice till, UUID sale) {
    return till.open.ledger().refundable(sale);
  }

  @Test
  void goodsOfAnotherTillsSaleComeBackOnceAndNotTwice() throws Exception {
    try (TillDevice here = shop.till();
        TillDevice there = shop.till()) {
      there.openShift();
      there.sell(1_000);
      there.push();
      var sold = there.open.books().lastSale().orElseThrow();
      here.pull();
      here.openShift();
      assertThat(left(here, sold.id())).isEmpty();
      try (ServerConnection connection = here.connect()) {
        ReceiptNumber receipt = ReceiptNumber.parse(sold.body().receipt()).orElseThrow();
        assertThat(older(here, connection).fetch(receipt))
            .isEqualTo(new OlderSales.Outcome.Fetched(sold.id()));
      }
      assertThat(left(here, sold.id()))
          .singleElement()
          .satisfies(line -> assertThat(line.remaining()).isEqualTo(Quantity.ONE));
      here.takeBack(sold.id());
      assertThat(left(here, sold.id())).allMatch(line -> line.remaining().isZero());
      assertThat(here.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(here.open.books().needsManager()).isEmpty();
      // The other till's own knowledge is that of before; the server's is of now.
      there.pull();
      assertThat(left(there, sold.id())).allMatch(line -> line.remaining().isZero());
      try (TillDevice third = shop.till()) {
        assertThat(fetch(third, sold.id())).isEqualTo(new OlderSales.Outcome.Fetched(sold.id()));
        assertThat(left(third, sold.id())).allMatch(line -> line.remaining().isZero());
      }
    }
  }

  @Test
  void anOwnSaleThatIsOlderThanTheScopeIsAskedForFirst() throws Exception {
    try (TillDevice till = shop.till()) {
      till.pull();
      till.openShift();
      till.sell(1_000);
      UUID sale = till.open.books().lastSale().orElseThrow().id();
      Instant later = Instant.now().plus(1, ChronoUnit.DAYS);
      till.open.replica().keepSince(later);
      assertThat(left(till, sale)).as("it is not acknowledged").hasSize(1);
      till.push();
      assertThat(left(till, sale)).as("others may have taken it back").isEmpty();
      assertThat(fetch(till, sale)).isEqualTo(new OlderSales.Outcome.Fetched(sale));
      assertThat(left(till, sale)).hasSize(1);
      till.takeBack(sale);
      assertThat(left(till, sale)).allMatch(line -> line.remaining().isZero());
      assertThat(till.push()).isInstanceOf(PushOutcome.AllSent.class);
      assertThat(till.open.books().needsManager()).isEmpty();
    }
  }

  @Test
  void whatIsNotThereAndWhoCannotBeAskedAreToldApart() throws Exception {
    try (TillDevice till = shop.till()) {
      assertThat(fetch(till, UUID.randomUUID())).isEqualTo(new OlderSales.Outcome.NotThere());
      try (Front front = new Front(_ -> Front.Said.html());
          ServerConnection connection = front.connect()) {
        assertThat(older(till, connection).fetch(UUID.randomUUID()))
            .isInstanceOf(OlderSales.Outcome.NotNow.class);
      }
    }
  }

  /** A server that lies about which sale it is, or sends another store's. */
  @Test
  void anAnswerThatIsNotTheSaleAskedForIsNotBelieved() throws Exception {
    try (TillDevice till = shop.till()) {
      till.pull();
      till.openShift();
      till.sell(1_000);
      till.push();
      UUID sale = till.open.books().lastSale().orElseThrow().id();
      PassingOn passing = new PassingOn(shop.server.uri().toString(), shop.server.pin());
      try (Front front =
              new Front(
                  asked ->
                      asked.query() != null && asked.query().startsWith("id=")
                          ? passing.pass(
                              new Front.Asked(
                                  asked.method(),
                                  asked.path(),
                                  "id=" + sale,
                                  asked.authorization(),
                                  asked.body()))
                          : passing.pass(asked));
          ServerConnection connection = front.connect()) {
        assertThat(older(till, connection).fetch(UUID.randomUUID()))
            .isInstanceOf(OlderSales.Outcome.NotNow.class);
        front.mind(
            asked ->
                asked.query() != null
                    ? Front.Said.json(java.util.Map.of("change", "AAAA"))
                    : passing.pass(asked));
        assertThat(older(till, connection).fetch(sale))
            .isInstanceOf(OlderSales.Outcome.NotNow.class);
        front.mind(asked -> Front.Said.problem(404, Problem.of("else", "where")));
        assertThat(older(till, connection).fetch(sale))
            .isInstanceOf(OlderSales.Outcome.NotNow.class);
      }
    }
  }
}
