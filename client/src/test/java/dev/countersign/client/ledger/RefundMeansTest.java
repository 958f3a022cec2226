package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.GivingBack.Way;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Retaxing;
import dev.countersign.client.flow.Running;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.sale.VoucherTender;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way money goes back, and on whose word. */
class RefundMeansTest {
  private static final UUID REFUNDER = UUID.fromString("019c0000-0000-7000-8000-0000000000aa");
  private static final Role AS_PAID =
      new Role(
          "as-paid",
          Map.of(
              PermissionKey.SALE_RING, Decision.ALLOWED,
              PermissionKey.SALE_REFUND, Decision.ALLOWED,
              PermissionKey.SALE_REFUND_MEANS, Decision.NEEDS_APPROVAL,
              PermissionKey.SALE_RETURN, Decision.ALLOWED,
              PermissionKey.CREDIT_ISSUE, Decision.ALLOWED));

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void aTillWithAnOpenShift() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
    till.device()
        .replica()
        .apply(page(11, TillFixture.user(11, REFUNDER, "Refunder Three", AS_PAID)));
  }

  @AfterEach
  void close() {
    till.close();
  }

  private static FeedPage page(long cursor, FeedItem item) {
    return new FeedPage(TillFixture.EPOCH, cursor, false, List.of(item));
  }

  /** 55.48, of which 50.00 by card. */
  private CompletedSale byCardAndCash() {
    List<Tender> tenders =
        List.of(
            new CardTender(Money.of(5_000, USD), "88 213", "4711"),
            new CashTender(Money.of(548, USD)));
    return till.ledger()
        .complete(TillFixture.cashier(), TillFixture.draft(TillFixture.basket(), tenders, null));
  }

  private CompletedSale by(Tender... tenders) {
    return till.ledger()
        .complete(
            TillFixture.cashier(), TillFixture.draft(TillFixture.basket(), List.of(tenders), null));
  }

  private Basket back(CompletedSale sale, int line, Quantity quantity) {
    SoldBefore sold = till.ledger().soldBefore(sale.id()).orElseThrow();
    var left = sold.lines().stream().filter(each -> each.lineNo() == line).findFirst();
    return sold.bringBack(
        Basket.empty(USD), (Refunds.Part) Refunds.refund(left.orElseThrow(), quantity), "unwanted");
  }

  private GivingBack giving(Basket basket) {
    return giving(basket, TenderRules.USUAL);
  }

  private GivingBack giving(Basket basket, TenderRules rules) {
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    GivingBack giving =
        new GivingBack(
            till.ledger(),
            Clock.fixed(NOON, ZoneOffset.UTC),
            new Paying.Terms(null, rules, List.of()),
            new Running(basket, priced, 0, Quantity.ONE, false),
            OpenPayment.none(Money.zero(USD)),
            UUID::randomUUID,
            Retaxing.NONE);
    giving.propose();
    return giving;
  }

  @Test
  void theCardIsGivenBackFirstAndThenCash() {
    CompletedSale sale = byCardAndCash();
    CompletedSale first = giving(back(sale, 1, Quantity.of(2))).finish(REFUNDER, null, DAY);
    assertThat(first.body().tenders())
        .containsExactly(new Paid(Means.CARD, -3_998, "88 213", "4711"));
    assertThat(till.ledger().soldBefore(sale.id()).orElseThrow().left())
        .isEqualTo(Map.of(Means.CARD, 1_002L, Means.CASH, 548L));
    till.reopen();
    CompletedSale rest = giving(back(sale, 2, Quantity.ONE)).finish(REFUNDER, null, DAY);
    assertThat(rest.body().tenders())
        .containsExactly(
            new Paid(Means.CARD, -1_002, "88 213", "4711"), new Paid(Means.CASH, -548, "", ""));
  }

  /** 55.48: each payment gets back its own, in the order in which they were made. */
  @Test
  void mobileMoneyGoesBackByItsReferenceAndNoPaymentGetsMoreThanItPaid() {
    CompletedSale sale =
        by(
            new MobileTender(Money.of(3_000, USD), "MM-1"),
            new MobileTender(Money.of(1_548, USD), "MM-2"),
            new CardTender(Money.of(1_000, USD), "88 213", "4711"));
    assertThat(giving(back(sale, 1, Quantity.of(2))).finish(REFUNDER, null, DAY).body().tenders())
        .containsExactly(
            new Paid(Means.CARD, -1_000, "88 213", "4711"),
            new Paid(Means.MOBILE_MONEY, -2_998, "MM-1", ""));
    assertThat(giving(back(sale, 2, Quantity.ONE)).finish(REFUNDER, null, DAY).body().tenders())
        .containsExactly(
            new Paid(Means.MOBILE_MONEY, -2, "MM-1", ""),
            new Paid(Means.MOBILE_MONEY, -1_548, "MM-2", ""));
  }

  /** A voucher was redeemed and stays: the customer gets one code for what all of them paid. */
  @Test
  void whatVouchersPaidGoesBackAsStoreCreditOnceAndCashOnAnothersWord() {
    CompletedSale sale =
        by(
            new VoucherTender(Money.of(2_000, USD), Money.of(2_000, USD), "V-1"),
            new VoucherTender(Money.of(1_000, USD), Money.of(1_500, USD), "V-2"),
            new CashTender(Money.of(2_548, USD)));
    GivingBack first = giving(back(sale, 1, Quantity.of(2)));
    CreditTender slip = (CreditTender) first.tenders().getFirst();
    assertThat(slip.amount()).isEqualTo(Money.of(-3_000, USD));
    assertThat(first.isNew(slip)).isTrue();
    assertThat(first.ontoCards()).isEmpty();
    first.choose(Way.CASH, null);
    assertThatThrownBy(() -> first.finish(REFUNDER, null, DAY))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            e -> assertThat(e.key()).isEqualTo(PermissionKey.SALE_REFUND_MEANS));
    first.choose(Way.STORE_CREDIT, Money.of(500, USD));
    assertThat(first.tenders()).as("under one code").hasSize(2);
    first.choose(Way.AS_PAID, null);
    first.finish(REFUNDER, null, DAY);
    assertThat(till.device().purse().slips())
        .singleElement()
        .satisfies(given -> assertThat(given.amount()).isEqualTo(Money.of(3_000, USD)));
    assertThat(till.ledger().soldBefore(sale.id()).orElseThrow().left())
        .isEqualTo(Map.of(Means.CASH, 1_550L));
    assertThat(giving(back(sale, 2, Quantity.ONE)).finish(REFUNDER, null, DAY).body().tenders())
        .containsExactly(new Paid(Means.CASH, -1_550, "", ""));
  }

  /** Credit that nobody there could redeem is none: on a second word as any other way. */
  @Test
  void whereTheShopTakesNoStoreCreditAVouchersMoneyIsCash() {
    CompletedSale sale =
        by(
            new VoucherTender(Money.of(3_000, USD), Money.of(3_000, USD), "V-1"),
            new CashTender(Money.of(2_548, USD)));
    TenderRules none = new TenderRules(Set.of(TenderKind.CARD, TenderKind.VOUCHER), Set.of());
    GivingBack giving = giving(back(sale, 1, Quantity.of(2)), none);
    assertThat(giving.givesCredit()).isFalse();
    assertThat(giving.tenders()).containsExactly(new CashTender(Money.of(-3_998, USD)));
    assertThatThrownBy(() -> giving.choose(Way.STORE_CREDIT, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> giving.finish(REFUNDER, null, DAY))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            e -> assertThat(e.key()).isEqualTo(PermissionKey.SALE_REFUND_MEANS));
    assertThat(giving.finish(REFUNDER, TillFixture.SUPERVISOR, DAY).body().tenders())
        .containsExactly(new Paid(Means.CASH, -3_998, "", ""));
    assertThat(till.device().purse().slips()).isEmpty();
  }

  @Test
  void whatTheShopTakesNoMoreGetsBackWhatItPaid() {
    CompletedSale sale =
        by(
            new MobileTender(Money.of(4_548, USD), "MM-1"),
            new CardTender(Money.of(1_000, USD), "88 213", "4711"));
    TenderRules cash = new TenderRules(Set.of(), Set.of());
    assertThat(
            giving(back(sale, 1, Quantity.of(2)), cash)
                .finish(REFUNDER, null, DAY)
                .body()
                .tenders())
        .containsExactly(
            new Paid(Means.CARD, -1_000, "88 213", "4711"),
            new Paid(Means.MOBILE_MONEY, -2_998, "MM-1", ""));
  }

  /** Whoever takes the goods back and whoever agreed stand both in what is recorded. */
  @Test
  void theCashiersAndTheSupervisorsNamesAreInTheChange() throws Exception {
    GivingBack giving = giving(back(byCardAndCash(), 1, Quantity.ONE));
    assertThatThrownBy(() -> giving.finish(TillFixture.CASHIER, null, DAY))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            e -> assertThat(e.decision()).isEqualTo(Decision.NEEDS_APPROVAL));
    CompletedSale refund = giving.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, DAY);
    byte[] body =
        till.device()
            .store()
            .read(
                db ->
                    db.first(
                        "SELECT body FROM change WHERE number = ?",
                        row -> row.bytes(1),
                        refund.change()))
            .orElseThrow();
    Change change = ChangeCodec.decode(body, 0, body.length);
    assertThat(change.actor()).isEqualTo(TillFixture.CASHIER);
    assertThat(change.approver()).isEqualTo(TillFixture.SUPERVISOR);
  }

  @Test
  void anotherWayNeedsASecondWordAndStoreCreditItsOwn() {
    CompletedSale sale = byCardAndCash();
    GivingBack giving = giving(back(sale, 1, Quantity.of(2)));
    giving.choose(Way.CASH, null);
    assertThatThrownBy(() -> giving.finish(REFUNDER, null, DAY))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            e -> assertThat(e.key()).isEqualTo(PermissionKey.SALE_REFUND_MEANS));
    assertThat(till.ledger().refundable(sale.id()).getFirst().refunded().isZero()).isTrue();
    giving.choose(Way.CASH, Money.of(548, USD));
    CompletedSale asCame = giving.finish(REFUNDER, null, DAY);
    assertThat(asCame.body().tenders())
        .containsExactly(
            new Paid(Means.CARD, -3_450, "88 213", "4711"), new Paid(Means.CASH, -548, "", ""));
    GivingBack rest = giving(back(sale, 2, Quantity.ONE));
    rest.choose(Way.STORE_CREDIT, null);
    CompletedSale credited = rest.finish(REFUNDER, null, DAY);
    assertThat(credited.body().tenders()).extracting(Paid::means).containsOnly(Means.STORE_CREDIT);
    assertThat(till.device().purse().slips()).hasSize(1);
    CreditSlip slip = till.device().purse().slips().getFirst();
    assertThat(till.device().purse().balances().after(credited.id()))
        .as("also when the slip has long been handed over")
        .containsExactly(
            new CreditLeft(
                CreditKind.STORE_CREDIT,
                slip.code().substring(slip.code().length() - 4),
                slip.amount().minor()));
    assertThat(till.device().purse().balances().after(asCame.id())).isEmpty();
  }

  @Test
  void whatAnotherTillGaveBackByACardIsNotGivenTwice() throws Exception {
    CompletedSale sale = byCardAndCash();
    RefundedItem said =
        new RefundedItem(
            List.of(new RefundedItem.Line(1, Quantity.of(2), 3_998)),
            List.of(new RefundedItem.Given("CARD", 3_998)));
    till.device().replica().apply(page(12, FeedItem.of(12, sale.id(), said)));
    assertThat(giving(back(sale, 2, Quantity.ONE)).tenders())
        .containsExactly(
            new CardTender(Money.of(-1_002, USD), "88 213", "4711"),
            new CashTender(Money.of(-548, USD)));
  }

  @Test
  void goodsWithoutAReceiptGiveCashAndMoreThanTodaysPriceNeedsItsOwnRight() {
    Basket cheap = withoutReceipt(1_000);
    CompletedSale back = giving(cheap).finish(REFUNDER, null, DAY);
    assertThat(back.body().requires())
        .isEqualTo(Set.of(PermissionKey.SALE_RING, PermissionKey.SALE_RETURN));
    assertThat(back.body().tenders()).containsExactly(new Paid(Means.CASH, -1_000, "", ""));
    assertThatThrownBy(() -> giving(withoutReceipt(2_000)).finish(REFUNDER, null, DAY))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            e -> assertThat(e.key()).isEqualTo(PermissionKey.SALE_PRICE));
  }

  private static Basket withoutReceipt(long unit) {
    return Basket.empty(USD)
        .add(
            TillFixture.rum(),
            Quantity.of(-1),
            new LinePrice.Returned(Money.of(unit, USD), "unwanted"));
  }

  @Test
  void aReasonHoldsNoCardNumber() {
    SoldBefore sold = till.ledger().soldBefore(byCardAndCash().id()).orElseThrow();
    Basket basket =
        sold.bringBack(
            Basket.empty(USD),
            (Refunds.Part) Refunds.refund(sold.lines().getFirst(), Quantity.ONE),
            "4111 1111 1111 1111");
    assertThatThrownBy(() -> giving(basket).finish(REFUNDER, null, DAY))
        .isInstanceOfSatisfying(
            ActRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(ActRefusedException.Reason.CARD_NUMBER));
  }

  @Test
  void aSaleIsFoundByWhatIsRememberedOfIt() {
    CompletedSale sale = byCardAndCash();
    till.ledger()
        .complete(
            TillFixture.cashier(),
            TillFixture.draft(
                Basket.empty(USD).add(TillFixture.gin(), Quantity.ONE, TillFixture.each(1_550))));
    Books books = till.device().books();
    for (String text :
        List.of("4711", "55.48", "55,48", "añejo", "2026-03-04 rum", "000001", "4.3.2026 4711")) {
      assertThat(books.find(text, Set.of())).as(text).extracting(FoundSale::id).contains(sale.id());
    }
    assertThat(books.find("rum", Set.of())).hasSize(1);
    assertThat(books.find("gin", Set.of())).hasSize(2);
    assertThat(books.find("", Set.of())).hasSize(2);
    assertThat(books.find("2026-03-05", Set.of())).isEmpty();
    assertThat(books.find("0815", Set.of(TillFixture.RUM))).hasSize(1);
    assertThat(books.find("0815", Set.of())).isEmpty();
  }
}
