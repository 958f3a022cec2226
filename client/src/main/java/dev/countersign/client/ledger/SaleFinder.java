package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.MoneyFormatException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds sales of this till, and of the others of its store as far as they were gathered, by what a
 * customer remembers: a day, an amount, a product, the last four digits of a card, the end of the
 * receipt's number. Words that stand beside each other all fit. Goes from the last sale back, a
 * piece at a time, so that nothing waits for the whole of it.
 */
final class SaleFinder {
  /** As many as anybody looks through. */
  static final int MOST = 50;

  private static final int AT_ONCE = 500;

  /** Where a search ends that finds little. */
  private static final int FARTHEST = 30_000;

  private static final List<DateTimeFormatter> DAYS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE,
          DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT),
          DateTimeFormatter.ofPattern("d/M/uuuu", Locale.ROOT));

  private final TillStore store;
  private final Books books;
  private final Currency currency;

  SaleFinder(TillStore store, Books books, Currency currency) {
    this.store = store;
    this.books = books;
    this.currency = currency;
  }

  /** One thing that is remembered. */
  private sealed interface Hint {
    record Day(LocalDate day) implements Hint {}

    record Amount(long minor) implements Hint {}

    record Digits(String digits) implements Hint {}

    record Word(String word) implements Hint {}
  }

  /**
   * @param products that the text may name, as the catalogue knows them
   */
  List<FoundSale> find(String text, Set<UUID> products) {
    List<Hint> hints = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      if (!word.isEmpty()) {
        hints.add(hint(word));
      }
    }
    return together(
            fitting(hints, products, this::earlier), fitting(hints, products, this::gathered))
        .stream()
        .limit(MOST)
        .toList();
  }

  /**
   * The latest first. This till's own keep their order, also where its clock went back: those of
   * others stand between them by the latest time that it had reached, so that what it sold last is
   * never behind what it sold before.
   */
  private static List<FoundSale> together(List<FoundSale> own, List<FoundSale> others) {
    Deque<FoundSale> waiting =
        new ArrayDeque<>(others.stream().sorted(Comparator.comparing(FoundSale::at)).toList());
    List<FoundSale> all = new ArrayList<>();
    Instant reached = Instant.MIN;
    for (FoundSale sale : own.reversed()) {
      reached = sale.at().isAfter(reached) ? sale.at() : reached;
      while (!waiting.isEmpty() && !waiting.element().at().isAfter(reached)) {
        all.add(waiting.remove());
      }
      all.add(sale);
    }
    all.addAll(waiting);
    return all.reversed();
  }

  /** A sale that is looked at. */
  private record Looked(UUID id, Instant at, SaleCompleted body, boolean elsewhere) {}

  /**
   * Some sales, the latest first.
   *
   * @param last where the next piece begins, or null at the end
   */
  private record Piece(List<Looked> sales, @Nullable Long last) {}

  private List<FoundSale> fitting(
      List<Hint> hints, Set<UUID> products, LongFunction<Piece> earlier) {
    List<FoundSale> found = new ArrayList<>();
    Long before = Long.MAX_VALUE;
    for (int looked = 0;
        before != null && looked < FARTHEST && found.size() < MOST;
        looked += AT_ONCE) {
      Piece piece = earlier.apply(before);
      for (Looked sale : piece.sales()) {
        boolean fits =
            hasGoods(sale.body())
                && (hints.stream().allMatch(hint -> fits(hint, sale.body()))
                    || names(sale.body(), products));
        if (fits && found.size() < MOST) {
          found.add(found(sale));
        }
      }
      before = piece.last();
    }
    return found;
  }

  private Piece gathered(long before) {
    return store.read(
        db -> {
          GatheredSales.Piece piece = GatheredSales.before(db, before, AT_ONCE);
          return new Piece(
              piece.sales().stream()
                  .map(
                      each ->
                          new Looked(each.change().entity(), each.change().at(), each.sale(), true))
                  .toList(),
              piece.read() < AT_ONCE ? null : piece.last());
        });
  }

  private Piece earlier(long before) {
    return store.read(
        db -> {
          List<Looked> sales = new ArrayList<>();
          long last = before;
          for (long number :
              db.list(
                  "SELECT number FROM sale WHERE number < ? ORDER BY number DESC LIMIT ?",
                  row -> row.integer(1),
                  before,
                  AT_ONCE)) {
            CompletedSale sale = books.sale(db, number);
            sales.add(new Looked(sale.id(), sale.at(), sale.body(), false));
            last = number;
          }
          return new Piece(sales, sales.size() < AT_ONCE ? null : last);
        });
  }

  private Hint hint(String word) {
    for (DateTimeFormatter format : DAYS) {
      try {
        return new Hint.Day(LocalDate.parse(word, format));
      } catch (DateTimeException _) {
        // Not written this way.
      }
    }
    if (word.matches("[0-9]{3,6}")) {
      return new Hint.Digits(word);
    }
    return amount(word)
        .<Hint>map(Hint.Amount::new)
        .orElseGet(() -> new Hint.Word(word.toLowerCase(Locale.ROOT)));
  }

  /** With a point or a comma before the smaller unit. */
  private Optional<Long> amount(String word) {
    if (!word.matches("[0-9]{1,9}([.,][0-9]{1,3})?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Money.parse(word.replace(',', '.'), currency).minor());
    } catch (MoneyFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean fits(Hint hint, SaleCompleted sale) {
    return switch (hint) {
      case Hint.Day(LocalDate day) -> sale.businessDate().equals(day);
      case Hint.Amount(long minor) ->
          sale.total() == minor
              || sale.tenders().stream().anyMatch(paid -> paid.amount() == minor)
              || sale.lines().stream().anyMatch(line -> line.amount() == minor);
      case Hint.Digits(String digits) ->
          sale.receipt().endsWith(digits)
              || sale.tenders().stream().anyMatch(paid -> paid.lastFour().equals(digits))
              || sale.lines().stream().anyMatch(line -> line.code().equals(digits));
      case Hint.Word(String word) ->
          sale.lines().stream()
              .anyMatch(
                  line ->
                      line.name().toLowerCase(Locale.ROOT).contains(word)
                          || line.code().equalsIgnoreCase(word));
    };
  }

  private static boolean names(SaleCompleted sale, Set<UUID> products) {
    return sale.lines().stream()
        .anyMatch(line -> line.product() != null && products.contains(line.product()));
  }

  private static boolean hasGoods(SaleCompleted sale) {
    return sale.lines().stream().anyMatch(line -> line.quantity().isPositive());
  }

  private FoundSale found(Looked sale) {
    SaleCompleted body = sale.body();
    return new FoundSale(
        sale.id(),
        body.receipt(),
        sale.elsewhere(),
        sale.at(),
        Money.of(body.total(), currency),
        body.lines().stream().filter(line -> line.quantity().isPositive()).map(Line::name).toList(),
        body.tenders().stream().map(Paid::lastFour).filter(digits -> !digits.isEmpty()).toList());
  }
}
