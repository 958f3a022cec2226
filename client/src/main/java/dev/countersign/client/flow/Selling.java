package dev.countersign.client.flow;

import dev.countersign.client.flow.ScanOutcome.Added;
import dev.countersign.client.flow.ScanOutcome.AskAge;
import dev.countersign.client.flow.ScanOutcome.AskPrice;
import dev.countersign.client.flow.ScanOutcome.Choose;
import dev.countersign.client.flow.ScanOutcome.CouponRefused;
import dev.countersign.client.flow.ScanOutcome.CouponShown;
import dev.countersign.client.flow.ScanOutcome.Expired;
import dev.countersign.client.flow.ScanOutcome.Multiplied;
import dev.countersign.client.flow.ScanOutcome.Offered;
import dev.countersign.client.flow.ScanOutcome.OutOfHours;
import dev.countersign.client.flow.ScanOutcome.Recognised;
import dev.countersign.client.flow.ScanOutcome.Said;
import dev.countersign.client.flow.ScanOutcome.TooManyEmpties;
import dev.countersign.client.flow.ScanOutcome.Unknown;
import dev.countersign.client.flow.ScanOutcome.Weigh;
import dev.countersign.client.flow.ScanOutcome.WrongCount;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.Offering;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Weighing;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

// Long because every act of ringing up, and what a day makes of it, has its place here.
/**
 * A cashier rings up a sale. Every act is on the disk before it is shown, so that the basket
 * survives a lock, a crash and a power cut. One thread at a time; blocking.
 */
public final class Selling implements Retaxing {
  /** Enough to take back a customer's change of mind; older acts stand. */
  private static final int MOST_UNDO = 100;

  /** Less than the server allows from the counter to the receipt. */
  private static final Duration AT_THE_COUNTER = Duration.ofMinutes(20);

  private final Ledger ledger;
  private final Catalogue catalogue;
  private final Codes codes;
  private final TaxRounding rounding;
  private final Clock clock;
  private final Minding minding;
  private final Deque<Basket> before = new ArrayDeque<>();
  private Basket basket;
  private Quantity next = Quantity.ONE;
  private boolean empties;
  private int touched;

  /** What was on offer when the sale was shown last; null while nothing of it was shown. */
  private @Nullable Offering shownUnder;

  /**
   * Goes on with the basket that was kept, if there is one.
   *
   * @param rules how the shop's scales and labellers print their codes, which may change any time
   */
  public Selling(
      Ledger ledger,
      Catalogue catalogue,
      Supplier<BarcodeRules> rules,
      Currency currency,
      TaxRounding rounding,
      Clock clock) {
    this.ledger = ledger;
    this.catalogue = catalogue;
    this.rounding = rounding;
    this.clock = clock;
    this.minding = new Minding(ledger, catalogue, clock, this::priced);
    this.codes = new Codes(catalogue, rules, minding::now);
    this.basket = ledger.draft().orElse(Basket.empty(currency));
    this.touched = basket.lines().size();
  }

  /** The sale as it stands, at the rates of the day. */
  public Running running() {
    Basket held = basket;
    basket = Catalogue.on(held, catalogue.taxes(), today());
    Offering now = offering();
    Offering then = Objects.requireNonNullElse(shownUnder, now);
    shownUnder = now;
    PricedBasket priced = Pricing.price(basket, rounding, now);
    Money former = null;
    if (held != basket || !now.isAs(then)) {
      Money was = Pricing.price(held, rounding, then).total();
      former = was.equals(priced.total()) ? null : was;
    }
    return new Running(basket, priced, touched, next, !before.isEmpty(), empties, now, former);
  }

  /** A product's taxes as they hold today. */
  public List<TaxRule> taxes(Product product) {
    return catalogue.taxes(product, today());
  }

  /** All taxes as they hold today, by name. */
  public List<TaxRule> taxRules() {
    return catalogue.taxRules(today());
  }

  private LocalDate today() {
    return LocalDate.now(clock);
  }

  /**
   * Whether a sale that was shown is still taxed as it was, and under what is on offer, as far as
   * can be told without reading. From any thread.
   */
  public boolean isAsShown(Running shown) {
    boolean taxed =
        catalogue
            .taxesAtHand()
            .map(taxes -> Catalogue.on(shown.basket(), taxes, today()) == shown.basket())
            .orElse(false);
    return taxed && offeredSince(shown).map(shown.offering()::isAs).orElse(false);
  }

  /** What is on offer now; the time does not go back behind the one of the sale. */
  private Optional<Offering> offeredSince(Running shown) {
    LocalDateTime now = LocalDateTime.now(clock);
    LocalDateTime then = shown.offering().at();
    return ledger.deals().atHand(now.isBefore(then) ? then : now);
  }

  /**
   * Whether a sale that was shown is known to be taxed otherwise by now, or to cost something else
   * because of what is on offer; a word of the server that was not read yet is not known. What
   * ended only while the customer looks for their purse still counts. From any thread, without
   * reading.
   */
  public boolean isOvertaken(Running shown) {
    return Catalogue.on(shown.basket(), catalogue.taxesReadLast(), today()) != shown.basket()
        || (shown.offering().at().plus(AT_THE_COUNTER).isBefore(LocalDateTime.now(clock))
            && offeredSince(shown).filter(now -> isOther(shown, now)).isPresent());
  }

  private boolean isOther(Running shown, Offering now) {
    return !shown.offering().isAs(now)
        && !Pricing.price(shown.basket(), rounding, now).total().equals(shown.total());
  }

  /**
   * The sale as it was shown, or as it is now where its taxes have changed since, or what is on
   * offer.
   */
  public Running current(Running shown) {
    boolean same = on(shown, today()) == shown && shown.offering().isAs(offering());
    return same ? shown : running();
  }

  @Override
  public Running on(Running shown, LocalDate day) {
    Basket taxed = Catalogue.on(shown.basket(), catalogue.taxes(), day);
    return taxed == shown.basket()
        ? shown
        : new Running(
            taxed,
            Pricing.price(taxed, rounding, shown.offering()),
            shown.touched(),
            shown.next(),
            shown.undoable(),
            shown.empties(),
            shown.offering(),
            null);
  }

  /**
   * What was being paid when the till was stopped, at the prices and taxes of when the customer was
   * told what it comes to. Blocking.
   */
  public Running asTold(LocalDateTime moment) {
    Basket taxed = Catalogue.on(basket, catalogue.taxes(), moment.toLocalDate());
    Offering told = ledger.deals().at(moment);
    PricedBasket priced = Pricing.price(taxed, rounding, told);
    return new Running(taxed, priced, touched, next, false, false, told, null);
  }

  Instant now() {
    return clock.instant();
  }

  /** What a basket comes to today, promotions taken off. */
  Money total(Basket any) {
    return priced(any).total();
  }

  private PricedBasket priced(Basket any) {
    return Pricing.price(Catalogue.on(any, catalogue.taxes(), today()), rounding, offering());
  }

  /** At the time that holds: a clock that was set back brings no happy hour back. */
  private Offering offering() {
    Instant now = ledger.knownTime(clock.instant());
    return ledger.deals().at(LocalDateTime.ofInstant(now, clock.getZone()));
  }

  /** A scanner read something. */
  public ScanOutcome scan(String code) {
    return sell(codes.scanned(code, basket.currency()));
  }

  private ScanOutcome sell(Codes.Meaning meaning) {
    return switch (meaning) {
      case Codes.Meaning.Goods(String text, List<CatalogueHit> hits, Said said) ->
          found(text, hits, said);
      case Codes.Meaning.Nothing(ScanOutcome why) -> why;
    };
  }

  /** The label of goods that come back; empty for what names none. From any thread. */
  Optional<Codes.Label> back(String text) {
    return codes.back(text, basket.currency());
  }

  /**
   * Somebody has looked at goods that are past their last day, and sells them.
   *
   * @param by who decided so; it stands with the line
   */
  public ScanOutcome sellExpired(UUID by, Expired expired) {
    return found(expired.code(), expired.hits(), expired.said().sold(by, expired.last()));
  }

  private ScanOutcome found(String code, List<CatalogueHit> hits, Said said) {
    return switch (hits.size()) {
      case 0 -> coupon(code);
      case 1 -> offer(new Offered(hits.getFirst(), code, said, takeNext()));
      default -> new Choose(code, hits, said);
    };
  }

  /**
   * Somebody typed something and pressed Enter: a count, a code as it is printed, or words that a
   * product's name begins with.
   */
  public ScanOutcome typed(String text) {
    if (Multiplier.isOne(text)) {
      return Multiplier.read(text).map(this::multiply).orElseGet(() -> new WrongCount(text));
    }
    Optional<Codes.Meaning> goods = codes.typed(text, basket.currency());
    if (goods.isPresent()) {
      return sell(goods.get());
    }
    // A card or a coupon is meant as a whole; what is like it is not.
    ScanOutcome shown = coupon(text.strip());
    if (!(shown instanceof Unknown)) {
      return shown;
    }
    List<Product> found = catalogue.search(text, 2);
    return switch (found.size()) {
      case 0 -> shown;
      case 1 -> sell(found.getFirst());
      default ->
          new Choose(
              text.strip(),
              catalogue.search(text, 12).stream()
                  .map(product -> new CatalogueHit(product, Quantity.ONE))
                  .toList(),
              Said.NOTHING);
    };
  }

  /** Somebody who is known buys the basket: their prices count at once. */
  public Running attach(Customer customer) {
    Buyer buyer = new Buyer(customer.id(), customer.details().name(), customer.terms());
    keep(basket.boughtBy(buyer), touched);
    return running();
  }

  /** Customers by what is known of them, at most so many. */
  public List<Customer> customers(String typed, int limit) {
    return ledger.customers().search(typed, limit);
  }

  /** What a customer owes, as far as this till knows. */
  public Money owed(Customer customer) {
    return Money.of(ledger.owed(customer.id()), basket.currency());
  }

  /**
   * Adds a customer, who buys the basket.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Running addCustomer(UUID cashier, @Nullable UUID approver, CustomerDetails details) {
    return attach(ledger.addCustomer(new Actor(cashier, approver, clock.instant()), details));
  }

  /** The basket is anybody's again. */
  public Running detach() {
    if (basket.buyer() != null) {
      keep(basket.boughtBy(null), touched);
    }
    return running();
  }

  /** What is no product may be a customer's card, or a coupon. */
  private ScanOutcome coupon(String code) {
    List<Customer> holders = ledger.customers().byNumber(code);
    if (holders.size() == 1) {
      return new Recognised(attach(holders.getFirst()), holders.getFirst().details().name());
    }
    String normal = Coupon.normal(code);
    Promotions.Showing showing = offering().show(normal, basket.coupons());
    if (showing == Promotions.Showing.UNKNOWN) {
      return new Unknown(code);
    }
    if (showing != Promotions.Showing.COUNTS || basket.coupons().size() >= Basket.MOST_COUPONS) {
      return new CouponRefused(normal, showing);
    }
    Money before = running().total();
    keep(basket.coupon(normal), touched);
    Running after = running();
    return new CouponShown(after, normal, before.minus(after.total()));
  }

  /** The next one scanned or touched counts so many times. */
  public ScanOutcome multiply(Quantity count) {
    next = count;
    return new Multiplied(running());
  }

  /** A tile was touched. */
  public ScanOutcome sell(Product product) {
    return sell(new CatalogueHit(product, Quantity.ONE), product.sku());
  }

  /** A product that a code stands on. */
  public ScanOutcome sell(CatalogueHit hit, String code) {
    return offer(new Offered(hit, code, Said.NOTHING, takeNext()));
  }

  /** One of several products was chosen. */
  public ScanOutcome choose(Choose from, CatalogueHit hit) {
    return offer(new Offered(hit, from.code(), from.said(), takeNext()));
  }

  /**
   * Whether what is scanned, typed or touched from now on comes back as empties: containers, and of
   * goods those that go with them. Until the next customer.
   */
  public Running empties(boolean on) {
    empties = on;
    next = Quantity.ONE;
    return running();
  }

  /** Somebody answers for so many empties, for the whole sale. */
  ScanOutcome takeBack(TooManyEmpties many, Basket agreed) {
    note(agreed);
    return offer(many.offered());
  }

  /** The cashier says that the buyer is old enough; it stands for the whole sale. */
  public ScanOutcome sellTo(AskAge asked, AgeCheck.How how) {
    return sellTo(asked, how, basket);
  }

  /** The same, and somebody answers for it beside the cashier. */
  ScanOutcome sellTo(AskAge asked, AgeCheck.How how, Basket agreed) {
    note(agreed.checked(new AgeCheck(asked.years(), how)));
    return offer(asked.offered());
  }

  /** Somebody answers for selling restricted goods outside their hours, for the whole sale. */
  ScanOutcome sellOutOfHours(OutOfHours outside, Basket agreed) {
    note(agreed);
    return offer(outside.offered());
  }

  /** Asks what has to be asked of these goods; nothing left to ask, they are rung up. */
  private ScanOutcome offer(Offered offered) {
    Quantity quantity = offered.count().times(offered.hit().pack());
    ScanOutcome outcome =
        rung(
            empties
                ? minding.comesBack(offered, basket, quantity)
                : minding.sells(offered, basket, quantity));
    if (outcome instanceof ScanOutcome.Refused) {
      // Other goods are scanned in the place of these.
      next = offered.count();
    }
    return outcome;
  }

  private ScanOutcome rung(Minding.Rung rung) {
    return switch (rung) {
      case Minding.Rung.NotYet(ScanOutcome asked) -> asked;
      case Minding.Rung.Up(Basket after) -> {
        keep(after, after.goodsOf(after.lines().size()));
        yield new Added(running());
      }
    };
  }

  /**
   * Goods whose price is open, at what they cost now. A price of nothing is none: it is asked for
   * again.
   */
  public ScanOutcome sellAt(AskPrice asked, Money unit) {
    Offered offered = asked.offered();
    return unit.isPositive()
        ? offer(
            new Offered(offered.hit(), offered.code(), offered.said().at(unit), offered.count()))
        : asked;
  }

  /**
   * Goods by the kilogram, once they were weighed.
   *
   * @param grams net, above 0
   */
  public ScanOutcome sellWeighed(Weigh weigh, int grams, Weighing how) {
    return rung(minding.weighed(weigh.offered(), basket, grams, how));
  }

  /**
   * Goods come back: their lines are added to the sale.
   *
   * @param more the basket with them behind what it holds
   */
  Running bringBack(UnaryOperator<Basket> more) {
    Basket after = more.apply(basket);
    keep(after, after.lines().size());
    return running();
  }

  /**
   * Strikes a line through, and what goes with it; for a container its goods. A line that is voided
   * already stays as it is.
   */
  public Running voidLine(int no) {
    boolean live = no >= 1 && no <= basket.lines().size() && !basket.lines().get(no - 1).voided();
    if (live) {
      int goods = basket.goodsOf(no);
      keep(basket.voidLine(goods), goods);
    }
    return running();
  }

  /**
   * Takes the last act back; nothing to take back changes nothing. What was rung up stays visible,
   * struck through: otherwise goods could be shown, paid for in cash and unrung without a trace.
   */
  public Running undo() {
    next = Quantity.ONE;
    // As much room as for goods with their containers: what they were is to be seen behind it.
    if (!before.isEmpty() && !Minding.isFull(basket)) {
      // What it came to at the rates of another day was said when they changed.
      basket = Catalogue.on(basket.backTo(before.pop()), catalogue.taxes(), today());
      touched = basket.lines().size();
      ledger.saveDraft(basket);
    }
    return running();
  }

  /**
   * Throws the basket away; that goods were rung up and not paid stays on record.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Running discard(UUID cashier, @Nullable UUID approver) {
    if (!basket.lines().isEmpty()) {
      ledger.voidBasket(new Actor(cashier, approver, clock.instant()), basket);
      startAfresh();
    } else if (!basket.isUntouched()) {
      // A coupon that was shown, somebody who is known: they are not the next customer's.
      startAfresh();
      ledger.saveDraft(basket);
    }
    return running();
  }

  /** The sale was paid: the next customer. */
  public Running next() {
    startAfresh();
    return running();
  }

  /** A sale that was put aside, as it lies in the store as the running one already. */
  Running resume(Basket parked) {
    startAfresh();
    basket = parked;
    touched = parked.lines().size();
    return running();
  }

  /** A basket of another till, at the rates of today: nobody was asked for another total here. */
  Running takeUp(Basket parked) {
    startAfresh();
    basket = Catalogue.on(parked, catalogue.taxes(), today());
    touched = basket.lines().size();
    ledger.saveDraft(basket);
    return running();
  }

  Basket basket() {
    return basket;
  }

  /**
   * The next state of the basket.
   *
   * @param line what the act was about; 0 leaves the line that was touched before
   */
  Running change(Basket after, int line) {
    if (!after.equals(basket)) {
      keep(after, line == 0 ? touched : line);
    }
    return running();
  }

  /** How many the next one counts; the one after it counts once. */
  Quantity takeNext() {
    Quantity taken = next;
    next = Quantity.ONE;
    return taken;
  }

  /** What was said of the sale as it stands: no act that somebody takes back. */
  private void note(Basket with) {
    ledger.saveDraft(with);
    basket = with;
  }

  /** The same, shown; a basket that is as it was is not written again. */
  Running answered(Basket with) {
    if (!with.equals(basket)) {
      note(with);
    }
    return running();
  }

  private void startAfresh() {
    before.clear();
    empties = false;
    shownUnder = null;
    basket = Basket.empty(basket.currency());
    next = Quantity.ONE;
    touched = 0;
  }

  private void keep(Basket next, int line) {
    Basket after = OffAll.after(basket, next);
    ledger.saveDraft(after);
    before.push(basket);
    if (before.size() > MOST_UNDO) {
      before.removeLast();
    }
    basket = after;
    touched = line;
  }
}
