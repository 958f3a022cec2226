package dev.countersign.common.catalogue;

import dev.countersign.common.catalogue.UnreadableCode.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a GS1 element string (GS1 General Specifications, section 7.8): application identifiers
 * with their values, where FNC1 (sent as group separator 0x1D) ends a value of variable length.
 */
public final class Gs1Parser {
  /** FNC1 as scanners send it. */
  public static final char FNC1 = 0x1D;

  /** Symbology identifiers (ISO/IEC 15424) that announce GS1 data. */
  private static final List<String> SYMBOLOGIES = List.of("]C1", "]e0", "]d2", "]Q3", "]J1");

  /** The invariant punctuation of GS1's character set 82. */
  private static final String PUNCTUATION = "!\"%&'()*+,-./_:;<=>?";

  private static final int MOST_ELEMENTS = 30;

  private static final Pattern PRINTED = Pattern.compile("\\s*\\(([0-9]{2,4})\\)\\s*");

  private final LocalDate today;

  /** Names what is wrong with an element, on the way out of the parser and no further. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    Unreadable(Reason reason, String detail) {
      super(detail);
      this.reason = reason;
    }
  }

  /** A parser that takes two-digit years to be near this day. */
  public Gs1Parser(LocalDate today) {
    this.today = today;
  }

  /** Whether a scan announces itself as a GS1 element string. */
  public static boolean isElementString(String scan) {
    return scan.indexOf(FNC1) >= 0 || SYMBOLOGIES.stream().anyMatch(scan::startsWith);
  }

  /** Whether this is a symbol as it is printed beneath its bars: every identifier in brackets. */
  public static boolean isPrinted(String text) {
    return PRINTED.matcher(text.strip()).lookingAt();
  }

  /** The element string of a symbol that somebody has typed as it {@link #isPrinted}. */
  public static String ofPrinted(String text) {
    return PRINTED.matcher(text.strip()).replaceAll(FNC1 + "$1");
  }

  /** A scan as it is printed, for a field that takes no separators; any other code as it is. */
  public static String printed(String scan) {
    // The days in it stay as they are, whatever the century.
    return isElementString(scan) && new Gs1Parser(LocalDate.EPOCH).parse(scan) instanceof Gs1Code it
        ? it.elements().stream()
            .map(element -> "(" + element.ai() + ")" + element.raw())
            .collect(Collectors.joining())
        : scan;
  }

  /** Reads an element string into a {@link Gs1Code} or an {@link UnreadableCode}. */
  public ScanReading parse(String scan) {
    try {
      return new Gs1Code(scan, elements(withoutStart(scan)));
    } catch (Unreadable e) {
      return new UnreadableCode(scan, e.reason, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The day that six digits mean. The century is the one that puts the year within 49 years before
   * and 50 years after this one; day 00 is the last day of the month (GS1 General Specifications,
   * sections 7.12 and 3.4).
   *
   * @throws DateTimeException if there is no such day, or the text is not six digits
   */
  public LocalDate date(String yymmdd) {
    if (yymmdd.length() != 6 || !Gtin.isDigits(yymmdd)) {
      throw new DateTimeException("'" + yymmdd + "' is not YYMMDD");
    }
    int thisYear = today.getYear();
    int year = thisYear - thisYear % 100 + Integer.parseInt(yymmdd.substring(0, 2));
    if (year - thisYear >= 51) {
      year -= 100;
    } else if (year - thisYear <= -50) {
      year += 100;
    }
    var month = YearMonth.of(year, Integer.parseInt(yymmdd.substring(2, 4)));
    int day = Integer.parseInt(yymmdd.substring(4));
    return day == 0 ? month.atEndOfMonth() : month.atDay(day);
  }

  private static String withoutStart(String scan) {
    var rest = scan;
    for (var symbology : SYMBOLOGIES) {
      if (rest.startsWith(symbology)) {
        rest = rest.substring(symbology.length());
        break;
      }
    }
    return !rest.isEmpty() && rest.charAt(0) == FNC1 ? rest.substring(1) : rest;
  }

  private List<Gs1Element> elements(String data) throws Unreadable {
    if (data.isEmpty()) {
      throw new Unreadable(Reason.EMPTY, "no element");
    }
    var elements = new ArrayList<Gs1Element>();
    var seen = new HashSet<String>();
    int at = 0;
    while (at < data.length()) {
      var rest = data.substring(at);
      var application =
          Gs1Application.at(rest)
              .orElseThrow(
                  () ->
                      new Unreadable(
                          Reason.UNKNOWN_APPLICATION_IDENTIFIER,
                          "at " + (data.length() - rest.length())));
      var element = element(application, rest);
      if (!seen.add(element.ai()) || elements.size() == MOST_ELEMENTS) {
        throw new Unreadable(Reason.BAD_ELEMENT, "(" + element.ai() + ") stands twice");
      }
      elements.add(element);
      at += element.ai().length() + element.raw().length();
      if (at < data.length() && data.charAt(at) == FNC1) {
        at++;
      }
    }
    return elements;
  }

  private Gs1Element element(Gs1Application application, String rest) throws Unreadable {
    int aiLength = application.aiLength();
    int end = rest.indexOf(FNC1);
    if (end < 0) {
      end = rest.length();
    }
    if (application.isFixedLength()) {
      end = Math.min(end, aiLength + application.max());
    }
    int length = end - aiLength;
    if (length < application.min() || length > application.max()) {
      throw new Unreadable(
          Reason.BAD_ELEMENT, "(" + application.prefix() + ") with " + length + " characters");
    }
    var ai = rest.substring(0, aiLength);
    var raw = rest.substring(aiLength, end);
    return new Gs1Element(ai, raw, value(application, ai, raw));
  }

  private String value(Gs1Application application, String ai, String raw) throws Unreadable {
    if (application.kind() == Gs1Application.Kind.TEXT) {
      if (!raw.chars().allMatch(Gs1Parser::isInCharacterSet82)) {
        throw new Unreadable(Reason.BAD_ELEMENT, "(" + ai + ") has a character GS1 does not have");
      }
      return raw;
    }
    if (!Gtin.isDigits(raw)) {
      throw new Unreadable(Reason.BAD_ELEMENT, "(" + ai + ") is not all digits");
    }
    return switch (application.kind()) {
      case CHECKED -> checked(ai, raw);
      case DATE -> day(ai, raw);
      case MOMENT -> moment(ai, raw);
      case DECIMAL -> decimal(ai, raw);
      case DECIMAL_WITH_CURRENCY -> decimal(ai, raw.substring(3));
      case DIGITS, TEXT -> raw;
    };
  }

  private static String checked(String ai, String raw) throws Unreadable {
    if (!Gtin.hasValidCheckDigit(raw)) {
      throw new Unreadable(Reason.CHECK_DIGIT, "the check digit of (" + ai + ") differs");
    }
    return raw;
  }

  private String day(String ai, String raw) throws Unreadable {
    try {
      return date(raw).toString();
    } catch (DateTimeException e) {
      var unreadable = new Unreadable(Reason.BAD_ELEMENT, "(" + ai + ") is no day");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private String moment(String ai, String raw) throws Unreadable {
    var day = day(ai, raw.substring(0, 6));
    try {
      int hour = Integer.parseInt(raw.substring(6, 8));
      int minute = Integer.parseInt(raw.substring(8));
      return LocalDate.parse(day).atTime(hour, minute).toString();
    } catch (DateTimeException e) {
      var unreadable = new Unreadable(Reason.BAD_ELEMENT, "(" + ai + ") is no time");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static String decimal(String ai, String raw) throws Unreadable {
    int decimals = ai.charAt(ai.length() - 1) - '0';
    if (decimals < 0 || decimals > 9 || decimals > raw.length()) {
      throw new Unreadable(Reason.BAD_ELEMENT, "(" + ai + ") with " + raw.length() + " digits");
    }
    return new BigDecimal(raw).movePointLeft(decimals).stripTrailingZeros().toPlainString();
  }

  private static boolean isInCharacterSet82(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || PUNCTUATION.indexOf(c) >= 0;
  }
}
