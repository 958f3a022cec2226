package dev.countersign.client.sync;

import static dev.countersign.client.sync.TillDevice.DAY;
import static dev.countersign.client.sync.TillDevice.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.CreditHolding;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.client.ledger.Disk;
import dev.countersign.client.ledger.RefundDraft;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.client.sync.Reserving.Outcome;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.CreditAllotment;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Long because one customer's card goes through every fault on its way to the till.
/** Gift cards and store credit at real tills: sold, reserved with the server, spent without it. */
class ReservedCreditTest {
  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Shop shop;
  private TillDevice seller;
  private TillDevice till;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    seller = shop.till();
    till = shop.till(now::get);
    seller.openShift();
    till.openShift();
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    seller.close();
    shop.close();
  }

  private Actor actor() {
    return new Actor(shop.manager.id(), null, now.get());
  }

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }

  /** Something for so much, and gift cards with it. */
  private CompletedSale complete(
      TillDevice at, long goods, List<Tender> tenders, Long... giftCards) {
    Basket basket = Basket.empty(USD);
    if (goods > 0) {
      LineItem item = new LineItem(null, "", "Something", "", List.of());
      basket = basket.add(item, Quantity.ONE, new LinePrice.Each(usd(goods)));
    }
    List<Money> gifts = new ArrayList<>();
    Money due = usd(goods);
    for (long amount : giftCards) {
      gifts.add(usd(amount));
      due = due.plus(usd(amount));
    }
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    if (Settlement.of(due, tenders, null) instanceof Settlement.Settled settled) {
      return at.open
          .ledger()
          .complete(actor(), new SaleDraft(basket, priced, settled, DAY, null, gifts));
    }
    throw new AssertionError("not settled");
  }

  /** A card on which so much is, sold with something, and known to the server. */
  private CreditSlip card(long amount) {
    complete(seller, 100, List.of(new CashTender(usd(100 + amount))), amount);
    CreditSlip slip = seller.open.purse().slips().getLast();
    assertThat(seller.push()).isEqualTo(new PushOutcome.AllSent());
    return slip;
  }

  private Reserving reserving(ServerConnection connection) {
    return new Reserving(till.open, connection, till.following(connection), now::get);
  }

  private Outcome reserve(String code, long amount) {
    try (ServerConnection connection = till.connect()) {
      return reserving(connection).reserve(code, usd(amount));
    }
  }

  private void settle() {
    try (ServerConnection connection = till.connect()) {
      reserving(connection).settle();
    }
  }

  private CreditHolding reserved(String code, long amount) {
    if (reserve(code, amount) instanceof Outcome.Reserved(CreditHolding holding)) {
      return holding;
    }
    throw new AssertionError("not reserved");
  }

  private List<CreditHolding> holdings() {
    return till.open.purse().holdings(now.get());
  }

  private static CreditTender from(CreditHolding holding, long amount) {
    return new CreditTender(usd(amount), holding.kind(), holding.account());
  }

  private Money free(String code) {
    try (ServerConnection connection = till.connect()) {
      if (reserving(connection).look(code) instanceof Outcome.Shown shown) {
        return shown.free();
      }
    }
    throw new AssertionError("not shown");
  }

  private Map<Verdict, Long> verdicts() throws Exception {
    return shop.server.provisioning().books(shop.tenant.id()).salesByVerdict();
  }

  @Test
  void aCardIsSoldOnOneTillAndSpentOnAnotherThatHasNoNetworkByThen() throws Exception {
    CreditSlip card = card(5_000);
    CreditHolding holding = reserved(card.code(), 3_000);
    assertThat(holding.left()).isEqualTo(usd(3_000));
    shop.restart();
    complete(till, 2_000, List.of(from(holding, 2_000)));
    CompletedSale sale =
        complete(till, 1_500, List.of(from(holding, 1_000), new CashTender(usd(500))));
    assertThat(sale.body().tenders())
        .extracting(SaleCompleted.Paid::account)
        .containsExactly(card.account(), null);
    assertThat(holdings()).isEmpty();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
    assertThat(free(card.code())).isEqualTo(usd(2_000));
  }

  @Test
  void withoutAnAllotmentTheTillRefusesAndWritesNothing() {
    CreditSlip card = card(5_000);
    CreditHolding holding = reserved(card.code(), 1_000);
    long waiting = till.open.outbox().state().waiting();
    for (CreditTender tender :
        List.of(
            from(holding, 1_001),
            new CreditTender(usd(5), CreditKind.STORE_CREDIT, card.account()),
            new CreditTender(usd(5), CreditKind.GIFT_CARD, UUID.randomUUID()))) {
      assertThatThrownBy(() -> complete(till, tender.amount().minor(), List.of(tender)))
          .isInstanceOfSatisfying(
              ActRefusedException.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reason.CREDIT_NOT_RESERVED));
    }
    // Each for itself would do; both together are too much.
    assertThatThrownBy(() -> complete(till, 1_200, List.of(from(holding, 600), from(holding, 600))))
        .isInstanceOf(ActRefusedException.class);
    assertThat(till.open.outbox().state().waiting()).isEqualTo(waiting);
    assertThat(holdings()).containsExactly(holding);
    assertThat(complete(till, 1_000, List.of(from(holding, 1_000))).body().receipt())
        .endsWith("000001");
  }

  @Test
  void askingSaysWhatIsThere() throws Exception {
    CreditSlip card = card(5_000);
    assertThat(reserve("ABCDE", 1)).isEqualTo(new Outcome.NotACode());
    assertThat(reserve(CreditCode.make(new SecureRandom()).text(), 1))
        .isEqualTo(new Outcome.Unknown());
    assertThat(reserve(card.code(), 5_001))
        .isEqualTo(new Outcome.Shown(card.account(), CreditKind.GIFT_CARD, usd(5_000), usd(5_000)));
    for (Money amount :
        List.of(usd(0), usd(-5), Money.of(5, java.util.Currency.getInstance("EUR")))) {
      try (ServerConnection connection = till.connect()) {
        Reserving reserving = reserving(connection);
        assertThatThrownBy(() -> reserving.reserve(card.code(), amount))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(till.open.purse().wishes()).isEmpty();
    shop.server.close();
    assertThat(reserve(card.code(), 5)).isInstanceOf(Outcome.Offline.class);
    shop = reopened();
  }

  private Shop reopened() throws Exception {
    shop.restart();
    return shop;
  }

  @Test
  void aLostAnswerIsAskedForAgainAndIsTheSameAllotment() throws Exception {
    CreditSlip card = card(5_000);
    PassingOn real = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger lost = new AtomicInteger(3);
    try (Front front =
        new Front(
            asked -> {
              Said said = real.pass(asked);
              boolean swallowed =
                  asked.path().equals(Routes.CREDIT_ALLOTMENTS) && lost.getAndDecrement() > 0;
              return swallowed ? Said.cut() : said;
            })) {
      till.close();
      till = shop.tillThrough(front.url(), front.pin());
      till.openShift();
      for (int i = 0; i < 3; i++) {
        assertThat(reserve(card.code(), 4_000)).isInstanceOf(Outcome.Offline.class);
        assertThat(holdings()).isEmpty();
      }
      assertThat(till.open.purse().wishes()).hasSize(1);
      CreditHolding holding = reserved(card.code(), 4_000);
      assertThat(free(card.code())).as("reserved once").isEqualTo(usd(1_000));
      complete(till, 4_000, List.of(from(holding, 4_000)));
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
    }
  }

  @Test
  void whatNobodyWaitsForAnyMoreAndWhatHasEndedIsGivenBackAtTheNextContact() throws Exception {
    CreditSlip card = card(5_000);
    PassingOn real = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger lost = new AtomicInteger(1);
    CreditHolding kept = reserved(card.code(), 1_000);
    try (Front front =
            new Front(
                asked -> {
                  Said said = real.pass(asked);
                  boolean credit =
                      asked.path().startsWith(Routes.CREDIT) && lost.getAndDecrement() > 0;
                  return credit ? Said.cut() : said;
                });
        ServerConnection connection = front.connect()) {
      assertThat(reserving(connection).reserve(card.code(), usd(3_000)))
          .isInstanceOf(Outcome.Offline.class);
      assertThat(free(card.code())).isEqualTo(usd(1_000));
      settle();
      assertThat(free(card.code())).isEqualTo(usd(4_000));
      assertThat(holdings()).containsExactly(kept);
      complete(till, 300, List.of(from(kept, 300)));
      // The answer to what is given back is lost: it is sent again, and counts once.
      now.updateAndGet(at -> at.plus(Duration.ofHours(25)));
      assertThat(holdings()).isEmpty();
      assertThatThrownBy(() -> complete(till, 1, List.of(from(kept, 1))))
          .isInstanceOf(ActRefusedException.class);
      lost.set(1);
      reserving(connection).settle();
      assertThat(till.open.purse().returns()).hasSize(1);
      settle();
      assertThat(till.open.purse().returns()).isEmpty();
    }
    assertThat(free(card.code())).as("300 are spent, and not sent yet").isEqualTo(usd(4_700));
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(free(card.code())).isEqualTo(usd(4_700));
    assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
  }

  @Test
  void aClockThatIsADayAheadEndsNothing() {
    CreditSlip card = card(5_000);
    now.updateAndGet(at -> at.plus(Duration.ofDays(3)));
    CreditHolding holding = reserved(card.code(), 1_000);
    settle();
    assertThat(holdings()).containsExactly(holding);
    complete(till, 1_000, List.of(from(holding, 1_000)));
  }

  @Test
  void onlyTheServersWordAboutWhatWasAskedIsTaken() throws Exception {
    CreditSlip card = card(5_000);
    CreditCode code = CreditCode.parse(card.code()).orElseThrow();
    Credits.Ask ask = till.open.purse().wish(code, usd(900));
    var enrolled = till.open.ledger().enrolled();
    CreditAllotment good =
        new CreditAllotment(
            UUID.randomUUID(),
            ask.request(),
            enrolled.tenant(),
            enrolled.device(),
            card.account(),
            CreditKind.GIFT_CARD,
            "USD",
            900,
            now.get(),
            now.get().plus(Duration.ofHours(1)));
    try (SigningKey forger = SigningKey.generate(new SecureRandom())) {
      var purse = till.open.purse();
      assertThat(purse.take(ask, sealed(good, forger), till.open.keys().serverKey(), now.get()))
          .isEmpty();
      assertThat(purse.take(ask, new byte[9], till.open.keys().serverKey(), now.get())).isEmpty();
      for (CreditAllotment each :
          List.of(
              with(good, UUID.randomUUID(), good.device(), good.request(), "USD", 900),
              with(good, good.tenant(), UUID.randomUUID(), good.request(), "USD", 900),
              with(good, good.tenant(), good.device(), UUID.randomUUID(), "USD", 900),
              with(good, good.tenant(), good.device(), good.request(), "EUR", 900),
              with(good, good.tenant(), good.device(), good.request(), "USD", 90_000),
              with(good, good.tenant(), good.device(), good.request(), "USD", -900))) {
        // The key that is believed signs it, as that of a server that lies would.
        assertThat(purse.take(ask, sealed(each, forger), forger.verifyKey(), now.get())).isEmpty();
      }
      byte[] otherType =
          Envelope.seal("application/other", Json.encode(good), "server", forger).encode();
      assertThat(purse.take(ask, otherType, forger.verifyKey(), now.get())).isEmpty();
      assertThat(holdings()).isEmpty();
      for (int i = 0; i < 2; i++) {
        assertThat(purse.take(ask, sealed(good, forger), forger.verifyKey(), now.get()))
            .isPresent();
      }
      assertThat(holdings()).extracting(CreditHolding::left).containsExactly(usd(900));
    }
  }

  private static byte[] sealed(CreditAllotment allotment, SigningKey key) {
    return Envelope.seal(CreditAllotment.PAYLOAD_TYPE, Json.encode(allotment), "server", key)
        .encode();
  }

  private static CreditAllotment with(
      CreditAllotment like, UUID tenant, UUID device, UUID request, String currency, long amount) {
    return new CreditAllotment(
        like.id(),
        request,
        tenant,
        device,
        like.account(),
        like.kind(),
        currency,
        amount,
        like.made(),
        like.until());
  }

  @Test
  void aSaleThatCannotBeSavedSpendsNothing() {
    CreditSlip card = card(5_000);
    CreditHolding holding = reserved(card.code(), 1_000);
    Disk.fill(till.open);
    int sold = 0;
    try {
      for (int i = 0; i < 400; i++) {
        complete(till, 1, List.of(from(holding, 1)));
        sold++;
      }
      throw new AssertionError("the disk is never full");
    } catch (StoreException _) {
      assertThat(holdings()).extracting(CreditHolding::left).containsExactly(usd(1_000 - sold));
    }
    Disk.free(till.open);
    complete(till, 1_000 - sold, List.of(from(holding, 1_000 - sold)));
    assertThat(holdings()).isEmpty();
  }

  @Test
  void aRefundGoesToStoreCreditWhoseSlipIsForgottenOnceItWasHandedOver() throws Exception {
    CompletedSale sale = complete(till, 800, List.of(new CashTender(usd(800))));
    Refunds.Part part =
        (Refunds.Part)
            Refunds.refund(till.open.ledger().refundable(sale.id()).getFirst(), Quantity.ONE);
    CreditTender out = new CreditTender(usd(-800), CreditKind.STORE_CREDIT, UUID.randomUUID());
    Settlement.Settled settled = (Settlement.Settled) Settlement.of(usd(-800), List.of(out), null);
    CompletedSale refund =
        till.open.ledger().refund(actor(), new RefundDraft(sale.id(), List.of(part), settled, DAY));
    CreditSlip slip = till.open.purse().slips().getFirst();
    assertThat(slip.account()).isEqualTo(out.account());
    assertThat(slip.sale()).isEqualTo(refund.id());
    assertThat(slip.toString()).doesNotContain(slip.code());
    CreditSlip given = till.open.ledger().giveCredit(actor(), usd(50));
    assertThat(till.open.purse().slips()).containsExactly(slip, given);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    till.open.purse().handedOver(slip.account());
    assertThat(till.open.purse().slips()).containsExactly(given);
    assertThat(free(slip.code())).isEqualTo(usd(800));
    assertThat(free(given.code())).isEqualTo(usd(50));
    assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
    assertThat(till.open.books().needsManager()).isEmpty();
    assertThat(till.open.books().salesOn(DAY))
        .extracting(SaleView::total)
        .containsExactly(usd(-800), usd(800));
    assertThatThrownBy(() -> till.open.ledger().giveCredit(actor(), usd(0)))
        .isInstanceOf(ActRefusedException.class);
  }

  @Test
  void aRefundGoesBackToTheCardThatItWasPaidFrom() throws Exception {
    CreditSlip card = card(5_000);
    CreditHolding holding = reserved(card.code(), 800);
    CompletedSale sale = complete(till, 800, List.of(from(holding, 800)));
    Refunds.Part part =
        (Refunds.Part)
            Refunds.refund(till.open.ledger().refundable(sale.id()).getFirst(), Quantity.ONE);
    Settlement.Settled settled =
        (Settlement.Settled) Settlement.of(usd(-800), List.of(from(holding, -800)), null);
    till.open.ledger().refund(actor(), new RefundDraft(sale.id(), List.of(part), settled, DAY));
    assertThat(till.open.purse().slips()).as("it is there already").isEmpty();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(free(card.code())).isEqualTo(usd(5_000));
    assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
  }

  @Test
  void aCardAloneIsASaleOfNothingThatIsPaidFor() throws Exception {
    complete(till, 0, List.of(new CashTender(usd(4_000))), 1_500L, 2_500L);
    assertThat(till.open.purse().slips())
        .extracting(CreditSlip::amount)
        .containsExactly(usd(1_500), usd(2_500));
    till.open.ledger().closeShift(actor(), usd(14_000));
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(till.open.books().needsManager()).as("the drawer's figures agree").isEmpty();
    assertThat(verdicts()).containsOnlyKeys(Verdict.ACCEPTED);
  }
}
