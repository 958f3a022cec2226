package dev.countersign.common.catalogue;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * A code from a scale or a price labeller that carries a weight, a count or a price.
 *
 * @param baseCode the code with its value zeroed and the check digit recomputed: the product's
 * @param meaning what the value is
 * @param value without trailing zeros; zero or more
 */
public record MeasuredCode(
    String text, String baseCode, BarcodeRule.Meaning meaning, BigDecimal value)
    implements ScanReading {

  /** The item that the base code names. */
  public Gtin baseGtin() {
    return Gtin.parse(baseCode).orElseThrow();
  }

  /** The value as a weight or a count. */
  public Quantity quantity() {
    return Quantity.ofExact(value);
  }

  /** The value as a price; digits below the currency's minor unit round half up. */
  public Money price(Currency currency) {
    return Money.round(value, currency, RoundingMode.HALF_UP);
  }
}
