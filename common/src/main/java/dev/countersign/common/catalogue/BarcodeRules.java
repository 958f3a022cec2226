package dev.countersign.common.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what a scanner or a person sent. The rules are tried in their order and the first that
 * matches decides; a code that no rule matches is a plain one.
 */
public final class BarcodeRules {
  /** More than the longest GS1 symbol that a till meets; GS1-128 ends at 48 characters. */
  private static final int LONGEST = 400;

  /** What scanners and fingers leave around a code. */
  private static final String MARGIN = " \t\r\n";

  private final List<BarcodeRule> rules;

  public BarcodeRules(List<BarcodeRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads one scan. Spaces and line ends around it are dropped. Never throws: what cannot be read
   * is an {@link UnreadableCode}.
   *
   * @param today decides the century of two-digit years in GS1 dates
   */
  public ScanReading read(String scan, LocalDate today) {
    return read(scan, () -> today);
  }

  /** The same; what day it is, is asked only for a code that has dates. */
  public ScanReading read(String scan, Supplier<LocalDate> today) {
    if (scan.length() > LONGEST) {
      return new UnreadableCode(
          scan, UnreadableCode.Reason.TOO_LONG, scan.length() + " characters");
    }
    var text = withoutMargin(scan);
    if (Gs1Parser.isElementString(text)) {
      return new Gs1Parser(today.get()).parse(text);
    }
    if (text.isEmpty()) {
      return new UnreadableCode("", UnreadableCode.Reason.EMPTY, "nothing was scanned");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return new UnreadableCode(
          "", UnreadableCode.Reason.NOT_TEXT, "control characters in a plain code");
    }
    if (isWholeGtinLength(text) && !Gtin.hasValidCheckDigit(text)) {
      return new UnreadableCode(text, UnreadableCode.Reason.CHECK_DIGIT, "the check digit differs");
    }
    return measured(text).orElseGet(() -> new PlainCode(text, Gtin.parse(text)));
  }

  private Optional<ScanReading> measured(String text) {
    for (var rule : rules) {
      for (var form : formsOf(text)) {
        var match = rule.pattern().match(form);
        if (match.isPresent()) {
          return match.flatMap(BarcodePattern.Match::value).isPresent()
              ? Optional.of(
                  new MeasuredCode(
                      text,
                      match.get().baseCode(),
                      rule.meaning(),
                      match.get().value().orElseThrow()))
              : Optional.of(new PlainCode(text, Gtin.parse(text)));
        }
      }
    }
    return Optional.empty();
  }

  /** String.strip would take FNC1 away as well, which Java counts as white space. */
  private static String withoutMargin(String scan) {
    int start = 0;
    int end = scan.length();
    while (start < end && MARGIN.indexOf(scan.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && MARGIN.indexOf(scan.charAt(end - 1)) >= 0) {
      end--;
    }
    return scan.substring(start, end);
  }

  /** Some scanners send a UPC-A as EAN-13 with a zero in front, some do not. */
  private static List<String> formsOf(String text) {
    if (text.length() == 12) {
      return List.of(text, "0" + text);
    }
    if (text.length() == 13 && text.startsWith("0")) {
      return List.of(text, text.substring(1));
    }
    return List.of(text);
  }

  private static boolean isWholeGtinLength(String text) {
    return Gtin.isDigits(text)
        && switch (text.length()) {
          case 8, 12, 13, 14 -> true;
          default -> false;
        };
  }
}
