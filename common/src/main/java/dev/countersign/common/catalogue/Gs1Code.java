package dev.countersign.common.catalogue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A GS1 symbol: an item together with its weight, price, batch, dates or serial number.
 *
 * @param elements in the order they stand in the symbol; each identifier at most once
 */
public record Gs1Code(String text, List<Gs1Element> elements) implements ScanReading {
  public Gs1Code {
    elements = List.copyOf(elements);
  }

  /** The value under an application identifier such as "10" or "3102". */
  public Optional<String> value(String ai) {
    return elements.stream().filter(e -> e.ai().equals(ai)).map(Gs1Element::value).findFirst();
  }

  /** The item (AI 01), or the item that the logistic unit holds (AI 02). */
  public Optional<Gtin> gtin() {
    return value("01").or(() -> value("02")).map(Gtin::new);
  }

  /** Net weight in kilograms (AI 310n), or in pounds turned into kilograms (AI 320n). */
  public Optional<BigDecimal> netKilograms() {
    return measure("310")
        .or(() -> measure("320").map(pounds -> pounds.multiply(new BigDecimal("0.45359237"))));
  }

  /** The price of the measured item, in the currency of the place (AI 392n). */
  public Optional<BigDecimal> price() {
    return measure("392");
  }

  /** How many pieces: of a variable-count item (AI 30) or within the logistic unit (AI 37). */
  public Optional<BigDecimal> count() {
    return value("30").or(() -> value("37")).map(BigDecimal::new);
  }

  public Optional<String> batch() {
    return value("10");
  }

  public Optional<String> serial() {
    return value("21");
  }

  /** Until when it is at its best (AI 15). */
  public Optional<LocalDate> bestBefore() {
    return value("15").map(LocalDate::parse);
  }

  /** The last day it may be used (AI 17). */
  public Optional<LocalDate> expiry() {
    return value("17").map(LocalDate::parse);
  }

  private Optional<BigDecimal> measure(String prefix) {
    return elements.stream()
        .filter(e -> e.ai().length() == 4 && e.ai().startsWith(prefix))
        .map(e -> new BigDecimal(e.value()))
        .findFirst();
  }
}
