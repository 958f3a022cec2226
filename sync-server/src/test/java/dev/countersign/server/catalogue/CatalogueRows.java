package dev.countersign.server.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lets tests of other packages read a row of a catalogue. */
public final class CatalogueRows {
  /** The columns of a file. */
  public static final List<String> COLUMNS = CatalogueRow.COLUMNS;

  /** The same with what may stand behind them. */
  public static final List<String> ALL = CatalogueRow.ALL;

  private static final TaxNames TAXES = new TaxNames(Map.of(id("VAT"), "VAT", id("Duty"), "Duty"));

  private CatalogueRows() {}

  /** What a row says, as text; the words of a refusal are bounded. */
  public static String read(List<String> fields) {
    return CatalogueRow.read(fields, Currency.getInstance("USD"), CatalogueRows::id, TAXES)
        .toString();
  }

  private static UUID id(String sku) {
    return UUID.nameUUIDFromBytes(sku.getBytes(StandardCharsets.UTF_8));
  }
}
