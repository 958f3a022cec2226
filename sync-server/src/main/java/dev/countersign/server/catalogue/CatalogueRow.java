package dev.countersign.server.catalogue;

import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.guard.Finding;
import dev.countersign.common.guard.GovernmentId;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.server.account.Names;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one row of a catalogue file: pure, it decides what is a product and what is not. */
final class CatalogueRow {
  /** The columns of a catalogue file, in this order. */
  static final List<String> COLUMNS =
      List.of(
          "item_number",
          "description",
          "category",
          "vendor",
          "bottle_ml",
          "pack",
          "proof",
          "upc",
          "scc",
          "bottle_cost",
          "case_cost",
          "bottle_retail",
          "list_date");

  /** The columns that may stand behind them: what is to be minded when a product is sold. */
  static final List<String> FURTHER =
      List.of("least_age", "restricted", "by_weight", "is_deposit", "deposits");

  /** The column that may stand behind those: by which taxes a product is taxed. */
  static final List<String> TAXED = List.of("taxes");

  /** The column that may stand last: {@code yes} when whoever rings it up says what it costs. */
  static final List<String> PRICED = List.of("open_price");

  /** All of them. */
  static final List<String> ALL =
      Stream.of(COLUMNS, FURTHER, TAXED, PRICED).flatMap(List::stream).toList();

  private static final int TAXES_AT = COLUMNS.size() + FURTHER.size();
  private static final int OPEN_PRICE_AT = TAXES_AT + TAXED.size();

  private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,31}");
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,4})?");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");

  /** What a row says. */
  sealed interface Reading permits Read, Refused, HoldsCardNumber {}

  /**
   * A product; the warnings name what was left out of it, or what a person should look at.
   *
   * @param minded true when the row says what is to be minded of it
   * @param priced true when it says whether its price is open
   * @param taxed true when it is said how it is taxed, by the row or for all that say nothing
   */
  record Read(
      ProductItem product,
      boolean minded,
      boolean priced,
      boolean taxed,
      List<String> warnings,
      Set<GovernmentId> governmentIds)
      implements Reading {}

  /** A row that is not taken, and whose text is not repeated anywhere. */
  record HoldsCardNumber(String column) implements Reading {}

  /** No product. */
  record Refused(String reason) implements Reading {}

  private CatalogueRow() {}

  /**
   * Reads one.
   *
   * @param ids the product of an item number
   * @param taxes those that a product can have
   */
  static Reading read(
      List<String> fields, Currency currency, Function<String, UUID> ids, TaxNames taxes) {
    Finding found = Finding.NONE;
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Finding here = Finding.in(fields.get(i));
      if (here.cardNumber()) {
        return new HoldsCardNumber(column(i));
      }
      if (!here.governmentIds().isEmpty()) {
        warnings.add(column(i) + " holds what may be a person's number of a state");
      }
      found = found.and(here);
    }
    String sku = fields.get(0).strip();
    String name = fields.get(1).strip();
    String category = fields.get(2).strip();
    if (!SKU.matcher(sku).matches()) {
      return new Refused("item_number '" + shown(sku) + "' is not an item number");
    }
    if (!Names.isName(name)) {
      return new Refused("description must be 1 to 100 characters");
    }
    if (!category.isEmpty() && !Names.isName(category)) {
      return new Refused("category must be at most 100 characters");
    }
    Optional<Long> price = price(fields.get(11).strip(), currency);
    if (price.isEmpty()) {
      return new Refused(
          "bottle_retail '" + shown(fields.get(11)) + "' is not a price in " + currency);
    }
    boolean minded = fields.size() > COLUMNS.size();
    boolean priced = fields.size() > OPEN_PRICE_AT;
    Handling handling;
    @Nullable List<UUID> by;
    try {
      handling = minded ? handling(fields, ids) : Handling.NONE;
      by = fields.size() > TAXES_AT ? taxes.read(fields.get(TAXES_AT)) : taxes.usual();
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
    List<Barcode> barcodes = barcodes(fields, warnings);
    String size = size(fields.get(4).strip(), warnings);
    return new Read(
        new ProductItem(
            sku,
            name,
            category,
            size,
            price.get(),
            by == null ? List.of() : by,
            barcodes,
            handling),
        minded,
        priced,
        by != null,
        warnings,
        found.governmentIds());
  }

  private static String column(int index) {
    return ALL.get(index);
  }

  /** Empty fields stand for nothing to be minded. */
  private static Handling handling(List<String> fields, Function<String, UUID> ids) {
    int first = COLUMNS.size();
    String age = fields.get(first).strip();
    if (!age.isEmpty() && !Field.LEAST_AGE.fits(age)) {
      throw new IllegalArgumentException("least_age '" + shown(age) + "' is no age in years");
    }
    String restricted = fields.get(first + 1).strip().toLowerCase(Locale.ROOT);
    if (!Handling.isKind(restricted)) {
      throw new IllegalArgumentException("restricted '" + shown(restricted) + "' is no name");
    }
    List<Deposit> deposits = new ArrayList<>();
    String said = fields.get(first + 4).strip();
    for (String part : said.isEmpty() ? new String[0] : said.split(" +")) {
      String[] parts = part.split("\\*", 2);
      if (!SKU.matcher(parts[0]).matches()
          || (parts.length > 1 && !COUNT.matcher(parts[1]).matches())) {
        throw new IllegalArgumentException("deposits must be such as 9001*20 9002*1");
      }
      deposits.add(
          new Deposit(
              ids.apply(parts[0]), Quantity.of(parts.length > 1 ? Long.parseLong(parts[1]) : 1)));
    }
    if (deposits.stream().map(Deposit::product).distinct().count() < deposits.size()) {
      throw new IllegalArgumentException("deposits names a container twice");
    }
    boolean container = yes(fields, first + 3);
    boolean openPrice = fields.size() > OPEN_PRICE_AT && yes(fields, OPEN_PRICE_AT);
    if (container && openPrice) {
      throw new IllegalArgumentException("open_price: a deposit has the catalogue's price");
    }
    return new Handling(
        age.isEmpty() ? 0 : Integer.parseInt(age),
        restricted,
        yes(fields, first + 2),
        container,
        deposits,
        openPrice);
  }

  private static boolean yes(List<String> fields, int index) {
    return switch (fields.get(index).strip().toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no", "" -> false;
      default -> throw new IllegalArgumentException(column(index) + " must be yes or no");
    };
  }

  private static Optional<Long> price(String text, Currency currency) {
    if (!PRICE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BigDecimal(text)
              .movePointRight(Math.max(0, currency.getDefaultFractionDigits()))
              .longValueExact());
    } catch (ArithmeticException _) {
      // a fraction of the currency's smallest unit
      return Optional.empty();
    }
  }

  private static List<Barcode> barcodes(List<String> fields, List<String> warnings) {
    List<Barcode> barcodes = new ArrayList<>(2);
    String upc = fields.get(7).strip();
    Optional<Gtin> single = upc.isEmpty() ? Optional.empty() : Gtin.parse(upc);
    if (single.isPresent()) {
      barcodes.add(new Barcode(single.get().digits14(), Quantity.ONE));
    } else if (!upc.isEmpty()) {
      warnings.add("upc '" + shown(upc) + "' is no barcode and is left out");
    }
    String scc = fields.get(8).strip();
    if (scc.isEmpty()) {
      return barcodes;
    }
    Optional<Gtin> pack = Gtin.parse(scc);
    String count = fields.get(5).strip();
    if (pack.isEmpty()) {
      warnings.add("scc '" + shown(scc) + "' is no barcode and is left out");
    } else if (!COUNT.matcher(count).matches()) {
      warnings.add("pack '" + shown(count) + "' is no count, scc is left out");
    } else if (single.isEmpty() || !single.get().equals(pack.get())) {
      barcodes.add(new Barcode(pack.get().digits14(), Quantity.of(Long.parseLong(count))));
    } else if (Long.parseLong(count) != 1) {
      warnings.add("scc is the same barcode as upc and is left out");
    }
    return barcodes;
  }

  private static String size(String millilitres, List<String> warnings) {
    if (COUNT.matcher(millilitres).matches()) {
      return millilitres + " ml";
    }
    if (!millilitres.isEmpty() && !millilitres.equals("0")) {
      warnings.add("bottle_ml '" + shown(millilitres) + "' is no size and is left out");
    }
    return "";
  }

  /** At most thirty printable characters of what the file says. */
  static String shown(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 30 ? printable : printable.substring(0, 30) + "…";
  }
}
