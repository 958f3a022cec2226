package dev.countersign.server.guard;

import dev.countersign.common.guard.GovernmentId;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Counts the texts that were kept out of a tenant's data, and writes each into the audit log: what
 * kind of number, where it was tried and by whom; never the number, nor the text around it.
 */
public final class TextRefusals {
  /** The audit entry for card numbers that were kept out; its detail says how many. */
  public static final String CARD_NUMBER = "card-number.refused";

  /** The audit entry for a government id that came in; its detail says which kind. */
  public static final String GOVERNMENT_ID = "government-id.noticed";

  private final Journal journal;

  public TextRefusals(Journal journal) {
    this.journal = journal;
  }

  /**
   * How often something was kept out or noticed in a month.
   *
   * @param kind {@code card-number}, or a government id as {@link GovernmentId#shown()}
   * @param surface where: a route, {@code import} or {@code batch}
   */
  public record Tally(String kind, String surface, long times) {}

  /** Card numbers were refused; {@code times} texts held one. */
  public void refusedCard(TenantScope scope, By by, String surface, long times)
      throws SQLException {
    count(scope, "card-number", surface, times);
    journal.note(scope, by, CARD_NUMBER, surface, Long.toString(times));
  }

  /** Government ids came in with something that was stored. */
  public void noticed(TenantScope scope, By by, String surface, Set<GovernmentId> kinds)
      throws SQLException {
    for (GovernmentId kind : kinds) {
      count(scope, kind.shown(), surface, 1);
      journal.note(scope, by, GOVERNMENT_ID, surface, kind.shown());
    }
  }

  /** What was counted in a month (UTC). */
  public List<Tally> in(TenantScope scope, YearMonth month) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT kind, surface, times FROM refused_text WHERE month = ? ORDER BY kind, surface",
            row -> new Tally(row.text(1), row.text(2), row.integer(3)),
            month.toString());
  }

  private static void count(TenantScope scope, String kind, String surface, long times)
      throws SQLException {
    String month = YearMonth.from(scope.clock().instant().atZone(ZoneOffset.UTC)).toString();
    int counted =
        scope
            .db()
            .update(
                "UPDATE refused_text SET times = times + ?"
                    + " WHERE month = ? AND kind = ? AND surface = ?",
                times,
                month,
                kind,
                surface);
    if (counted == 0) {
      scope
          .db()
          .update(
              "INSERT INTO refused_text (month, kind, surface, times) VALUES (?, ?, ?, ?)",
              month,
              kind,
              surface,
              times);
    }
  }
}
