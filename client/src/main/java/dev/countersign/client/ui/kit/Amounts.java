package dev.countersign.client.ui.kit;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes amounts, quantities, times and dates as the person's language does. */
public final class Amounts {
  /** A hyphen is no minus sign: it is shorter and breaks lines. */
  private static final char MINUS = '\u2212';

  private static final Pattern TIME = Pattern.compile("(\\p{Nd}{1,2})(?:[:.](\\p{Nd}{2}))?");

  private final Speech speech;
  private final Supplier<ZoneId> zone;
  private volatile Forms forms;

  /** How one language writes times and days. */
  private record Forms(
      Locale locale,
      DateTimeFormatter clock,
      DateTimeFormatter seconds,
      DateTimeFormatter moment,
      DateTimeFormatter date,
      DateTimeFormatter day,
      DateTimeFormatter typed) {
    static Forms of(Locale locale) {
      return new Forms(
          locale,
          form("HH:mm", locale),
          form("HH:mm:ss", locale),
          form(pattern(FormatStyle.MEDIUM, locale) + ", HH:mm", locale),
          form(pattern(FormatStyle.MEDIUM, locale), locale),
          form(pattern(FormatStyle.FULL, locale), locale),
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern(FormatStyle.MEDIUM, locale))
              .toFormatter(Locale.ROOT)
              .localizedBy(locale));
    }

    /** Without the marks for direction in it, which are drawn as boxes, and which nobody types. */
    private static String pattern(FormatStyle style, Locale locale) {
      return DateTimeFormatterBuilder.getLocalizedDateTimePattern(
              style, null, IsoChronology.INSTANCE, locale)
          .replace("\u200F", "");
    }

    private static DateTimeFormatter form(String pattern, Locale locale) {
      return DateTimeFormatter.ofPattern(pattern).localizedBy(locale);
    }
  }

  /**
   * @param zone the store's, which is known once the device is open
   */
  public Amounts(Speech speech, Supplier<ZoneId> zone) {
    this.speech = speech;
    this.zone = zone;
    this.forms = Forms.of(speech.locale());
  }

  /** The same, as another speech writes them. */
  public Amounts in(Speech other) {
    return new Amounts(other, zone);
  }

  private Forms forms() {
    Forms known = forms;
    if (!known.locale().equals(speech.locale())) {
      known = Forms.of(speech.locale());
      forms = known;
    }
    return known;
  }

  /** An amount without its currency, such as {@code 1,284.50}. */
  public String text(Money money) {
    int digits = money.currency().getDefaultFractionDigits();
    NumberFormat format = NumberFormat.getNumberInstance(speech.locale());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return signed(format.format(money.toBigDecimal()));
  }

  /** How many, without needless zeros, such as {@code 6} or {@code 0.345}. */
  public String text(Quantity quantity) {
    NumberFormat format = NumberFormat.getNumberInstance(speech.locale());
    format.setMaximumFractionDigits(6);
    return signed(format.format(quantity.toBigDecimal()));
  }

  /** A percentage without its sign, such as {@code 12.5}. */
  public String percent(BigDecimal percent) {
    NumberFormat format = NumberFormat.getNumberInstance(speech.locale());
    format.setMaximumFractionDigits(6);
    return format.format(percent);
  }

  /**
   * An amount that need not be one of whole cents, such as a levy of 0.005 for each piece: with as
   * many decimals as prices have at least.
   */
  public String price(BigDecimal amount) {
    NumberFormat format = NumberFormat.getNumberInstance(speech.locale());
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(6);
    return format.format(amount);
  }

  /** A rate as it travels, a decimal string; as it is when it is none. */
  public String rate(String rate) {
    try {
      return percent(new BigDecimal(rate));
    } catch (NumberFormatException _) {
      return rate;
    }
  }

  /** What stands before decimals. */
  public char point() {
    return DecimalFormatSymbols.getInstance(speech.locale()).getDecimalSeparator();
  }

  public String count(long count) {
    return NumberFormat.getIntegerInstance(speech.locale()).format(count);
  }

  /** The time of day, such as {@code 09:41}. */
  public String time(Instant at) {
    return forms().clock().format(at.atZone(zone.get()));
  }

  /** A day and time in short, such as {@code Nov 21, 2026, 09:41}. */
  public String moment(Instant at) {
    return forms().moment().format(at.atZone(zone.get()));
  }

  /** A day in short with its year, such as {@code Nov 21, 2026}. */
  public String date(Instant at) {
    return forms().date().format(at.atZone(zone.get()));
  }

  /**
   * A day as {@link #date(LocalDate)} writes it, in letters of any size, or as 2026-11-21; null for
   * what is neither.
   */
  public @Nullable LocalDate day(String typed) {
    for (DateTimeFormatter form : List.of(DateTimeFormatter.ISO_LOCAL_DATE, forms().typed())) {
      try {
        return LocalDate.parse(typed, form);
      } catch (DateTimeParseException _) {
        continue;
      }
    }
    return null;
  }

  /** The day in full, such as {@code Saturday, November 21, 2026}. */
  public String day(LocalDate date) {
    return forms().day().format(date);
  }

  /** A day in short with its year, such as {@code Nov 21, 2026}. */
  public String date(LocalDate day) {
    return forms().date().format(day);
  }

  /**
   * The time of day on a clock's face, such as {@code 09:41}.
   *
   * @param minute of the day, 0 to 1440; the end of the day is {@code 24:00}
   */
  public String clock(int minute) {
    String midnight = forms().clock().format(LocalTime.MIDNIGHT);
    return minute == 1_440
        ? midnight.replaceFirst("00", "24")
        : forms().clock().format(LocalTime.of(minute / 60, minute % 60));
  }

  /**
   * The minute of the day that somebody typed, 0 to 1440, such as {@code 9}, {@code 9:30} or {@code
   * 24:00}, with the digits of any script; null for what is none.
   */
  public @Nullable Integer minute(String typed) {
    Matcher time = TIME.matcher(typed.strip());
    if (!time.matches()) {
      return null;
    }
    int hour = Integer.parseInt(time.group(1));
    int minute = time.group(2) == null ? 0 : Integer.parseInt(time.group(2));
    int of = hour * 60 + minute;
    return minute < 60 && of <= 1_440 ? of : null;
  }

  /** The time of day to the second: for a wait that a person counts down. */
  public String seconds(Instant at) {
    return forms().seconds().format(at.atZone(zone.get()));
  }

  private static String signed(String text) {
    return text.replace('-', MINUS);
  }
}
