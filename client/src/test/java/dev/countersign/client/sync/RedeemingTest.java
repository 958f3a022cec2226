package dev.countersign.client.sync;

import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.client.flow.Charging;
import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.HandingBack;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Paying.Taken;
import dev.countersign.client.flow.Redeeming;
import dev.countersign.client.flow.Redeeming.Found;
import dev.countersign.client.flow.Redeeming.Redeemed;
import dev.countersign.client.flow.Running;
import dev.countersign.client.ledger.CreditLeft;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.terminal.TerminalInUse;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gift card from the code on its paper to the sale that it pays, against a real server. */
class RedeemingTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  @TempDir Path folder;
  private Shop shop;
  private TillDevice seller;
  private TillDevice till;
  private ServerConnection connection;
  private Redeeming redeeming;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    seller = shop.till();
    till = shop.till();
    seller.openShift();
    till.openShift();
    connection = till.connect();
    Reserving reserving =
        new Reserving(till.open, connection, till.following(connection), Instant::now);
    redeeming = new Redeeming(till.open.purse(), () -> Optional.of(reserving));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    till.close();
    seller.close();
    shop.close();
  }

  @Test
  void aCardPaysAPartAndTheRestOfItStays() throws Exception {
    CreditSlip card = sold(3_000);
    Paying paying = paying(till, 5_000);
    Found.Card found = (Found.Card) redeeming.look(card.code(), paying);
    assertThat(found.balance()).isEqualTo(usd(3_000));
    assertThat(found.usable()).isEqualTo(usd(3_000));
    assertThat(take(card, found, 2_000, paying)).isEqualTo(new Taken.MoreToPay(usd(3_000)));
    assertThat(((Found.Card) redeeming.look(card.code(), paying)).usable())
        .as("what pays already is not there twice")
        .isEqualTo(usd(1_000));
    paying.cash(usd(3_000));
    UUID sale = paying.finish(shop.manager.id(), null, DAY).id();
    assertThat(left(sale)).containsExactly(new CreditLeft(CreditKind.GIFT_CARD, end(card), 1_000));
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(shop.server.provisioning().books(shop.tenant.id()).salesByVerdict())
        .containsOnlyKeys(Verdict.ACCEPTED);
    assertThat(((Found.Card) redeeming.look(card.code(), paying(till, 1))).balance())
        .isEqualTo(usd(1_000));
  }

  /** Nothing of it is held back from the tills of shops that take it. */
  @Test
  void aKindThatTheShopDoesNotTakeIsRefusedBeforeAnythingIsReserved() throws Exception {
    CreditSlip card = sold(3_000);
    Paying all = paying(till, 5_000);
    var rules = new TenderRules(Set.of(TenderKind.CASH, TenderKind.STORE_CREDIT), Set.of());
    Paying paying =
        new Paying(
            till.open.ledger(),
            Clock.systemUTC(),
            new Paying.Terms(null, rules, List.of()),
            all.running(),
            all.payment());
    assertThat(redeeming.look(card.code(), paying))
        .isEqualTo(new Found.NotTaken(CreditKind.GIFT_CARD));
  }

  @Test
  void withoutANetworkWhatWasReservedHereIsSpentAndNothingElse() throws Exception {
    CreditSlip card = sold(3_000);
    CreditSlip other = sold(500);
    Paying first = paying(till, 2_000);
    take(card, (Found.Card) redeeming.look(card.code(), first), 2_000, first);
    first.finish(shop.manager.id(), null, DAY);
    Paying second = paying(till, 1_000);
    Found.Card online = (Found.Card) redeeming.look(card.code(), second);
    take(card, online, 600, second);
    shop.server.close();
    Paying third = paying(till, 1_000);
    Found.Card held = (Found.Card) redeeming.look(card.code(), third);
    assertThat(held.balance()).isNull();
    assertThat(held.usable()).isEqualTo(usd(600));
    assertThat(take(card, held, 600, third)).isEqualTo(new Taken.MoreToPay(usd(400)));
    assertThat(redeeming.look(other.code(), third)).isInstanceOf(Found.Offline.class);
    third.cash(usd(400));
    UUID sale = third.finish(shop.manager.id(), null, DAY).id();
    assertThat(left(sale)).as("nobody said what is on it").isEmpty();
    shop.restart();
  }

  @Test
  void whatTheServerDoesNotKnowOfIsNotTakenForABalance() throws Exception {
    CreditSlip card = sold(3_000);
    assertThat(left(paid(card, 500)))
        .containsExactly(new CreditLeft(CreditKind.GIFT_CARD, end(card), 2_500));
    assertThat(left(paid(card, 500))).as("the first sale is not sent").isEmpty();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(left(paid(card, 500)))
        .containsExactly(new CreditLeft(CreditKind.GIFT_CARD, end(card), 1_500));
  }

  @Test
  void aBalanceIsForgottenWhenThePaymentIsTakenUpMuchLater() throws Exception {
    CreditSlip card = sold(3_000);
    Paying paying = paying(till, 500);
    take(card, (Found.Card) redeeming.look(card.code(), paying), 500, paying);
    Paying later =
        new Paying(
            till.open.ledger(),
            Clock.offset(Clock.systemUTC(), Duration.ofHours(1)),
            paying.terms(),
            paying.running(),
            paying.payment());
    assertThat(left(later.finish(shop.manager.id(), null, DAY).id())).isEmpty();
  }

  @Test
  void whatComesBackOntoACardStandsWithTheSaleThatGivesItBack() throws Exception {
    CreditSlip card = sold(3_000);
    UUID first = paid(card, 500);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(left(back(till, first, this::learn)))
        .containsExactly(new CreditLeft(CreditKind.GIFT_CARD, end(card), 3_000));

    assertThat(left(back(till, paid(card, 500), this::learn)))
        .as("the server has not heard of what was done here")
        .isEmpty();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    UUID third = paid(card, 700);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(left(back(till, third, _ -> {}))).as("nobody asked").isEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheMoneyWentOutIsForgotten() throws Exception {
    CreditSlip card = sold(3_000);
    UUID first = paid(card, 500);
    UUID second = paid(card, 300);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    List<GivingBack> late = new ArrayList<>();
    back(till, first, late::add);
    GivingBack.OntoCard onto = late.getFirst().ontoCards().getFirst();
    var balances = till.open.purse().balances();
    long before = balances.mark() - 1;
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    balances.told(onto.sale(), onto.kind(), onto.account(), usd(2_200), before, Instant.now());
    assertThat(left(back(till, second, _ -> {}))).isEmpty();
  }

  /** The code never was on this till: the card is known by what the sale says of it. */
  @Test
  void onAnotherTillTheBalanceIsSaidWithoutTheEndingOfTheCode() throws Exception {
    CreditSlip card = sold(3_000);
    UUID first = paid(card, 500);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    try (ServerConnection line = seller.connect()) {
      new OlderSales(line, seller.open.ledger(), seller.open.outbox()::sign).fetch(first);
      Reserving reserving = new Reserving(seller.open, line, seller.following(line), Instant::now);
      Redeeming there = new Redeeming(seller.open.purse(), () -> Optional.of(reserving));
      UUID back = back(seller, first, giving -> there.learn(giving.ontoCards(), Instant::now));
      assertThat(seller.open.purse().balances().after(back))
          .containsExactly(new CreditLeft(CreditKind.GIFT_CARD, "", 3_000));
    }
  }

  /** A third till, which never had anything of the card: it is the old account that gets it. */
  @Test
  void ontoACardThatATillNeverHeldGoesTheMoneyAndNoNewCode() throws Exception {
    CreditSlip card = sold(3_000);
    UUID sale = paidTwice(card, 1_000, 600);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    try (TillDevice third = shop.till();
        ServerConnection line = third.connect()) {
      third.pull();
      third.openShift();
      new OlderSales(line, third.open.ledger(), third.open.outbox()::sign).fetch(sale);
      UUID back = back(third, sale, _ -> {});
      assertThat(third.open.books().sale(back).orElseThrow().body().tenders())
          .extracting(SaleCompleted.Paid::account, SaleCompleted.Paid::amount)
          .containsExactly(tuple(card.account(), -1_000L));
      assertThat(third.open.purse().slips()).isEmpty();
      assertThat(third.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(third.open.books().needsManager()).isEmpty();
    }
    Found.Card now = (Found.Card) redeeming.look(card.code(), paying(till, 100));
    assertThat(now.balance()).isEqualTo(usd(3_000));
  }

  /** In two parts of it. */
  private UUID paidTwice(CreditSlip card, long amount, long first) {
    Paying paying = paying(till, amount);
    take(card, (Found.Card) redeeming.look(card.code(), paying), first, paying);
    take(card, (Found.Card) redeeming.look(card.code(), paying), amount - first, paying);
    return paying.finish(shop.manager.id(), null, DAY).id();
  }

  private void learn(GivingBack giving) {
    redeeming.learn(giving.ontoCards(), Instant::now);
  }

  /** All of a sale comes back, and the money goes the way it came. */
  private UUID back(TillDevice at, UUID sale, Consumer<GivingBack> proposed) {
    SoldBefore sold = at.open.ledger().soldBefore(sale).orElseThrow();
    var line = sold.lines().getFirst();
    Basket basket =
        sold.bringBack(
            Basket.empty(USD), (Refunds.Part) Refunds.refund(line, line.remaining()), "unwanted");
    Running running =
        new Running(
            basket, Pricing.price(basket, TaxRounding.perLine(USD)), 1, Quantity.ONE, false);
    GivingBack giving =
        new GivingBack(at.open.ledger(), Clock.systemUTC(), null, running, UUID::randomUUID);
    giving.propose();
    proposed.accept(giving);
    return giving.finish(shop.manager.id(), null, DAY).id();
  }

  private UUID paid(CreditSlip card, long amount) {
    Paying paying = paying(till, amount);
    take(card, (Found.Card) redeeming.look(card.code(), paying), amount, paying);
    return paying.finish(shop.manager.id(), null, DAY).id();
  }

  private List<CreditLeft> left(UUID sale) {
    return till.open.purse().balances().after(sale);
  }

  private static String end(CreditSlip card) {
    return card.code().substring(card.code().length() - 4);
  }

  @Test
  void whatAnotherTillHoldsIsSaid() throws Exception {
    CreditSlip card = sold(3_000);
    Paying paying = paying(till, 5_000);
    take(card, (Found.Card) redeeming.look(card.code(), paying), 3_000, paying);
    try (ServerConnection line = seller.connect()) {
      Reserving reserving = new Reserving(seller.open, line, seller.following(line), Instant::now);
      Redeeming there = new Redeeming(seller.open.purse(), () -> Optional.of(reserving));
      Found.Card seen = (Found.Card) there.look(card.code(), paying(seller, 1_000));
      assertThat(seen.balance()).isEqualTo(usd(3_000));
      assertThat(seen.usable()).isEqualTo(usd(0));
    }
    new HandingBack(new Charging(new TerminalInUse(Optional::empty), UUID::randomUUID), redeeming)
        .all(paying, shop.manager.id(), null);
    assertThat(till.open.purse().holdings(Instant.now())).isEmpty();
    assertThat(till.open.purse().returns()).singleElement();
  }

  @Test
  void whatIsNoCardIsSaidEachInItsWay() {
    Paying paying = paying(till, 1_000);
    assertThat(redeeming.look("ABC", paying)).isEqualTo(new Found.NotACode());
    assertThat(redeeming.look(CreditCode.make(new SecureRandom()).text(), paying))
        .isEqualTo(new Found.Unknown());
    assertThat(
            new Redeeming(till.open.purse(), Optional::empty)
                .look(CreditCode.make(new SecureRandom()).text(), paying))
        .isInstanceOf(Found.Offline.class);
  }

  private Taken take(CreditSlip card, Found.Card found, long amount, Paying paying) {
    if (redeeming.take(card.code(), found, usd(amount), paying)
        instanceof Redeemed.Ready(var tender)) {
      return paying.credit(tender);
    }
    throw new AssertionError("not reserved");
  }

  /** Sold on the other till, and known to the server. */
  private CreditSlip sold(long amount) {
    Paying paying = paying(seller, 100);
    assertThat(paying.sellGiftCard(usd(amount))).isTrue();
    paying.cash(usd(100 + amount));
    paying.finish(shop.manager.id(), null, DAY);
    assertThat(seller.push()).isEqualTo(new PushOutcome.AllSent());
    return seller.open.purse().slips().getLast();
  }

  private static Paying paying(TillDevice at, long price) {
    LineItem item = new LineItem(null, "", "Something", "", List.of());
    Basket basket = Basket.empty(USD).add(item, Quantity.ONE, new LinePrice.Each(usd(price)));
    Running running =
        new Running(
            basket, Pricing.price(basket, TaxRounding.perLine(USD)), 1, Quantity.ONE, false);
    return new Paying(
        at.open.ledger(),
        Clock.systemUTC(),
        new Paying.Terms(null, TenderRules.USUAL, List.of()),
        running,
        OpenPayment.none(usd(0)));
  }

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }
}
