package dev.countersign.app.demo;

import dev.countersign.common.csv.CsvRows;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A file of real sales with the columns of the State of Iowa's liquor sales: {@code date,
 * store_number, invoice, line, item_number, bottles, amount}. The lines of an invoice are one sale;
 * they need not stand together. A row that cannot be read is refused by itself, the rest goes in. A
 * file of the online retailer of the UCI repository is read too, see {@link RetailRows}.
 *
 * @param currency of all amounts
 * @param stores store number → its invoices in the order of their dates
 * @param refused what did not go in, and why
 */
public record SalesFile(
    Currency currency, Map<String, List<Invoice>> stores, List<RefusedRow> refused) {
  private static final List<String> COLUMNS =
      List.of("date", "store_number", "invoice", "line", "item_number", "bottles", "amount");

  private static final Pattern CODE = Pattern.compile("[\\p{Alnum}./_-]{1,40}");

  private static final Currency DOLLARS = Currency.getInstance("USD");

  /**
   * One invoice: the lines in the order of their numbers.
   *
   * @param customer empty where the file names none
   */
  public record Invoice(String number, LocalDate date, String customer, List<Line> lines) {}

  /**
   * @param item the catalogue's item number
   * @param bottles not zero; negative for goods that came back
   * @param amount what the whole line cost
   */
  public record Line(int no, String item, Quantity bottles, Money amount) {}

  /** A row that did not go in: {@code file:row: reason}. */
  public record RefusedRow(String file, long row, String reason) {
    @Override
    public String toString() {
      return file + ":" + row + ": " + reason;
    }
  }

  /** Why a row cannot be read. */
  static final class BadRow extends Exception {
    private static final long serialVersionUID = 1L;

    final String reason;

    BadRow(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private record Key(String store, String invoice, LocalDate date) {}

  /**
   * Reads a whole file.
   *
   * @param only store numbers to take; empty takes every store
   * @throws IOException when the file cannot be read or its header is not the expected one
   */
  public static SalesFile read(Path file, Set<String> only) throws IOException {
    if (RetailRows.are(file)) {
      return RetailRows.read(file, only);
    }
    Currency currency = DOLLARS;
    String name = String.valueOf(file.getFileName());
    Map<Key, Invoice> invoices = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    List<RefusedRow> refused = new ArrayList<>();
    try (CsvRows csv = CsvRows.open(file, COLUMNS)) {
      for (CsvRows.Row row = csv.next(); row != null; row = csv.next()) {
        try {
          switch (row) {
            case CsvRows.Broken broken -> throw new BadRow(broken.reason());
            case CsvRows.Fields(long _, List<String> values) ->
                take(values, only, currency, invoices, seen);
          }
        } catch (BadRow e) {
          refused.add(new RefusedRow(name, row.line(), e.reason));
        }
      }
    }
    return new SalesFile(currency, byStore(invoices), List.copyOf(refused));
  }

  private static Map<String, List<Invoice>> byStore(Map<Key, Invoice> invoices) {
    Map<String, List<Invoice>> stores = new TreeMap<>();
    invoices.forEach(
        (key, invoice) -> {
          invoice.lines().sort((a, b) -> Integer.compare(a.no(), b.no()));
          stores.computeIfAbsent(key.store(), _ -> new ArrayList<>()).add(invoice);
        });
    // A stable sort: invoices of one day stay in the order of the file.
    stores.values().forEach(list -> list.sort((a, b) -> a.date().compareTo(b.date())));
    return stores;
  }

  private static void take(
      List<String> row,
      Set<String> only,
      Currency currency,
      Map<Key, Invoice> invoices,
      Set<String> seen)
      throws BadRow {
    String store = code(row, 1);
    if (!only.isEmpty() && !only.contains(store)) {
      return;
    }
    LocalDate date = date(row.get(0));
    String invoice = code(row, 2);
    Line line =
        new Line(
            lineNumber(row.get(3)),
            code(row, 4),
            bottles(row.get(5)),
            amount(row.get(6), currency));
    if (line.amount().minor() != 0 && line.amount().isNegative() != line.bottles().isNegative()) {
      throw new BadRow("bottles and amount do not have the same sign");
    }
    if (!seen.add(store + "\t" + invoice + "\t" + line.no())) {
      throw new BadRow("line " + line.no() + " of invoice " + invoice + " stands there twice");
    }
    invoices
        .computeIfAbsent(
            new Key(store, invoice, date), _ -> new Invoice(invoice, date, "", new ArrayList<>()))
        .lines()
        .add(line);
  }

  private static String code(List<String> row, int column) throws BadRow {
    String text = row.get(column);
    if (!CODE.matcher(text).matches()) {
      throw new BadRow(COLUMNS.get(column) + " is not a code: " + shown(text));
    }
    return text;
  }

  private static LocalDate date(String text) throws BadRow {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new BadRow("date is not a date: " + shown(text));
    }
  }

  private static int lineNumber(String text) throws BadRow {
    try {
      int no = Integer.parseInt(text);
      if (no >= 1) {
        return no;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new BadRow("line is not a positive whole number: " + shown(text));
  }

  private static Quantity bottles(String text) throws BadRow {
    try {
      Quantity bottles = Quantity.parse(text);
      if (!bottles.isZero()) {
        return bottles;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new BadRow("bottles is not a quantity other than zero: " + shown(text));
  }

  private static Money amount(String text, Currency currency) throws BadRow {
    try {
      return Money.parse(text, currency);
    } catch (IllegalArgumentException e) {
      throw new BadRow("amount is not an amount of " + currency + ": " + shown(text));
    }
  }

  static String shown(String text) {
    String visible = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return "“" + visible.replaceAll("\\p{Cntrl}", "?") + "”";
  }
}
