package dev.countersign.common.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * One row of the table of application identifiers (GS1 General Specifications, section 3.2; the
 * fixed lengths are those of figure 7.8.5-2).
 *
 * @param prefix the identifier without the digit that says the decimals
 * @param kind what follows
 * @param min fewest characters of the value
 * @param max most characters; equal to min for a fixed length
 */
record Gs1Application(String prefix, Kind kind, int min, int max) {
  enum Kind {
    /** Digits with a GS1 check digit at the end. */
    CHECKED,
    DIGITS,
    /** YYMMDD. */
    DATE,
    /** YYMMDDHHMM. */
    MOMENT,
    /** The identifier's last digit says how many of the digits are decimals. */
    DECIMAL,
    /** An ISO 4217 number, then as DECIMAL. */
    DECIMAL_WITH_CURRENCY,
    TEXT
  }

  private static final List<Gs1Application> TABLE =
      List.of(
          fixed("00", Kind.CHECKED, 18),
          fixed("01", Kind.CHECKED, 14),
          fixed("02", Kind.CHECKED, 14),
          upTo("10", Kind.TEXT, 20),
          fixed("11", Kind.DATE, 6),
          fixed("12", Kind.DATE, 6),
          fixed("13", Kind.DATE, 6),
          fixed("15", Kind.DATE, 6),
          fixed("16", Kind.DATE, 6),
          fixed("17", Kind.DATE, 6),
          fixed("20", Kind.DIGITS, 2),
          upTo("21", Kind.TEXT, 20),
          upTo("22", Kind.TEXT, 20),
          upTo("240", Kind.TEXT, 30),
          upTo("241", Kind.TEXT, 30),
          upTo("30", Kind.DIGITS, 8),
          upTo("37", Kind.DIGITS, 8),
          upTo("390", Kind.DECIMAL, 15),
          new Gs1Application("391", Kind.DECIMAL_WITH_CURRENCY, 4, 18),
          upTo("392", Kind.DECIMAL, 15),
          new Gs1Application("393", Kind.DECIMAL_WITH_CURRENCY, 4, 18),
          fixed("394", Kind.DECIMAL, 4),
          fixed("395", Kind.DECIMAL, 6),
          upTo("400", Kind.TEXT, 30),
          upTo("401", Kind.TEXT, 30),
          fixed("402", Kind.CHECKED, 17),
          upTo("403", Kind.TEXT, 30),
          fixed("410", Kind.CHECKED, 13),
          fixed("411", Kind.CHECKED, 13),
          fixed("412", Kind.CHECKED, 13),
          fixed("413", Kind.CHECKED, 13),
          fixed("414", Kind.CHECKED, 13),
          fixed("415", Kind.CHECKED, 13),
          fixed("416", Kind.CHECKED, 13),
          fixed("417", Kind.CHECKED, 13),
          upTo("420", Kind.TEXT, 20),
          new Gs1Application("421", Kind.TEXT, 4, 12),
          fixed("422", Kind.DIGITS, 3),
          fixed("7003", Kind.MOMENT, 10),
          fixed("8005", Kind.DIGITS, 6),
          fixed("8018", Kind.CHECKED, 18),
          upTo("8020", Kind.TEXT, 25));

  /** Trade and logistic measures: 310n to 316n, 320n to 337n and 340n to 369n. */
  private static boolean isMeasure(int prefix) {
    return (prefix >= 310 && prefix <= 316)
        || (prefix >= 320 && prefix <= 337)
        || (prefix >= 340 && prefix <= 369);
  }

  /** The row of the identifier that this text begins with. */
  static Optional<Gs1Application> at(String text) {
    for (var row : TABLE) {
      if (text.startsWith(row.prefix)) {
        return Optional.of(row);
      }
    }
    if (text.length() >= 3
        && Gtin.isDigits(text.substring(0, 3))
        && isMeasure(Integer.parseInt(text.substring(0, 3)))) {
      return Optional.of(fixed(text.substring(0, 3), Kind.DECIMAL, 6));
    }
    return Optional.empty();
  }

  int aiLength() {
    return switch (kind) {
      case DECIMAL, DECIMAL_WITH_CURRENCY -> prefix.length() + 1;
      case CHECKED, DIGITS, DATE, MOMENT, TEXT -> prefix.length();
    };
  }

  boolean isFixedLength() {
    return min == max;
  }

  private static Gs1Application fixed(String prefix, Kind kind, int length) {
    return new Gs1Application(prefix, kind, length, length);
  }

  private static Gs1Application upTo(String prefix, Kind kind, int max) {
    return new Gs1Application(prefix, kind, 1, max);
  }
}
