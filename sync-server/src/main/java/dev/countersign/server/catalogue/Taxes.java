package dev.countersign.server.catalogue;

import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.Names;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The taxes of a tenant, which its products name and its tills charge. A till charges what it last
 * heard of; a sale keeps the rates by which it was made.
 */
public final class Taxes {
  /** So that it stands on one line of a receipt, beside its rate and its sum. */
  private static final int LONGEST = 20;

  /** One of them. */
  public record Tax(UUID id, TaxItem item) {}

  private final FeedTable feed;
  private final Journal journal;

  /** Takes its collaborators. */
  public Taxes(FeedTable feed, Journal journal) {
    this.feed = feed;
    this.journal = journal;
  }

  /** All of them. */
  public List<Tax> list(TenantScope scope) throws SQLException {
    return feed.taxes(scope).entrySet().stream()
        .map(each -> new Tax(each.getKey(), each.getValue()))
        .toList();
  }

  /**
   * Adds one.
   *
   * @throws RefusedException when its name is taken or none, or its rate out of range
   */
  public Tax add(TenantScope scope, UUID id, TaxItem item) throws SQLException {
    String name = item.name();
    if (!Names.isName(name) || !TaxNames.isName(name) || name.length() > LONGEST) {
      throw new RefusedException(
          "A tax's name is 1 to " + LONGEST + " characters on one line, without a semicolon.");
    }
    if (list(scope).stream().anyMatch(each -> each.item().name().equalsIgnoreCase(name))) {
      throw new RefusedException("There is a tax " + name + " already.");
    }
    return put(scope, new Tax(id, item), "tax.added");
  }

  /**
   * Gives one another rate, which tills charge from when they hear of it.
   *
   * @param name what it is called, in capitals or not
   * @throws RefusedException when there is none of that name, or the rate is out of range
   */
  public Tax changeRate(TenantScope scope, String name, BigDecimal rate) throws SQLException {
    Tax before =
        list(scope).stream()
            .filter(each -> each.item().name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> new RefusedException("There is no tax " + name + "."));
    TaxItem item = before.item();
    return put(
        scope,
        new Tax(
            before.id(),
            new TaxItem(
                item.name(),
                item.type(),
                rate,
                item.included(),
                item.includeInBase(),
                item.baseAffected())),
        "tax.changed");
  }

  private Tax put(TenantScope scope, Tax tax, String what) throws SQLException {
    TaxItem item = tax.item();
    try {
      item.rule(tax.id());
    } catch (IllegalArgumentException e) {
      throw new RefusedException("A tax has " + e.getMessage() + ".");
    }
    if (feed.put(scope, tax.id(), null, item)) {
      journal.note(
          scope, what, tax.id().toString(), item.name() + " " + item.rate().toPlainString());
    }
    return tax;
  }
}
