package dev.countersign.app.demo;

import dev.countersign.app.demo.SalesFile.BadRow;
import dev.countersign.app.demo.SalesFile.Invoice;
import dev.countersign.app.demo.SalesFile.Line;
import dev.countersign.app.demo.SalesFile.RefusedRow;
import dev.countersign.common.csv.CsvRows;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of the UCI repository's "Online Retail": one shop, pounds, a customer by invoice. An
 * invoice that begins with C takes goods back and does not say of which invoice; a quantity below
 * nothing elsewhere is stock that was written off, without a price.
 */
final class RetailRows {
  private static final Currency POUNDS = Currency.getInstance("GBP");

  /** There is one shop. */
  private static final String STORE = "1";

  private static final List<String> COLUMNS =
      List.of(
          "InvoiceNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country");

  private static final int DAY = 10;

  private RetailRows() {}

  static boolean are(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      return first != null && first.strip().equals(String.join(",", COLUMNS));
    }
  }

  static SalesFile read(Path file, Set<String> only) throws IOException {
    String name = String.valueOf(file.getFileName());
    Map<String, Invoice> invoices = new LinkedHashMap<>();
    List<RefusedRow> refused = new ArrayList<>();
    try (CsvRows csv = CsvRows.open(file, COLUMNS)) {
      for (CsvRows.Row row = csv.next(); row != null; row = csv.next()) {
        try {
          switch (row) {
            case CsvRows.Broken broken -> throw new BadRow(broken.reason());
            case CsvRows.Fields(long _, List<String> values) -> take(values, invoices);
          }
        } catch (BadRow e) {
          refused.add(new RefusedRow(name, row.line(), e.reason));
        }
      }
    }
    boolean wanted = only.isEmpty() || only.contains(STORE);
    return new SalesFile(
        POUNDS,
        wanted ? Map.of(STORE, List.copyOf(invoices.values())) : Map.of(),
        List.copyOf(refused));
  }

  private static void take(List<String> row, Map<String, Invoice> invoices) throws BadRow {
    String number = row.get(0);
    String code = row.get(1);
    if (number.isBlank() || code.isBlank()) {
      throw new BadRow("no invoice or no code");
    }
    try {
      Quantity quantity = Quantity.parse(row.get(3));
      Money unit = Money.parse(row.get(5), POUNDS);
      LocalDate day = LocalDate.parse(row.get(4).substring(0, DAY));
      if (quantity.isZero() || unit.isNegative()) {
        throw new BadRow("nothing, or a price below nothing");
      }
      List<Line> lines =
          invoices
              .computeIfAbsent(number, _ -> new Invoice(number, day, row.get(6), new ArrayList<>()))
              .lines();
      lines.add(
          new Line(lines.size() + 1, code, quantity, unit.times(quantity, RoundingMode.HALF_UP)));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw new BadRow("cannot be read: " + SalesFile.shown(String.join(",", row)));
    }
  }
}
