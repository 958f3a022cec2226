package dev.countersign.app.simulate;

import dev.countersign.app.simulate.Act.AtTheCounter;
import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.ClosedShift;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.CreditHolding;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.ParkedSale;
import dev.countersign.client.ledger.ParkedSales;
import dev.countersign.client.ledger.ReceiptJob;
import dev.countersign.client.ledger.RefundDraft;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.UserView;
import dev.countersign.client.store.StoreException;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

// Long because every kind of act at a counter stands beside the others.
/** People at the counters: they ring up, take money, and hand receipts over. */
final class Counter {
  static final Currency USD = Currency.getInstance("USD");
  private static final long FLOAT = 20_000;
  private static final int MOST_PRODUCTS = 100;
  private static final Set<AtTheCounter> FOR_MORE_THAN_CASHIERS =
      EnumSet.of(
          AtTheCounter.TAKE_BACK,
          AtTheCounter.REFUND,
          AtTheCounter.REFUND_TO_CREDIT,
          AtTheCounter.SELL_GIFT_CARD,
          AtTheCounter.GIVE_CREDIT);

  private final Chance chance;
  private final Told told;
  private final Cards cards;
  private final Map<UUID, Rung> rung = new HashMap<>();
  private final Map<Device, Rung> doubts = new HashMap<>();
  private final Map<String, Long> drawers = new HashMap<>();
  private final Map<String, List<CompletedSale>> sold = new HashMap<>();

  Counter(Chance chance, Told told) {
    this.chance = chance;
    this.told = told;
    this.cards = new Cards(chance);
  }

  /** A sale as the cashier understood it. */
  private record Rung(
      int lines, LocalDate day, long total, long cash, long card, long credit, long sold) {
    Rung(int lines, LocalDate day, long total, long cash, long card) {
      this(lines, day, total, cash, card, 0, 0);
    }
  }

  /** Lets somebody do something at a till that is on. */
  void act(Device till, AtTheCounter what) throws Exception {
    try {
      OpenDevice open = till.open();
      Optional<UserView> worker = worker(open, what);
      if (worker.isEmpty()) {
        till.tell("nobody is here who may do this: " + what);
        return;
      }
      openShift(till, open, worker.get());
      switch (what) {
        case SELL_FOR_CASH, SELL_BY_CARD, SELL_FOR_BOTH, TAKE_BACK ->
            sell(till, open, worker.get(), what);
        case SELL_GIFT_CARD, PAY_BY_CREDIT -> sellWithCredit(till, open, worker.get(), what);
        case GIVE_CREDIT -> giveCredit(till, open, worker.get());
        case RESERVE -> cards.reserve(till, chance.between(100, 20_000));
        case REFUND, REFUND_TO_CREDIT -> refund(till, open, worker.get(), what);
        case THROW_AWAY -> throwAway(till, open, worker.get());
        case MOVE_CASH -> moveCash(till, open, worker.get());
        case CLOSE_SHIFT -> closeShift(till, open, worker.get());
        case PARK -> park(till, open, worker.get());
        case RECALL -> recall(till, open, worker.get());
      }
    } catch (PowerCut _) {
      drawers.remove(till.name());
      till.crashed();
    } catch (StoreException e) {
      till.tell("cannot save: " + e.fault().getClass().getSimpleName());
    } catch (NotPermittedException e) {
      till.tell("is not permitted: " + e.getMessage());
    } catch (ActRefusedException e) {
      till.tell("is refused: " + e.getMessage());
    }
  }

  /** Whoever is here and has the role for it; whether they may is for the till to say. */
  private Optional<UserView> worker(OpenDevice open, AtTheCounter what) {
    List<UserView> people = new ArrayList<>();
    for (UserView user : open.users().list()) {
      boolean fits =
          FOR_MORE_THAN_CASHIERS.contains(what)
              ? !user.role().name().equals("cashier")
              : !user.role().name().equals("accountant");
      if (fits) {
        people.add(user);
      }
    }
    return people.isEmpty() ? Optional.empty() : Optional.of(chance.of(people));
  }

  private static Actor actor(Device till, UserView worker) {
    return new Actor(worker.id(), null, till.clock().instant());
  }

  private static LocalDate today(Device till) {
    return LocalDate.ofInstant(till.clock().instant(), ZoneOffset.UTC);
  }

  private void openShift(Device till, OpenDevice open, UserView worker) {
    if (open.ledger().currentShift().isEmpty()) {
      open.ledger().openShift(actor(till, worker), today(till), Money.of(FLOAT, USD));
      drawers.put(till.name(), FLOAT);
      till.tell(worker.name() + " opens a shift");
      till.recorded();
    }
  }

  private @Nullable Basket basket(Device till, OpenDevice open, boolean back) {
    List<Product> products = open.catalogue().page(MOST_PRODUCTS, 0);
    if (products.isEmpty()) {
      till.tell("has nothing to sell yet");
      return null;
    }
    Basket basket = Basket.empty(USD);
    int lines = back ? 1 : chance.between(1, 4);
    for (int i = 0; i < lines; i++) {
      Product product = chance.of(products);
      Quantity count = Quantity.of(chance.between(1, 3));
      basket =
          basket.add(
              new LineItem(product.id(), product.sku(), product.name(), product.size(), List.of()),
              back ? count.negate() : count,
              new LinePrice.Each(product.price()));
    }
    return basket;
  }

  private void sell(Device till, OpenDevice open, UserView worker, AtTheCounter what) {
    Basket basket = basket(till, open, what == AtTheCounter.TAKE_BACK);
    if (basket != null) {
      pay(till, open, worker, what, basket);
    }
  }

  private void pay(
      Device till, OpenDevice open, UserView worker, AtTheCounter what, Basket basket) {
    long total = 0;
    for (var line : basket.lines()) {
      // Whole pieces at a price of one: no rounding of anybody's is needed to know what it is.
      long pieces = line.quantity().millionths() / Quantity.ONE.millionths();
      total += ((LinePrice.Each) line.price()).unit().minor() * pieces;
    }
    long card =
        switch (what) {
          case SELL_BY_CARD -> total;
          case SELL_FOR_BOTH -> total / 2;
          default -> 0;
        };
    LocalDate day = today(till);
    List<Tender> tenders = tenders(total, card);
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    if (!(Settlement.of(priced.total(), tenders, null) instanceof Settlement.Settled settled)) {
      throw new FindingException("tenders of " + total + " do not settle " + priced.total());
    }
    Ledger ledger = open.ledger();
    SaleDraft draft = new SaleDraft(basket, priced, settled, day, null);
    CompletedSale sale =
        complete(
            till,
            new Rung(basket.lines().size(), day, total, total - card, card),
            () -> {
              ledger.saveDraft(basket);
              return ledger.complete(actor(till, worker), draft);
            });
    sold.computeIfAbsent(till.name(), _ -> new ArrayList<>()).add(sale);
    till.tell(
        worker.name()
            + (total < 0 ? " takes back " : " sells ")
            + basket.lines().size()
            + " lines, "
            + Money.of(total, USD)
            + (card == 0 ? " in cash" : card == total ? " by card" : " in cash and by card")
            + ", receipt "
            + sale.body().receipt());
    till.recorded();
    print(till, open);
  }

  /** Sells something, and a gift card with it, or takes what is reserved of one for it. */
  private void sellWithCredit(Device till, OpenDevice open, UserView worker, AtTheCounter what)
      throws Exception {
    if (what == AtTheCounter.PAY_BY_CREDIT && chance.oneIn(2)) {
      cards.reserve(till, chance.between(100, 5_000));
    }
    Basket basket = basket(till, open, false);
    if (basket == null) {
      return;
    }
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    long total = priced.total().minor();
    long card = what == AtTheCounter.SELL_GIFT_CARD ? chance.between(500L, 20_000L) : 0;
    List<Tender> tenders = new ArrayList<>();
    long credit = 0;
    for (CreditHolding each : open.purse().holdings(till.clock().instant())) {
      long part = Math.min(each.left().minor(), total - credit);
      if (what == AtTheCounter.PAY_BY_CREDIT && part > 0) {
        tenders.add(new CreditTender(Money.of(part, USD), each.kind(), each.account()));
        credit += part;
      }
    }
    long cash = total + card - credit;
    if (cash > 0) {
      tenders.add(new CashTender(Money.of(cash, USD)));
    }
    Money due = Money.of(total + card, USD);
    if (!(Settlement.of(due, tenders, null) instanceof Settlement.Settled settled)) {
      throw new FindingException("tenders do not settle " + due);
    }
    List<Money> gifts = card == 0 ? List.of() : List.of(Money.of(card, USD));
    SaleDraft draft = new SaleDraft(basket, priced, settled, today(till), null, gifts);
    CompletedSale sale =
        complete(
            till,
            new Rung(basket.lines().size(), today(till), total, cash, 0, credit, card),
            () -> open.ledger().complete(actor(till, worker), draft));
    till.tell(
        worker.name()
            + " sells for "
            + due
            + (card > 0 ? ", a gift card with it" : ", " + credit + " of it from credit")
            + ", receipt "
            + sale.body().receipt());
    till.recorded();
    print(till, open);
  }

  private void giveCredit(Device till, OpenDevice open, UserView worker) {
    Money amount = Money.of(chance.between(100L, 3_000L), USD);
    open.ledger().giveCredit(actor(till, worker), amount);
    till.tell(worker.name() + " gives " + amount + " of credit");
    till.recorded();
    print(till, open);
  }

  /** A power cut leaves it in doubt whether it was recorded; nothing else does. */
  private CompletedSale complete(Device till, Rung rung, Supplier<CompletedSale> recording) {
    doubts.put(till, rung);
    try {
      CompletedSale sale = recording.get();
      this.rung.put(sale.id(), rung);
      drawers.computeIfPresent(till.name(), (_, cash) -> cash + rung.cash());
      doubts.remove(till);
      return sale;
    } catch (RuntimeException e) {
      doubts.remove(till);
      throw e;
    }
  }

  /** One piece of something that this till sold before. */
  private void refund(Device till, OpenDevice open, UserView worker, AtTheCounter what) {
    List<CompletedSale> before = sold.getOrDefault(till.name(), List.of());
    if (before.isEmpty()) {
      return;
    }
    CompletedSale original = chance.of(before);
    SaleCompleted.Line line = chance.of(original.body().lines());
    Optional<RefundableLine> left =
        open.ledger().refundable(original.id()).stream()
            .filter(each -> each.lineNo() == line.no())
            .findFirst();
    Long unit = line.unit();
    if (unit == null
        || left.isEmpty()
        || !(Refunds.refund(left.get(), Quantity.ONE) instanceof Refunds.Part part)) {
      till.tell("nothing is left of a line of receipt " + original.body().receipt());
      return;
    }
    Money due = Money.of(-unit, USD);
    boolean toCredit = what == AtTheCounter.REFUND_TO_CREDIT;
    Tender out =
        toCredit
            ? new CreditTender(due, CreditKind.STORE_CREDIT, cards.newAccount())
            : new CashTender(due);
    if (!(Settlement.of(due, List.of(out), null) instanceof Settlement.Settled settled)) {
      throw new FindingException(due + " cannot be paid out");
    }
    RefundDraft draft = new RefundDraft(original.id(), List.of(part), settled, today(till));
    CompletedSale refund =
        complete(
            till,
            toCredit
                ? new Rung(1, today(till), -unit, 0, 0, -unit, 0)
                : new Rung(1, today(till), -unit, -unit, 0),
            () -> open.ledger().refund(actor(till, worker), draft));
    till.tell(
        worker.name()
            + " refunds "
            + due
            + " of receipt "
            + original.body().receipt()
            + ", receipt "
            + refund.body().receipt());
    till.recorded();
    print(till, open);
  }

  private void moveCash(Device till, OpenDevice open, UserView worker) {
    long amount = chance.oneIn(2) ? chance.between(1, 5_000) : -chance.between(1, 5_000);
    open.ledger().moveCash(actor(till, worker), Money.of(amount, USD), "change");
    drawers.computeIfPresent(till.name(), (_, cash) -> cash + amount);
    till.tell(worker.name() + " moves " + Money.of(amount, USD) + " of cash");
    till.recorded();
  }

  /** What is counted is a little wrong now and then; what should be there never is. */
  private void closeShift(Device till, OpenDevice open, UserView worker) {
    for (ParkedSale sale : open.parked().list()) {
      if (sale.elsewhere() == null) {
        throwParkedAway(till, open, worker, sale);
      }
    }
    Long drawer = drawers.get(till.name());
    long counted = Math.max(0, (drawer == null ? FLOAT : drawer) + chance.between(-2, 2));
    ClosedShift closed = open.ledger().closeShift(actor(till, worker), Money.of(counted, USD));
    drawers.remove(till.name());
    till.tell(
        worker.name()
            + " closes the shift: "
            + closed.expected()
            + ", counted "
            + closed.counted());
    till.recorded();
    if (drawer != null && closed.expected().minor() != drawer) {
      throw new FindingException(
          till.name() + " should hold " + drawer + ", and says " + closed.expected());
    }
  }

  /** Nobody knows any more what the drawer should hold; the next shift does. */
  void lostCount(Device till) {
    drawers.remove(till.name());
    sold.remove(till.name());
    told.forgetParked(till.name());
  }

  private List<Tender> tenders(long total, long card) {
    List<Tender> tenders = new ArrayList<>();
    if (card != 0) {
      tenders.add(new CardTender(Money.of(card, USD), "T" + chance.between(1, 9999), ""));
    }
    long cash = total - card;
    if (cash != 0) {
      long over = cash > 0 && chance.oneIn(2) ? chance.between(1, 500) : 0;
      tenders.add(new CashTender(Money.of(cash + over, USD)));
    }
    return tenders;
  }

  /** Puts on paper what is owed to it, also from before a crash. */
  void print(Device till, OpenDevice open) {
    for (ReceiptJob job : open.receiptJobs().pending()) {
      CompletedSale sale = job.sale();
      open.receiptJobs().printing(sale.id());
      // A copied disk owes to paper what its original owed, and neither knows of the other.
      boolean copied = told.isPrintedElsewhere(sale.id(), till.name());
      if (!copied && (!job.copy() || !told.isPrinted(sale.id()))) {
        told.printed(receipt(till, sale));
      }
      open.receiptJobs().printed(sale.id());
    }
    cards.handOver(open.purse());
  }

  /** What a till owes to paper when it is to wipe itself, its people write down by hand. */
  void writeByHand(Device till) {
    for (ReceiptJob job : till.open().receiptJobs().pending()) {
      if (!told.isPrinted(job.sale().id())) {
        told.printed(receipt(till, job.sale()));
      }
    }
  }

  private Told.Receipt receipt(Device till, CompletedSale sale) {
    Rung rung = this.rung.getOrDefault(sale.id(), doubts.get(till));
    SaleCompleted body = sale.body();
    long cash = -body.change();
    long card = 0;
    long credit = 0;
    for (SaleCompleted.Paid paid : body.tenders()) {
      switch (paid.means()) {
        case CASH -> cash += paid.amount();
        case CARD -> card += paid.amount();
        case GIFT_CARD, STORE_CREDIT -> credit += paid.amount();
        case ON_ACCOUNT -> throw new IllegalStateException("nobody owes anything here");
      }
    }
    boolean same =
        rung != null
            && rung.total() == body.total()
            && rung.cash() == cash
            && rung.card() == card
            && rung.credit() == credit
            && body.due() == rung.total() + rung.sold()
            && rung.lines() == body.lines().size()
            && rung.day().equals(body.businessDate());
    if (rung == null || !same) {
      throw new FindingException(
          till.name() + " has receipt " + body.receipt() + ", which is not what was rung up");
    }
    return new Told.Receipt(
        sale.id(),
        till.name(),
        body.receipt(),
        till.title().store(),
        rung.day(),
        rung.total(),
        rung.cash(),
        rung.card(),
        rung.credit(),
        rung.sold(),
        false);
  }

  /** A till is on again after a crash or a pause: it prints what it owes. */
  void resume(Device till) throws Exception {
    try {
      print(till, till.open());
      doubts.remove(till);
    } catch (PowerCut _) {
      till.crashed();
    } catch (StoreException e) {
      till.tell("cannot note what it printed: " + e.fault().getClass().getSimpleName());
    }
  }

  /** A customer goes back for something. */
  private void park(Device till, OpenDevice open, UserView worker) {
    Basket basket = basket(till, open, false);
    if (basket == null) {
      return;
    }
    Set<UUID> before = waiting(open);
    open.ledger().saveDraft(basket);
    open.parked()
        .park(
            actor(till, worker),
            chance.oneIn(2) ? "" : "customer " + chance.between(1, 99),
            Pricing.price(basket, TaxRounding.perLine(USD)).total());
    waiting(open).stream()
        .filter(id -> !before.contains(id))
        .forEach(id -> told.parked(id, till.name()));
    till.tell(worker.name() + " parks a basket of " + basket.lines().size() + " lines");
    till.recorded();
  }

  private static Set<UUID> waiting(OpenDevice open) {
    return open.parked().list().stream().map(ParkedSale::id).collect(Collectors.toSet());
  }

  /** A customer comes back, to this till or another one, and pays. */
  private void recall(Device till, OpenDevice open, UserView worker) {
    List<ParkedSale> waiting = open.parked().list();
    if (waiting.isEmpty()) {
      return;
    }
    ParkedSale sale = chance.of(waiting);
    Optional<Basket> basket = takeUp(till, open, worker, sale);
    if (basket.isEmpty()) {
      throw new FindingException(till.name() + " lists a parked sale that it does not have");
    }
    till.tell(
        worker.name()
            + " takes a sale up that was parked "
            + (sale.elsewhere() == null ? "here" : "elsewhere"));
    till.recorded();
    pay(till, open, worker, AtTheCounter.SELL_FOR_CASH, basket.get());
  }

  private Optional<Basket> takeUp(Device till, OpenDevice open, UserView worker, ParkedSale sale) {
    told.recalled(sale.id(), till.name());
    return open.parked()
        .recall(actor(till, worker), sale.id(), Money.zero(USD))
        .map(ParkedSales.Recalled::basket);
  }

  private void throwParkedAway(Device till, OpenDevice open, UserView worker, ParkedSale sale) {
    Optional<Basket> basket = takeUp(till, open, worker, sale);
    if (basket.isPresent()) {
      open.ledger().voidBasket(actor(till, worker), basket.get());
      till.tell(worker.name() + " throws a parked sale away");
      till.recorded();
    }
  }

  private void throwAway(Device till, OpenDevice open, UserView worker) {
    Basket basket = basket(till, open, false);
    if (basket != null) {
      open.ledger().voidBasket(actor(till, worker), basket);
      till.tell(worker.name() + " throws a basket of " + basket.lines().size() + " lines away");
      till.recorded();
    }
  }
}
