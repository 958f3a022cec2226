package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is on gift cards and credit slips, as far as this till can know: what the server said while
 * the sale was paid, less what the sale takes of it, and what is on a slip that this till opens.
 * Where it does not know, nothing is said; a balance is never guessed. Safe for any thread.
 */
public final class CardBalances {
  /** Of a payment that is taken up later than this, a balance is not known any more. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private static final int ENDING = 4;

  private final TillStore store;

  CardBalances(TillStore store) {
    this.store = store;
  }

  /** The accounts that moved here without the server's knowing. */
  public Set<UUID> unjudged() {
    return Set.copyOf(
        store.read(db -> db.list("SELECT DISTINCT account FROM credit_moved", row -> row.uuid(1))));
  }

  /** The server said what is on an account, with everything that this till did to it. */
  public void told(UUID account, CreditCode code, Money balance, Instant now) {
    store.write(
        db ->
            db.update(
                "INSERT OR REPLACE INTO credit_told (account, ending, balance, at)"
                    + " VALUES (?, ?, ?, ?)",
                account,
                ending(code.text()),
                balance.minor(),
                now));
  }

  /** The number of the last change of this till, to be told of with what is asked from now on. */
  public long mark() {
    return store.read(db -> mark(db));
  }

  private static long mark(Db db) throws SQLException {
    return db.first("SELECT coalesce(max(number), 0) FROM change", row -> row.integer(1))
        .orElse(0L);
  }

  /**
   * The server said what is on the account of a card that paid for a sale and gets money of it
   * back. An answer that comes when something was recorded here since it was asked for is not kept.
   *
   * @param asked the {@link #mark} before the server was asked
   */
  public void told(
      UUID sale, CreditKind kind, UUID account, Money balance, long asked, Instant now) {
    store.write(
        db ->
            mark(db) != asked || isUnjudged(db, account)
                ? 0
                : db.update(
                    "INSERT OR REPLACE INTO credit_told (account, ending, balance, at)"
                        + " VALUES (?, ?, ?, ?)",
                    account,
                    ending(db, sale, kind),
                    balance.minor(),
                    now));
  }

  private static boolean isUnjudged(Db db, UUID account) throws SQLException {
    return db.first("SELECT 1 FROM credit_moved WHERE account = ? LIMIT 1", row -> true, account)
        .orElse(false);
  }

  /** Of the one card that paid for a sale, where it paid here and one alone did; else empty. */
  private static String ending(Db db, UUID sale, CreditKind kind) throws SQLException {
    List<String> endings =
        db.list(
            "SELECT ending FROM credit_left WHERE sale = ? AND kind = ?",
            row -> row.text(1),
            sale,
            kind.name());
    return endings.size() == 1 ? endings.getFirst() : "";
  }

  /** Nobody can say now what is on it. */
  public void unknown(UUID account) {
    store.write(db -> db.update("DELETE FROM credit_told WHERE account = ?", account));
  }

  /** What is left with a sale on the cards and slips of which that was known then. */
  public List<CreditLeft> after(UUID sale) {
    return store.read(
        db ->
            db.list(
                "SELECT kind, ending, amount FROM credit_left WHERE sale = ? ORDER BY rowid",
                row -> new CreditLeft(CreditKind.valueOf(row.text(1)), row.text(2), row.integer(3)),
                sale));
  }

  /**
   * A sale moved what is on accounts, within the transaction that records it under this change.
   *
   * @param opened the slips that it opens
   */
  void moved(
      Db db, long change, UUID sale, List<Tender> tenders, List<CreditSlip> opened, Instant now)
      throws SQLException {
    Map<UUID, CreditTender> kinds = new LinkedHashMap<>();
    Map<UUID, Long> taken = new LinkedHashMap<>();
    for (Tender tender : tenders) {
      if (tender instanceof CreditTender credit) {
        kinds.put(credit.account(), credit);
        taken.merge(credit.account(), credit.amount().minor(), Math::addExact);
      }
    }
    for (CreditSlip slip : opened) {
      if (slip.kind() == CreditKind.STORE_CREDIT && kinds.remove(slip.account()) != null) {
        keep(db, sale, slip.kind(), ending(slip.code()), slip.amount().minor());
      }
    }
    for (CreditTender each : kinds.values()) {
      long moved = taken.getOrDefault(each.account(), 0L);
      List<CreditLeft> left =
          db.list(
              "SELECT ending, balance FROM credit_told WHERE account = ? AND at BETWEEN ? AND ?",
              row -> new CreditLeft(each.credit(), row.text(1), row.integer(2) - moved),
              each.account(),
              now.minus(FRESH),
              now);
      for (CreditLeft one : left) {
        keep(db, sale, one.kind(), one.ending(), one.left());
      }
      // The next sale asks again.
      db.update("DELETE FROM credit_told WHERE account = ?", each.account());
      db.update("INSERT INTO credit_moved (change, account) VALUES (?, ?)", change, each.account());
    }
  }

  /** The server has judged changes: what it says from now on has them in it. */
  static void judged(Db db, long first, long last) throws SQLException {
    db.update("DELETE FROM credit_moved WHERE change BETWEEN ? AND ?", first, last);
  }

  private static void keep(Db db, UUID sale, CreditKind kind, String ending, long left)
      throws SQLException {
    if (left >= 0) {
      db.update(
          "INSERT INTO credit_left (sale, kind, ending, amount) VALUES (?, ?, ?, ?)",
          sale,
          kind.name(),
          ending,
          left);
    }
  }

  private static String ending(String code) {
    return code.substring(code.length() - ENDING);
  }
}
