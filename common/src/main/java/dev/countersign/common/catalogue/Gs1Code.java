package dev.countersign.common.catalogue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * A price in a currency that the symbol names.
   *
   * @param currency the number of ISO 4217
   * @param amount in its major unit
   */
  public record Priced(int currency, BigDecimal amount) {}

  /** The price of the measured item with its currency (AI 393n). */
  public Optional<Priced> priced() {
    return elements.stream()
        .filter(e -> e.ai().length() == 4 && e.ai().startsWith("393"))
        .map(e -> new Priced(Integer.parseInt(e.raw().substring(0, 3)), new BigDecimal(e.value())))
        .findFirst();
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

  /** The last day it may be used (AI 17, or that of AI 7003), the earlier where both say one. */
  public Optional<LocalDate> expiry() {
    return Stream.concat(
            value("17").map(LocalDate::parse).stream(),
            expiryTime().map(LocalDateTime::toLocalDate).stream())
        .min(Comparator.naturalOrder());
  }

  /** Up to which minute it may be used (AI 7003), by the clock on the wall. */
  public Optional<LocalDateTime> expiryTime() {
    return value("7003").map(LocalDateTime::parse);
  }

  /** Whether it may be used no longer. */
  public boolean isExpired(LocalDateTime now) {
    return expiry().filter(day -> day.isBefore(now.toLocalDate())).isPresent()
        || expiryTime().filter(last -> last.isBefore(now)).isPresent();
  }

  private Optional<BigDecimal> measure(String prefix) {
    return elements.stream()
        .filter(e -> e.ai().length() == 4 && e.ai().startsWith(prefix))
        .map(e -> new BigDecimal(e.value()))
        .findFirst();
  }
}
