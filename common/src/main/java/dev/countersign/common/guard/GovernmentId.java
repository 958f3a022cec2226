package dev.countersign.common.guard;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers by which a state knows a person. Few kinds, each by a shape that hardly anything else
 * has: one that is found is worth a warning, and never a refusal.
 */
public enum GovernmentId {
  /** United States: 3-2-4 digits with hyphens, without the parts that are never issued. */
  US_SOCIAL_SECURITY(
      "us-social-security",
      "(?<![0-9A-Za-z-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9A-Za-z-])",
      _ -> true),
  /** Spain: eight digits and the letter that the remainder by 23 stands for. */
  ES_DNI("es-dni", "(?<![0-9A-Za-z])[0-9]{8}[ -]?[A-Z](?![0-9A-Za-z])", GovernmentId::isDni),
  /** Spain, for foreigners: X, Y or Z stands for 0, 1 or 2. */
  ES_NIE("es-nie", "(?<![0-9A-Za-z])[XYZ][ -]?[0-9]{7}[ -]?[A-Z](?![0-9A-Za-z])", t -> isNie(t)),
  /** United Kingdom: two letters that are in use, six digits, A to D. */
  UK_NATIONAL_INSURANCE(
      "uk-national-insurance",
      "(?<![0-9A-Za-z])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
          + " ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![0-9A-Za-z])",
      _ -> true);

  /** None of these numbers has fewer digits, and most texts do. */
  private static final int FEWEST_DIGITS = 6;

  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

  private final String shown;
  private final Pattern shape;
  private final Predicate<String> valid;

  GovernmentId(String shown, String shape, Predicate<String> valid) {
    this.shown = shown;
    this.shape = Pattern.compile(shape);
    this.valid = valid;
  }

  /** How it is named in logs. */
  public String shown() {
    return shown;
  }

  /** The kinds that a text holds. */
  public static Set<GovernmentId> in(String text) {
    EnumSet<GovernmentId> found = EnumSet.noneOf(GovernmentId.class);
    if (!hasEnoughDigits(text)) {
      return found;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    for (GovernmentId kind : values()) {
      Matcher matcher = kind.shape.matcher(upper);
      while (matcher.find()) {
        if (kind.valid.test(matcher.group().replaceAll("[ -]", ""))) {
          found.add(kind);
          break;
        }
      }
    }
    return found;
  }

  private static boolean hasEnoughDigits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < FEWEST_DIGITS; i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        digits++;
      }
    }
    return digits == FEWEST_DIGITS;
  }

  private static boolean isDni(String compact) {
    int number = Integer.parseInt(compact, 0, 8, 10);
    return DNI_LETTERS.charAt(number % DNI_LETTERS.length()) == compact.charAt(8);
  }

  private static boolean isNie(String compact) {
    return isDni("XYZ".indexOf(compact.charAt(0)) + compact.substring(1));
  }
}
