package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Running;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.CustomerAccountItem;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What customers owe, at a till that may be without a network. */
class AccountsTest {
  private static final Money COST =
      Pricing.price(TillFixture.basket(), TaxRounding.perLine(USD)).total();
  private static final CustomerTerms TERMS = new CustomerTerms(1, null, "", COST.minor() + 500);

  @TempDir Path temp;
  private TillFixture till;
  private UUID ada;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    hear(TillFixture.user(1, SUPERVISOR, "Supervisor Two", Role.SUPERVISOR));
    ada = CustomersTest.known(till.device());
    hear(FeedItem.of(1, ada, new CustomerTermsItem(TERMS)));
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  private void hear(FeedItem item) throws Exception {
    long cursor = till.device().replica().cursor() + 1;
    till.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(item)));
  }

  private Paying paying(Basket basket, @Nullable CashRounding rounding) {
    Basket hers = basket.boughtBy(new Buyer(ada, "Ada", TERMS));
    return new Paying(
        till.ledger(),
        Clock.fixed(NOON, ZoneOffset.UTC),
        new Paying.Terms(rounding, TenderRules.USUAL, List.of(10)),
        new Running(hers, Pricing.price(hers, TaxRounding.perLine(USD)), 0, Quantity.ONE, false),
        OpenPayment.none(Money.zero(USD)));
  }

  private SaleCompleted sell(@Nullable UUID approver) {
    Paying paying = paying(TillFixture.basket(), null);
    assertThat(paying.account(COST)).isInstanceOf(Paying.Taken.Settled.class);
    return paying.finish(TillFixture.CASHIER, approver, TillFixture.DAY).body();
  }

  @Test
  void whatIsOwedIsKnownAtOnceAndStaysThroughARestart() {
    SaleCompleted sale = sell(null);
    assertThat(sale.tenders())
        .containsExactly(new SaleCompleted.Paid(Means.ON_ACCOUNT, COST.minor(), "", "", ada));
    till.reopen();
    assertThat(till.ledger().owed(ada)).isEqualTo(COST.minor());
  }

  @Test
  void beyondTheLimitASecondPersonIsAsked() {
    sell(null);
    assertThatThrownBy(() -> sell(null))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            refused -> assertThat(refused.key()).isEqualTo(PermissionKey.ACCOUNT_EXCEED));
    assertThat(till.ledger().owed(ada)).isEqualTo(COST.minor());
    sell(SUPERVISOR);
    assertThat(till.ledger().owed(ada)).isEqualTo(2 * COST.minor());
  }

  @Test
  void whatOtherTillsSoldCountsAsSoonAsItIsHeard() throws Exception {
    hear(FeedItem.of(1, ada, new CustomerAccountItem(501)));
    assertThatThrownBy(() -> sell(null)).isInstanceOf(NotPermittedException.class);
    hear(FeedItem.of(1, ada, new CustomerAccountItem(500)));
    sell(null);
    assertThat(till.ledger().owed(ada)).isEqualTo(TERMS.limit());
  }

  @Test
  void whatIsPaidOffIsNoTurnoverAndMayBeRounded() throws Exception {
    hear(FeedItem.of(1, ada, new CustomerAccountItem(1_000)));
    Paying paying =
        paying(
            Basket.empty(USD),
            new CashRounding(Money.of(5, USD), CashRounding.Mode.HALF_UP, CashRounding.Scope.CASH));
    assertThat(paying.payOff(Money.of(0, USD))).isFalse();
    assertThat(paying.payOff(Money.of(702, USD))).isTrue();
    assertThat(paying.tip(Money.of(100, USD))).as("no tip on a debt").isFalse();
    assertThat(paying.sellGiftCard(Money.of(100, USD))).isFalse();
    assertThat(paying.leftInCash()).isEqualTo(Money.of(700, USD));
    paying.cash(Money.of(1_000, USD));
    SaleCompleted sale = paying.finish(TillFixture.CASHIER, null, TillFixture.DAY).body();
    assertThat(sale.paysOff()).isTrue();
    assertThat(sale.total()).isZero();
    assertThat(sale.change()).isEqualTo(300);
    assertThat(sale.rounding()).isEqualTo(-2);
    assertThat(till.ledger().owed(ada)).isEqualTo(298);
  }

  @Test
  void goodsThatComeBackAreOwedNoMore() {
    sell(null);
    UUID sale = till.device().books().lastSale().orElseThrow().id();
    List<Refunds.Part> parts =
        till.ledger().refundable(sale).stream()
            .map(line -> (Refunds.Part) Refunds.refund(line, line.remaining()))
            .toList();
    Settlement.Settled back =
        (Settlement.Settled)
            Settlement.of(COST.negate(), List.of(new AccountTender(COST.negate(), ada)), null);
    till.ledger()
        .refund(
            new Actor(SUPERVISOR, null, NOON), new RefundDraft(sale, parts, back, TillFixture.DAY));
    assertThat(till.ledger().owed(ada)).isZero();
  }

  @Test
  void anAccountIsNotPaidOffBesideGoods() {
    assertThat(paying(TillFixture.basket(), null).payOff(Money.of(100, USD))).isFalse();
  }
}
