package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Agreed;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.CustomerAccountItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What customers owe is booked over all tills, and what goes over their limit is looked at. */
@ParameterizedClass
@EnumSource
class OnAccountTest {
  private static final UUID ADA = new UUID(3, 3);

  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;
  private SellingTill other;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, stored);
    till = shop.enrol();
    other = shop.enrol();
    send(till, till.opening());
    send(other, other.opening());
    send(till, till.change(ADA, new CustomerAdded("a".repeat(64))));
    limit(1, 1500);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Judged send(SellingTill from, Change change) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(from.seal(List.of(change))))
        .acknowledgement()
        .verdicts()
        .getFirst();
  }

  private void limit(int version, long limit) throws SQLException {
    ChangeBody body = new CustomerTermsWritten(new CustomerTerms(version, null, "", limit));
    Change change = till.change(ADA, body);
    Judged judged =
        send(
            till,
            new Change(change.id(), change.number(), ADA, shop.manager, null, change.at(), body));
    assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  private static Paid owed(long amount) {
    return new Paid(Means.ON_ACCOUNT, amount, "", "", ADA);
  }

  private SaleCompleted body(
      SellingTill from, long total, @Nullable Agreed word, boolean goods, Paid... paid) {
    SaleCompleted plain = from.saleBody(shop.product, total);
    List<Line> lines = goods ? plain.lines() : List.of();
    return new SaleCompleted(
        plain.store(),
        plain.register(),
        plain.shift(),
        plain.receipt(),
        plain.businessDate(),
        plain.currency(),
        lines,
        List.of(paid),
        goods ? total : 0,
        0,
        0,
        0,
        List.of(),
        null,
        List.of(),
        "",
        word == null ? List.of() : List.of(word),
        0);
  }

  private Judged sell(SellingTill from, long amount) throws SQLException {
    return send(from, from.change(from.id(), body(from, amount, null, true, owed(amount))));
  }

  private Judged payOff(SellingTill from, long cash, long account) throws SQLException {
    Paid in = new Paid(Means.CASH, cash, "", "");
    return send(from, from.change(from.id(), body(from, 0, null, false, in, owed(account))));
  }

  private CustomerAccountItem told() {
    return shop.told.stream()
        .filter(CustomerAccountItem.class::isInstance)
        .map(CustomerAccountItem.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void whatIsOwedIsBookedAndToldToEveryDevice() throws Exception {
    assertThat(sell(till, 1000).code()).isEmpty();
    assertThat(told()).isEqualTo(new CustomerAccountItem(1000));
    assertThat(sell(other, 500).code()).isEmpty();
    assertThat(told()).isEqualTo(new CustomerAccountItem(1500));
  }

  @Test
  void twoTillsThatKnewNothingOfEachOtherAreFlaggedTogether() throws Exception {
    sell(till, 1000);
    Judged second = sell(other, 1000);
    assertThat(second.verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(second.code()).isEqualTo("account-over-limit");
    assertThat(told()).as("the goods are gone").isEqualTo(new CustomerAccountItem(2000));
  }

  @Test
  void twoSalesOfOneBatchAreSeenTogether() throws Exception {
    Change one = till.change(till.id(), body(till, 1000, null, true, owed(1000)));
    Change two = till.change(till.id(), body(till, 501, null, true, owed(501)));
    var verdicts =
        ((IngestOutcome.Stored) shop.accept(till.seal(List.of(one, two))))
            .acknowledgement()
            .verdicts();
    assertThat(verdicts).extracting(Judged::code).containsExactly("", "account-over-limit");
  }

  @Test
  void whoeverMayLetsThemOweMore() throws Exception {
    Agreed word = new Agreed("account.exceed", shop.manager);
    assertThat(send(till, till.change(till.id(), body(till, 2000, word, true, owed(2000)))).code())
        .isEmpty();
    Agreed own = new Agreed("account.exceed", shop.cashier);
    assertThat(send(till, till.change(till.id(), body(till, 2000, own, true, owed(2000)))).code())
        .isEqualTo("account-over-limit");
  }

  @Test
  void aLimitThatWasTakenAwayIsNone() throws Exception {
    limit(2, 0);
    assertThat(sell(till, 1).code()).isEqualTo("account-over-limit");
  }

  @Test
  void whatIsPaidOffIsOwedNoMore() throws Exception {
    sell(till, 1000);
    assertThat(payOff(other, 600, -600).code()).isEmpty();
    assertThat(told()).isEqualTo(new CustomerAccountItem(400));
  }

  @Test
  void nothingIsPaidOffWithoutMoneyOrBesideGoods() throws Exception {
    sell(till, 1000);
    assertThat(payOff(till, 600, -700).code()).isEqualTo("sums-do-not-agree");
    assertThat(payOff(till, 0, -600).code()).isEqualTo("sums-do-not-agree");
    assertThat(payOff(till, -600, 600).code()).isEqualTo("sums-do-not-agree");
    Paid cash = new Paid(Means.CASH, 1600, "", "");
    assertThat(
            send(till, till.change(till.id(), body(till, 1000, null, true, cash, owed(-600))))
                .code())
        .isEqualTo("sums-do-not-agree");
    Paid nobody = new Paid(Means.ON_ACCOUNT, 1000, "", "");
    assertThat(send(till, till.change(till.id(), body(till, 1000, null, true, nobody))).code())
        .isEqualTo("sums-do-not-agree");
    assertThat(told()).isEqualTo(new CustomerAccountItem(1000));
  }
}
