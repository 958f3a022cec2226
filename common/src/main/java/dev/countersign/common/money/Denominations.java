package dev.countersign.common.money;

import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The notes and coins that a drawer of a currency holds, by the issuing central banks' lists of
 * what is in circulation.
 */
public final class Denominations {
  private static final Map<String, List<Long>> BY_CURRENCY =
      Map.ofEntries(
          Map.entry("USD", of(10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1)),
          Map.entry("CAD", of(10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5)),
          Map.entry("AUD", of(10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5)),
          Map.entry("NZD", of(10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10)),
          Map.entry("EUR", of(20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)),
          Map.entry("GBP", of(5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)),
          Map.entry(
              "CHF", of(100000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5)),
          Map.entry("SEK", of(100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100)),
          Map.entry("NOK", of(100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 100)),
          Map.entry("DKK", of(50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50)),
          Map.entry(
              "PLN", of(50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)),
          Map.entry("GHS", of(20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5)),
          Map.entry("NGN", of(100000, 50000, 20000, 10000, 5000, 2000, 1000, 500)),
          Map.entry("KES", of(100000, 50000, 20000, 10000, 5000, 4000, 2000, 1000, 500, 100)),
          Map.entry("ZAR", of(20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10)),
          Map.entry("INR", of(50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100)),
          Map.entry("JPY", of(10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1)));

  /** For a currency that is not listed: the 1-2-5 series, from 200 down to the smallest unit. */
  private static final List<Long> SERIES = of(200, 100, 50, 20, 10, 5, 2, 1);

  private Denominations() {}

  /** The values of a currency in minor units, the largest first. */
  public static List<Long> of(Currency currency) {
    List<Long> known = BY_CURRENCY.get(currency.getCurrencyCode());
    if (known != null) {
      return known;
    }
    long unit = 1;
    for (int digit = 0; digit < Math.max(0, currency.getDefaultFractionDigits()); digit++) {
      unit *= 10;
    }
    long major = unit;
    return unit == 1
        ? SERIES
        : LongStream.concat(
                SERIES.stream().mapToLong(value -> value * major),
                LongStream.of(major / 2, major / 5, major / 10, major / 20))
            .filter(value -> value > 0)
            .boxed()
            .toList();
  }

  private static List<Long> of(long... values) {
    return LongStream.of(values).boxed().toList();
  }
}
