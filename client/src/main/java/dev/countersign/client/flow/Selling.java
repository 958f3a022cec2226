package dev.countersign.client.flow;

import dev.countersign.client.flow.ScanOutcome.Added;
import dev.countersign.client.flow.ScanOutcome.Choose;
import dev.countersign.client.flow.ScanOutcome.CouponRefused;
import dev.countersign.client.flow.ScanOutcome.CouponShown;
import dev.countersign.client.flow.ScanOutcome.Expired;
import dev.countersign.client.flow.ScanOutcome.Full;
import dev.countersign.client.flow.ScanOutcome.Multiplied;
import dev.countersign.client.flow.ScanOutcome.NothingIn;
import dev.countersign.client.flow.ScanOutcome.Recognised;
import dev.countersign.client.flow.ScanOutcome.Unknown;
import dev.countersign.client.flow.ScanOutcome.Unreadable;
import dev.countersign.client.flow.ScanOutcome.WrongCount;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Gs1Code;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.MeasuredCode;
import dev.countersign.common.catalogue.PlainCode;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.catalogue.UnreadableCode;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Offering;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cashier rings up a sale. Every act is on the disk before it is shown, so that the basket
 * survives a lock, a crash and a power cut. One thread at a time; blocking.
 */
public final class Selling {
  /** Enough to take back a customer's change of mind; older acts stand. */
  private static final int MOST_UNDO = 100;

  /** The first digit of the GTIN-14 of an item of variable measure. */
  private static final int SOLD_BY_MEASURE = 9;

  private final Ledger ledger;
  private final Catalogue catalogue;
  private final Supplier<BarcodeRules> rules;
  private final TaxRounding rounding;
  private final Clock clock;
  private final Deque<Basket> before = new ArrayDeque<>();
  private Basket basket;
  private Quantity next = Quantity.ONE;
  private int touched;

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
    this.rules = rules;
    this.rounding = rounding;
    this.clock = clock;
    this.basket = ledger.draft().orElse(Basket.empty(currency));
    this.touched = basket.lines().size();
  }

  public Running running() {
    PricedBasket priced = Pricing.price(basket, rounding, offering());
    return new Running(basket, priced, touched, next, !before.isEmpty());
  }

  private Offering offering() {
    return ledger.deals().at(LocalDateTime.now(clock));
  }

  /** A scanner read something. */
  public ScanOutcome scan(String code) {
    return switch (rules.get().read(code, LocalDate.now(clock))) {
      case UnreadableCode unreadable -> new Unreadable(unreadable.text(), unreadable.reason());
      case Gs1Code symbol -> scan(symbol);
      case PlainCode plain -> found(plain.text(), catalogue.byCode(plain.text()));
      case MeasuredCode measured -> scan(measured);
    };
  }

  /**
   * What a scale or a labeller has printed. A code whose item nobody knows may still be one that
   * only looks so, and stands on a product as a whole.
   */
  private ScanOutcome scan(MeasuredCode measured) {
    List<CatalogueHit> base = catalogue.byCode(measured.baseCode());
    if (base.isEmpty()) {
      return found(measured.text(), catalogue.byCode(measured.text()));
    }
    if (measured.value().signum() == 0) {
      return new NothingIn(measured.text());
    }
    List<CatalogueHit> hits =
        switch (measured.meaning()) {
          case WEIGHT, COUNT -> Measuring.times(base, Measuring.quantity(measured.value()));
          case PRICE -> Measuring.worth(base, measured.price(basket.currency()));
        };
    return hits.isEmpty() ? new NothingIn(measured.text()) : found(measured.text(), hits);
  }

  /**
   * The item of a GS1 symbol, as often as the symbol says. A net weight or a price counts only with
   * indicator 9, which means that the item is sold by it (GS1 General Specifications, AI 310n and
   * 392n). What is past its last day is asked about.
   */
  private ScanOutcome scan(Gs1Code symbol) {
    Optional<Gtin> gtin = symbol.gtin();
    if (gtin.isEmpty()) {
      return new Unknown(symbol.text().replaceAll("\\p{Cntrl}", " ").strip());
    }
    List<CatalogueHit> hits = hits(symbol, gtin.get());
    String code = gtin.get().shortest();
    Optional<LocalDate> past = symbol.expiry().filter(day -> day.isBefore(LocalDate.now(clock)));
    return past.isPresent() && !hits.isEmpty()
        ? new Expired(code, hits, past.get())
        : found(code, hits);
  }

  private List<CatalogueHit> hits(Gs1Code symbol, Gtin gtin) {
    List<CatalogueHit> hits = catalogue.byCode(gtin.digits14());
    boolean measured = gtin.indicator() == SOLD_BY_MEASURE;
    Optional<BigDecimal> weight =
        measured ? symbol.netKilograms().filter(kilos -> kilos.signum() > 0) : Optional.empty();
    Optional<BigDecimal> price =
        measured ? symbol.price().filter(amount -> amount.signum() > 0) : Optional.empty();
    if (weight.isEmpty() && price.isPresent()) {
      return Measuring.worth(
          hits, Money.round(price.get(), basket.currency(), RoundingMode.HALF_UP));
    }
    Quantity times =
        weight
            .or(symbol::count)
            .filter(amount -> amount.signum() > 0)
            .map(Measuring::quantity)
            .orElse(Quantity.ONE);
    return Measuring.times(hits, times);
  }

  /** Somebody has looked at goods that are past their last day, and sells them. */
  public ScanOutcome sellExpired(Expired expired) {
    return found(expired.code(), expired.hits());
  }

  private ScanOutcome found(String code, List<CatalogueHit> hits) {
    return switch (hits.size()) {
      case 0 -> coupon(code);
      case 1 -> sell(hits.getFirst(), code);
      default -> new Choose(code, hits);
    };
  }

  /**
   * Somebody typed something and pressed Enter: a count, a code, or words that a product's name
   * begins with.
   */
  public ScanOutcome typed(String text) {
    if (Multiplier.isOne(text)) {
      return Multiplier.read(text).map(this::multiply).orElseGet(() -> new WrongCount(text));
    }
    List<CatalogueHit> hits = catalogue.byCode(text);
    if (!hits.isEmpty()) {
      return hits.size() == 1 ? sell(hits.getFirst(), text) : new Choose(text.strip(), hits);
    }
    List<Product> found = catalogue.search(text, 2);
    return switch (found.size()) {
      case 0 -> coupon(text.strip());
      case 1 -> sell(found.getFirst());
      default ->
          new Choose(
              text.strip(),
              catalogue.search(text, 12).stream()
                  .map(product -> new CatalogueHit(product, Quantity.ONE))
                  .toList());
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

  /** One of several products was chosen. */
  public ScanOutcome sell(CatalogueHit hit, String code) {
    Product product = hit.product();
    LineItem item =
        new LineItem(
            product.id(),
            code.strip(),
            product.name(),
            product.size(),
            catalogue.taxes(product),
            product.category());
    if (basket.lines().size() >= Basket.MOST_LINES) {
      return new Full();
    }
    Quantity quantity = takeNext().times(hit.pack());
    Basket after = basket.addOrIncrease(item, quantity, new LinePrice.Each(product.price()));
    keep(after, after.lines().size());
    return new Added(running());
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

  /** Strikes a line through; a line that is voided already stays as it is. */
  public Running voidLine(int no) {
    boolean live = no >= 1 && no <= basket.lines().size() && !basket.lines().get(no - 1).voided();
    if (live) {
      keep(basket.voidLine(no), no);
    }
    return running();
  }

  /**
   * Takes the last act back; nothing to take back changes nothing. What was rung up stays visible,
   * struck through: otherwise goods could be shown, paid for in cash and unrung without a trace.
   */
  public Running undo() {
    next = Quantity.ONE;
    if (!before.isEmpty()) {
      basket = basket.backTo(before.pop());
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

  private void startAfresh() {
    before.clear();
    basket = Basket.empty(basket.currency());
    next = Quantity.ONE;
    touched = 0;
  }

  private void keep(Basket after, int line) {
    ledger.saveDraft(after);
    before.push(basket);
    if (before.size() > MOST_UNDO) {
      before.removeLast();
    }
    basket = after;
    touched = line;
  }
}
