package dev.countersign.client.flow;

import dev.countersign.client.flow.ScanOutcome.Added;
import dev.countersign.client.flow.ScanOutcome.Choose;
import dev.countersign.client.flow.ScanOutcome.Full;
import dev.countersign.client.flow.ScanOutcome.Multiplied;
import dev.countersign.client.flow.ScanOutcome.Unknown;
import dev.countersign.client.flow.ScanOutcome.Unreadable;
import dev.countersign.client.flow.ScanOutcome.WrongCount;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Gs1Code;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.MeasuredCode;
import dev.countersign.common.catalogue.PlainCode;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.catalogue.UnreadableCode;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
  private final BarcodeRules rules;
  private final TaxRounding rounding;
  private final Clock clock;
  private final Deque<Basket> before = new ArrayDeque<>();
  private Basket basket;
  private Quantity next = Quantity.ONE;
  private int touched;

  /** Goes on with the basket that was kept, if there is one. */
  public Selling(
      Ledger ledger,
      Catalogue catalogue,
      BarcodeRules rules,
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
    return new Running(basket, Pricing.price(basket, rounding), touched, next, !before.isEmpty());
  }

  /** A scanner read something. */
  public ScanOutcome scan(String code) {
    return switch (rules.read(code, LocalDate.now(clock))) {
      case UnreadableCode unreadable -> new Unreadable(unreadable.text(), unreadable.reason());
      case Gs1Code symbol -> scan(symbol);
      case PlainCode plain -> found(plain.text(), catalogue.byCode(plain.text()));
      case MeasuredCode measured -> found(measured.text(), catalogue.byCode(measured.text()));
    };
  }

  /**
   * The item of a GS1 symbol, as often as the symbol says. A net weight counts only with indicator
   * 9, which means that the item is sold by it (GS1 General Specifications, AI 310n).
   */
  private ScanOutcome scan(Gs1Code symbol) {
    Optional<Gtin> gtin = symbol.gtin();
    if (gtin.isEmpty()) {
      return new Unknown(symbol.text().replaceAll("\\p{Cntrl}", " ").strip());
    }
    String code = gtin.get().digits14();
    Optional<BigDecimal> weight =
        gtin.get().indicator() == SOLD_BY_MEASURE ? symbol.netKilograms() : Optional.empty();
    Quantity times =
        weight
            .or(symbol::count)
            .filter(amount -> amount.signum() > 0)
            .map(amount -> Quantity.ofExact(amount.setScale(3, RoundingMode.HALF_UP)))
            .orElse(Quantity.ONE);
    List<CatalogueHit> hits =
        catalogue.byCode(code).stream()
            .map(hit -> new CatalogueHit(hit.product(), times.times(hit.pack())))
            .toList();
    return found(gtin.get().shortest(), hits);
  }

  private ScanOutcome found(String code, List<CatalogueHit> hits) {
    return switch (hits.size()) {
      case 0 -> new Unknown(code);
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
      case 0 -> new Unknown(text.strip());
      case 1 -> sell(found.getFirst());
      default ->
          new Choose(
              text.strip(),
              catalogue.search(text, 12).stream()
                  .map(product -> new CatalogueHit(product, Quantity.ONE))
                  .toList());
    };
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
            product.id(), code.strip(), product.name(), product.size(), catalogue.taxes(product));
    Quantity quantity = next.times(hit.pack());
    if (basket.lines().size() >= Basket.MOST_LINES) {
      return new Full();
    }
    Basket after = basket.addOrIncrease(item, quantity, new LinePrice.Each(product.price()));
    next = Quantity.ONE;
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
