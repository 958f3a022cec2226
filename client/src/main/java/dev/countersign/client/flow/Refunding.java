package dev.countersign.client.flow;

import dev.countersign.client.device.ReceiptCheck;
import dev.countersign.client.ledger.Books;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.FoundSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.sync.OlderSales;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Goods come back: their receipt is found, what comes back is chosen, and it stands in the running
 * sale as lines that give money back. So a refund alone, an exchange and goods without a receipt
 * are one thing, and a sale that was being rung up is not lost. One thread at a time; blocking.
 */
public final class Refunding {
  private final Ledger ledger;
  private final Books books;
  private final Catalogue catalogue;
  private final Elsewhere elsewhere;
  private final Selling selling;

  /** Asks the server about sales that this till does not keep. */
  @FunctionalInterface
  public interface Elsewhere {
    OlderSales.Outcome ask(Function<OlderSales, OlderSales.Outcome> question);
  }

  public Refunding(
      Ledger ledger, Books books, Catalogue catalogue, Elsewhere elsewhere, Selling selling) {
    this.ledger = ledger;
    this.books = books;
    this.catalogue = catalogue;
    this.elsewhere = elsewhere;
    this.selling = selling;
  }

  /** What came of looking for a receipt. */
  public sealed interface Found {
    /** This one. */
    record Sale(SoldBefore sold) implements Found {}

    /**
     * Those that are kept here and fit, the latest first: of this till, and of the others of its
     * store what it gathered.
     *
     * @param goods what the text names, when it is a product's code
     */
    record Several(List<FoundSale> sales, List<CatalogueHit> goods) implements Found {}

    /** The store has no such sale. */
    record NotThere() implements Found {}

    /** Neither of this till nor gathered, or older than it keeps, and nobody can be asked now. */
    record NotNow() implements Found {}

    /** A receipt of another business. */
    record OtherBusiness() implements Found {}
  }

  /**
   * Looks for a receipt: by the link in its code, by its number, or by what is remembered of the
   * sale.
   */
  public Found find(String text) {
    Optional<ReceiptCheck.Link> link = ReceiptCheck.read(text.strip());
    if (link.isPresent()) {
      return link.get().tenant().equals(ledger.enrolled().tenant())
          ? sale(link.get().sale())
          : new Found.OtherBusiness();
    }
    Optional<ReceiptNumber> receipt = ReceiptNumber.parse(text.strip().toUpperCase(Locale.ROOT));
    if (receipt.isPresent()) {
      return sale(receipt.get());
    }
    List<CatalogueHit> goods = selling.back(text).map(Codes.Label::items).orElse(List.of());
    Set<UUID> products =
        goods.stream().map(hit -> hit.product().id()).collect(Collectors.toUnmodifiableSet());
    return new Found.Several(books.find(text, products), goods);
  }

  /** A sale of this till as it is kept; any other as the server knows it, if it can be asked. */
  public Found sale(UUID sale) {
    return found(ledger.soldBefore(sale), older -> older.fetch(sale));
  }

  private Found sale(ReceiptNumber receipt) {
    return found(ledger.soldBefore(receipt), older -> older.fetch(receipt));
  }

  private Found found(
      Optional<SoldBefore> kept, Function<OlderSales, OlderSales.Outcome> question) {
    if (kept.isPresent() && isOwn(kept.get().sale().body())) {
      return new Found.Sale(kept.get());
    }
    return switch (elsewhere.ask(question)) {
      case OlderSales.Outcome.Fetched(UUID sale) ->
          ledger.soldBefore(sale).<Found>map(Found.Sale::new).orElseGet(Found.NotThere::new);
      case OlderSales.Outcome.NotThere _ -> new Found.NotThere();
      case OlderSales.Outcome.NotNow _ ->
          kept.<Found>map(Found.Sale::new).orElseGet(Found.NotNow::new);
    };
  }

  /** By the series, which is this till's alone: a till that was replaced had another. */
  private boolean isOwn(SaleCompleted sale) {
    String series = ledger.enrolled().series();
    return ReceiptNumber.parse(sale.receipt())
        .filter(receipt -> receipt.series().equals(series))
        .isPresent();
  }

  /** How much of each line of a sale can come back now: not what stands in the running sale. */
  public static Map<Integer, Quantity> left(SoldBefore sold, Running running) {
    Set<Integer> inSale = new HashSet<>();
    for (BasketLine line : running.basket().liveLines()) {
      if (line.price() instanceof LinePrice.Refunded back && back.sale().equals(sold.sale().id())) {
        inSale.add(back.part().lineNo());
      }
    }
    Map<Integer, Quantity> left = new TreeMap<>();
    for (RefundableLine line : sold.lines()) {
      left.put(line.lineNo(), inSale.contains(line.lineNo()) ? Quantity.ZERO : line.remaining());
    }
    return left;
  }

  /** What so much of a line gives back; nothing for more than is left of it. */
  public static Money gives(RefundableLine line, Quantity quantity) {
    return quantity.isPositive() && Refunds.refund(line, quantity) instanceof Refunds.Part part
        ? part.amount().totalIncluded()
        : Money.zero(line.paid().totalIncluded().currency());
  }

  /** What a code picks of the lines of a sale. */
  public sealed interface Picked {
    /**
     * One of them.
     *
     * @param more how much of it, above 0
     */
    record Piece(int line, Quantity more) implements Picked {}

    /** All that was sold of it is coming back already. */
    record NoMore(String name) implements Picked {}

    /** It was not sold with this sale. */
    record NotOnIt(String name) implements Picked {}

    /** No code of goods. */
    record Nothing() implements Picked {}
  }

  /**
   * The line that a piece on the counter is of. A label picks the line of just its weight or price,
   * where there is one: of three pieces of the same cheese it is that one.
   *
   * @param room how much more of each line can be chosen
   */
  public Picked pick(SoldBefore sold, Map<Integer, Quantity> room, String code) {
    Optional<Codes.Label> read = selling.back(code);
    if (read.isEmpty()) {
      return new Picked.Nothing();
    }
    Codes.Label label = read.get();
    Picked.Piece first = null;
    boolean onIt = false;
    for (CatalogueHit item : label.items()) {
      for (SaleCompleted.Line line : sold.sale().body().lines()) {
        if (item.product().id().equals(line.product())) {
          onIt = true;
          Quantity left = room.getOrDefault(line.no(), Quantity.ZERO);
          Quantity more = much(label, item, line, left);
          if (left.isPositive() && more.equals(left)) {
            return new Picked.Piece(line.no(), more);
          }
          if (left.isPositive() && first == null) {
            first = new Picked.Piece(line.no(), more);
          }
        }
      }
    }
    if (first != null) {
      return first;
    }
    String name = label.items().getFirst().product().name();
    return onIt ? new Picked.NoMore(name) : new Picked.NotOnIt(name);
  }

  /** A price stands for so much as it bought on that day; of what had none, for all. */
  private Quantity much(
      Codes.Label label, CatalogueHit item, SaleCompleted.Line line, Quantity left) {
    Money price = label.price();
    if (price == null) {
      return label.times().times(item.pack());
    }
    Long unit = line.unit();
    return unit == null
        ? left
        : Measuring.worth(Money.of(unit, price.currency()), price).orElse(left);
  }

  /**
   * Puts what comes back into the running sale.
   *
   * @param chosen how much of each line, above 0
   * @param reason why, in the words of whoever took it back
   * @throws IllegalArgumentException for more than is left of a line
   */
  public Running bringBack(SoldBefore sold, Map<Integer, Quantity> chosen, String reason) {
    return selling.bringBack(
        basket -> {
          Basket with = basket;
          Map<Integer, Integer> places = new HashMap<>();
          for (RefundableLine line : sold.lines()) {
            Quantity quantity = chosen.getOrDefault(line.lineNo(), Quantity.ZERO);
            if (quantity.isPositive()) {
              if (!(Refunds.refund(line, quantity) instanceof Refunds.Part part)) {
                throw new IllegalArgumentException("more than is left of line " + line.lineNo());
              }
              with = sold.bringBack(with, part, reason.strip(), places);
              places.put(line.lineNo(), with.lines().size());
            }
          }
          return with;
        });
  }

  /** Products that a code or words mean, for goods without a receipt. */
  public List<CatalogueHit> products(String text, int most) {
    Optional<Codes.Label> label = selling.back(text);
    if (label.isEmpty()) {
      return catalogue.search(text, most).stream()
          .map(product -> new CatalogueHit(product, Quantity.ONE))
          .toList();
    }
    List<CatalogueHit> hits = label.get().hits();
    return hits.isEmpty() ? label.get().items() : hits;
  }

  /**
   * Puts goods without a receipt into the running sale.
   *
   * @param quantity above 0
   * @param unit what one gives back, not negative; more than today's price needs its own right
   * @param reason why, in the words of whoever took it back
   */
  public Running bringBack(Product product, Quantity quantity, Money unit, String reason) {
    LineItem item =
        new LineItem(
            product.id(), product.sku(), product.name(), product.size(), selling.taxes(product));
    return selling.bringBack(
        basket ->
            basket.add(item, quantity.negate(), new LinePrice.Returned(unit, reason.strip())));
  }
}
