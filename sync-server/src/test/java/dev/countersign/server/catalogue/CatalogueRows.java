package dev.countersign.server.catalogue;

import java.util.Currency;
import java.util.List;

/** Lets tests of other packages read a row of a catalogue. */
public final class CatalogueRows {
  /** The columns of a file. */
  public static final List<String> COLUMNS = CatalogueRow.COLUMNS;

  private CatalogueRows() {}

  /** What a row says, as text; the words of a refusal are bounded. */
  public static String read(List<String> fields) {
    return CatalogueRow.read(fields, Currency.getInstance("USD")).toString();
  }
}
