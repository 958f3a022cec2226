package dev.countersign.client.flow;

import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.csv.CsvRows;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.CardNumbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the prices of a price list from a comma-separated file: a barcode or the shop's own number,
 * and what one unit costs. A row that is not taken is refused by itself. Nothing is written.
 */
public final class PriceFile {
  /** The first line of the file. */
  public static final List<String> COLUMNS = List.of("code", "price");

  /** As much as a price can be, in minor units. */
  private static final long LARGEST = 1_000_000_000_000L;

  private static final int LONGEST_SHOWN = 30;

  private final Catalogue catalogue;
  private final Currency currency;

  public PriceFile(Catalogue catalogue, Currency currency) {
    this.catalogue = catalogue;
    this.currency = currency;
  }

  /** Why a row is not taken. */
  public enum Why {
    /** It has no two fields, or is no text. */
    BROKEN,
    NO_PRODUCT,
    /** The code stands on several products. */
    SEVERAL,
    /** The code is that of a pack, and a list says what one costs. */
    PACK,
    NO_PRICE,
    /** The product stands in the file already. */
    TWICE,
    /** A list holds no more. */
    TOO_MANY
  }

  /** What a product shall cost. */
  public record Taken(Product product, Money price) {}

  /**
   * A row that is not taken.
   *
   * @param line from 1, the first line is 1
   * @param said the code, or the price that is none, as the file has it but no longer than a line;
   *     empty where it could be a card number
   */
  public record Refused(long line, Why why, String said) {}

  /** What the file says. */
  public record Reading(List<Taken> taken, List<Refused> refused) {
    public Reading {
      taken = List.copyOf(taken);
      refused = List.copyOf(refused);
    }
  }

  /**
   * Reads a file; blocking.
   *
   * @throws IOException when it cannot be read or its first line is another one
   */
  public Reading read(Path file) throws IOException {
    List<Taken> taken = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    Set<UUID> seen = new HashSet<>();
    try (CsvRows rows = CsvRows.open(file, COLUMNS)) {
      for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
        switch (row) {
          case CsvRows.Broken(long line, String _) ->
              refused.add(new Refused(line, Why.BROKEN, ""));
          case CsvRows.Fields(long line, List<String> values) -> {
            String code = values.getFirst().strip();
            switch (read(code, values.getLast().strip(), taken.size(), seen)) {
              case Row.Right(Taken right) -> taken.add(right);
              case Row.Wrong(Why why, String said) ->
                  refused.add(new Refused(line, why, shown(said)));
            }
          }
        }
      }
    }
    return new Reading(taken, refused);
  }

  private sealed interface Row {
    record Right(Taken taken) implements Row {}

    record Wrong(Why why, String said) implements Row {}
  }

  private Row read(String code, String price, int before, Set<UUID> seen) {
    List<CatalogueHit> hits = catalogue.byCode(code);
    if (hits.isEmpty()) {
      return new Row.Wrong(Why.NO_PRODUCT, code);
    }
    if (hits.stream().map(hit -> hit.product().id()).distinct().count() > 1) {
      return new Row.Wrong(Why.SEVERAL, code);
    }
    CatalogueHit hit = hits.getFirst();
    if (!hit.pack().equals(Quantity.ONE)) {
      return new Row.Wrong(Why.PACK, code);
    }
    Money amount;
    try {
      amount = Money.parse(price.replace(',', '.'), currency);
    } catch (IllegalArgumentException | ArithmeticException _) {
      return new Row.Wrong(Why.NO_PRICE, price);
    }
    if (amount.isNegative() || amount.minor() > LARGEST) {
      return new Row.Wrong(Why.NO_PRICE, price);
    }
    if (!seen.add(hit.product().id())) {
      return new Row.Wrong(Why.TWICE, code);
    }
    return before < PriceList.MOST
        ? new Row.Right(new Taken(hit.product(), amount))
        : new Row.Wrong(Why.TOO_MANY, code);
  }

  private static String shown(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    if (CardNumbers.isIn(printable)) {
      return "";
    }
    return printable.length() <= LONGEST_SHOWN
        ? printable
        : printable.substring(0, LONGEST_SHOWN) + "…";
  }
}
