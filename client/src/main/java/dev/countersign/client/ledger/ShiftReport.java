package dev.countersign.client.ledger;

import dev.countersign.common.change.DrawerCounted.Pieces;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shift has come to, with names: an X report while it is open, its Z report once it is
 * closed. A Z report is kept as it was made, so that a copy years later says the same although
 * people and categories have other names by then. Amounts are minor units of {@code currency}.
 *
 * @param at when it was made; of a Z report when the shift was closed
 * @param by who closed it, or asked for it
 * @param approver who agreed to its difference, or empty
 * @param opened the float
 * @param expected what the drawer should hold
 * @param count null of an X report
 * @param people by name, everybody who did something on the shift
 * @param categories by name, an empty one for what is in none; less what came back
 * @param movements cash put in and taken out, in their order
 * @param log the audit log as this till had last seen it proven; null before the first time
 */
public record ShiftReport(
    String store,
    String register,
    long number,
    LocalDate businessDate,
    String currency,
    Instant openedAt,
    String openedBy,
    Instant at,
    String by,
    String approver,
    long opened,
    long expected,
    @Nullable Count count,
    ShiftFigures figures,
    List<Person> people,
    List<Category> categories,
    List<Movement> movements,
    ShiftClosed.@Nullable LogHead log) {
  /** What was counted when the shift was closed. */
  public record Count(long total, List<Pieces> pieces, List<Tendered> others) {
    public Count {
      pieces = pieces == null ? List.of() : List.copyOf(pieces);
      others = others == null ? List.of() : List.copyOf(others);
    }
  }

  /**
   * What one person did on the shift.
   *
   * @param voids lines struck through and baskets thrown away
   * @param openings of the drawer without a sale
   */
  public record Person(String name, long sales, long total, Sum refunds, Sum voids, long openings) {
    public Person {
      name = name == null ? "" : name;
    }
  }

  /**
   * What was sold of a category, tax included.
   *
   * @param lines how many lines, those that came back among them
   */
  public record Category(String name, long lines, long amount) {
    public Category {
      name = name == null ? "" : name;
    }
  }

  /** Cash that was put in, or taken out when negative. */
  public record Movement(Instant at, String by, String approver, long amount, String reason) {
    public Movement {
      by = by == null ? "" : by;
      approver = approver == null ? "" : approver;
    }
  }

  public ShiftReport {
    approver = approver == null ? "" : approver;
    by = by == null ? "" : by;
    people = people == null ? List.of() : List.copyOf(people);
    categories = categories == null ? List.of() : List.copyOf(categories);
    movements = movements == null ? List.of() : List.copyOf(movements);
  }

  /** True of a Z report. */
  public boolean closed() {
    return count != null;
  }

  /** An amount of it. */
  public Money money(long minor) {
    return Money.of(minor, Currency.getInstance(currency));
  }

  /** What should be there of a means; of cash what the drawer should hold. */
  public long expected(Means means) {
    return means == Means.CASH ? expected : figures.by(means);
  }

  /** What was counted of a means; empty when nobody counted it. */
  public Optional<Long> counted(Means means) {
    Count counted = count;
    if (counted == null) {
      return Optional.empty();
    }
    return means == Means.CASH
        ? Optional.of(counted.total())
        : counted.others().stream()
            .filter(each -> each.means() == means)
            .map(Tendered::amount)
            .findFirst();
  }
}
