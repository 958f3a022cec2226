package dev.countersign.server.catalogue;

import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRate;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The taxes of a tenant, which its products name and its tills charge: by the same rules by which
 * an office's word on them is judged. A till charges by what it last heard of; a sale keeps the
 * rates by which it was made.
 */
public final class Taxes {
  /**
   * One of them.
   *
   * @param today the day in the store where it is latest
   */
  public record Entry(UUID id, Tax tax, LocalDate today) {}

  private final FeedTable feed;
  private final Journal journal;

  /** Takes its collaborators. */
  public Taxes(FeedTable feed, Journal journal) {
    this.feed = feed;
    this.journal = journal;
  }

  /** All of them. */
  public List<Entry> list(TenantScope scope) throws SQLException {
    LocalDate today = today(scope);
    return feed.taxes(scope).entrySet().stream()
        .map(each -> new Entry(each.getKey(), each.getValue().tax(), today))
        .toList();
  }

  /**
   * The day that it is in the store where it is latest: a rate from then on begins in the past
   * nowhere.
   */
  private LocalDate today(TenantScope scope) throws SQLException {
    Set<ZoneId> zones = feed.zones(scope);
    return (zones.isEmpty() ? Set.of(ZoneOffset.UTC) : zones)
        .stream()
            .map(zone -> LocalDate.ofInstant(scope.clock().instant(), zone))
            .max(Comparator.naturalOrder())
            .orElseThrow();
  }

  /**
   * Adds one.
   *
   * @throws RefusedException when its name is taken or none, or a rate out of range
   */
  public Entry add(TenantScope scope, UUID id, Tax tax) throws SQLException {
    requireFree(scope, tax.name());
    return put(scope, new Entry(id, tax, today(scope)), "tax.added", tax.rate().toPlainString());
  }

  /**
   * Gives one another rate.
   *
   * @param name what it is called, in capitals or not
   * @param from the first business day on which it holds, or null for today
   * @throws RefusedException when there is none of that name, the day is over, or the rate is out
   *     of range
   */
  public Entry changeRate(TenantScope scope, String name, BigDecimal rate, @Nullable LocalDate from)
      throws SQLException {
    Entry before = named(scope, name);
    LocalDate today = before.today();
    LocalDate day = from == null ? today : from;
    if (day.isBefore(today)) {
      throw new RefusedException(
          "A rate does not begin before today, " + today + ": sales were made by the other one.");
    }
    if (before.tax().rates().size() >= Tax.MOST) {
      throw new RefusedException("A tax has at most " + Tax.MOST + " rates.");
    }
    return put(scope, before, before.tax().from(day, rate), rate.toPlainString() + " from " + day);
  }

  /**
   * Takes a rate away that has not begun.
   *
   * @throws RefusedException when there is no such tax, or no rate that begins on that day later
   *     than today
   */
  public Entry dropRate(TenantScope scope, String name, LocalDate from) throws SQLException {
    Entry before = named(scope, name);
    if (before.tax().after(before.today()).stream().map(TaxRate::from).noneMatch(from::equals)) {
      throw new RefusedException("No rate of " + before.tax().name() + " begins on " + from + ".");
    }
    return put(scope, before, before.tax().without(from), "none from " + from);
  }

  /**
   * Calls one something else.
   *
   * @throws RefusedException when there is none of that name, or the other is taken or none
   */
  public Entry rename(TenantScope scope, String name, String other) throws SQLException {
    Entry before = named(scope, name);
    if (!before.tax().name().equalsIgnoreCase(other)) {
      requireFree(scope, other);
    }
    return put(scope, before, before.tax().named(other), "instead of " + before.tax().name());
  }

  private Entry named(TenantScope scope, String name) throws SQLException {
    return list(scope).stream()
        .filter(each -> each.tax().name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new RefusedException("There is no tax " + name + "."));
  }

  private void requireFree(TenantScope scope, String name) throws SQLException {
    if (list(scope).stream().anyMatch(each -> each.tax().name().equalsIgnoreCase(name))) {
      throw new RefusedException("There is a tax " + name + " already.");
    }
  }

  private Entry put(TenantScope scope, Entry before, Tax after, String said) throws SQLException {
    return put(scope, new Entry(before.id(), after, before.today()), "tax.changed", said);
  }

  private Entry put(TenantScope scope, Entry entry, String what, String said) throws SQLException {
    Tax tax = entry.tax();
    if (!Tax.isName(tax.name())) {
      throw new RefusedException(
          "A tax's name is 1 to "
              + Tax.LONGEST_NAME
              + " characters on one line, without a semicolon.");
    }
    if (!tax.fits()) {
      throw new RefusedException(
          "A tax has a percentage above -100 and at most 1000, or an amount of at most six"
              + " decimals.");
    }
    if (feed.put(scope, entry.id(), null, TaxItem.of(tax))) {
      journal.note(scope, what, entry.id().toString(), tax.name() + " " + said);
    }
    return entry;
  }
}
