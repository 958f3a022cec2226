package dev.countersign.server.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/** Lets tests of other packages read a row of a catalogue. */
public final class CatalogueRows {
  /** The columns of a file. */
  public static final List<String> COLUMNS = CatalogueRow.COLUMNS;

  /** The same with what is to be minded behind them. */
  public static final List<String> ALL = all();

  private CatalogueRows() {}

  private static List<String> all() {
    List<String> all = new ArrayList<>(CatalogueRow.COLUMNS);
    all.addAll(CatalogueRow.FURTHER);
    return List.copyOf(all);
  }

  /** What a row says, as text; the words of a refusal are bounded. */
  public static String read(List<String> fields) {
    return CatalogueRow.read(fields, Currency.getInstance("USD"), CatalogueRows::id).toString();
  }

  private static UUID id(String sku) {
    return UUID.nameUUIDFromBytes(sku.getBytes(StandardCharsets.UTF_8));
  }
}
