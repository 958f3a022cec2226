package dev.countersign.common.tax;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A tax as a shop sets it up, with the rates that it had, has and will have. A till that has heard
 * of a rate charges it from its day on, with the server or without.
 *
 * @param name what receipts call it: 1 to {@value #LONGEST_NAME} characters on one line, without a
 *     semicolon
 * @param version how often it was written, from 1
 * @param rate the one that holds since always, before the first of the others begins
 * @param included whether the shelf price already contains it
 * @param includeInBase whether the taxes after this one are also charged on it
 * @param baseAffected whether the taxes before this one that enter the base are in this one's base
 * @param rates those that began or will begin on a day, the earliest first, each day once; at most
 *     {@value #MOST}
 */
public record Tax(
    String name,
    int version,
    TaxRule.Kind kind,
    BigDecimal rate,
    boolean included,
    boolean includeInBase,
    boolean baseAffected,
    List<TaxRate> rates) {
  /** More changes of a rate than any shop has seen. */
  public static final int MOST = 100;

  /** So that it stands on one line of a receipt, beside its rate and its sum. */
  public static final int LONGEST_NAME = 20;

  private static final int LONGEST_RATE = 15;
  private static final int MOST_DECIMALS = 6;
  private static final BigDecimal LARGEST_AMOUNT = BigDecimal.valueOf(1_000_000_000L);

  /** A semicolon stands between the names of a product's taxes in a catalogue file. */
  private static final Pattern NAME = Pattern.compile("[^;\\p{Cntrl}\\p{Zl}\\p{Zp}]*");

  /** Stands in a catalogue file for a tax that there is not. */
  private static final String NO_NAME = "?";

  public Tax {
    // What is empty is not written.
    name = name == null ? "" : name;
    rates = rates == null ? List.of() : List.copyOf(rates);
  }

  /** One with a single rate that holds since always, as it is written first. */
  public static Tax since(
      String name,
      TaxRule.Kind kind,
      BigDecimal rate,
      boolean included,
      boolean includeInBase,
      boolean baseAffected) {
    return new Tax(name, 1, kind, rate, included, includeInBase, baseAffected, List.of());
  }

  /** The rate that holds on a business day. */
  public BigDecimal on(LocalDate day) {
    var holds = rate;
    for (var each : rates) {
      if (each.from().isAfter(day)) {
        break;
      }
      holds = each.rate();
    }
    return holds;
  }

  /**
   * How it is charged on a business day.
   *
   * @throws IllegalArgumentException when that day's rate is out of range
   */
  public TaxRule rule(UUID id, LocalDate day) {
    return new TaxRule(id, name, kind, on(day), included, includeInBase, baseAffected);
  }

  /** The rates that have not begun on a day, the next one first. */
  public List<TaxRate> after(LocalDate day) {
    return rates.stream().filter(each -> each.from().isAfter(day)).toList();
  }

  /** The next version under another name. */
  public Tax named(String other) {
    return with(other, rates);
  }

  /** The next version with another rate from a day on; one that began that day gives way. */
  public Tax from(LocalDate day, BigDecimal other) {
    var all = new ArrayList<>(others(day));
    all.add(new TaxRate(day, other));
    all.sort(Comparator.comparing(TaxRate::from));
    return with(name, all);
  }

  /** The next version without the rate that begins on a day. */
  public Tax without(LocalDate day) {
    return with(name, others(day));
  }

  private List<TaxRate> others(LocalDate day) {
    return rates.stream().filter(each -> !each.from().equals(day)).toList();
  }

  /** The next version under this name and with these rates from days on. */
  public Tax with(String newName, List<TaxRate> newRates) {
    return new Tax(
        newName, version + 1, kind, rate, included, includeInBase, baseAffected, newRates);
  }

  /** Whether it can stand in the place of another one: the same tax in all that is not a rate. */
  private boolean isSameKind(Tax before) {
    return kind == before.kind
        && included == before.included
        && includeInBase == before.includeInBase
        && baseAffected == before.baseAffected;
  }

  /**
   * Whether it may be written after another version of itself: how it is charged stays, and so does
   * every rate that began before today. Sales were made by it.
   *
   * @param today the business day on which it is written
   */
  public boolean mayFollow(Tax before, LocalDate today) {
    return isSameKind(before)
        && rate.compareTo(before.rate) == 0
        && sameRates(begun(today), before.begun(today));
  }

  private List<TaxRate> begun(LocalDate today) {
    return rates.stream().filter(each -> each.from().isBefore(today)).toList();
  }

  private static boolean sameRates(List<TaxRate> left, List<TaxRate> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      boolean same =
          left.get(i).from().equals(right.get(i).from())
              && left.get(i).rate().compareTo(right.get(i).rate()) == 0;
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whether every figure is within its range, the days rise and the name can be printed. */
  public boolean fits() {
    return isName(name) && version >= 1 && rates.size() <= MOST && fits(rate) && ratesFit();
  }

  /** Whether a tax can be called so. */
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.equals(name.strip())
        && !name.equals(NO_NAME)
        && NAME.matcher(name).matches();
  }

  private boolean ratesFit() {
    LocalDate before = null;
    for (var each : rates) {
      var day = each.from();
      boolean later = before == null || day.isAfter(before);
      if (!later || day.getYear() < 1900 || day.getYear() > 9999 || !fits(each.rate())) {
        return false;
      }
      before = day;
    }
    return true;
  }

  /**
   * Looked at by its size first: an exponent would make a number of any length. Written decimals
   * count, not needed ones, because a sale says the rate as it is written.
   */
  private boolean fits(BigDecimal each) {
    boolean small =
        each.precision() <= LONGEST_RATE
            && each.scale() <= MOST_DECIMALS
            && each.scale() >= -LONGEST_RATE;
    return small
        && switch (kind) {
          case PERCENT -> TaxRule.isPercentage(each);
          case PER_UNIT -> each.abs().compareTo(LARGEST_AMOUNT) <= 0;
        };
  }
}
