package dev.countersign.server.customer;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.sql.Db;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes what signed changes only commit to, whether it comes before its change or after it, and
 * erases it. Nothing of it is in the log, so that every proof stays as it was.
 */
public final class CustomerDesk {
  /** As many as wait for their change of one customer; a till sends one at a time. */
  private static final long MOST_WAITING = 100;

  private final FeedTable feed;
  private final Journal journal;

  public CustomerDesk(FeedTable feed, Journal journal) {
    this.feed = feed;
    this.journal = journal;
  }

  private record Standing(String details, boolean erased) {}

  /** What came of what a device told. */
  public enum Heard {
    KEPT,
    /** What was known of this customer was erased: nothing of it is kept any more. */
    ERASED,
    /** More than anybody writes of one customer. */
    TOO_MANY
  }

  /** A device says who it is that a change of its speaks of; the same twice is kept once. */
  public Heard hear(TenantScope scope, CustomerWord word) throws SQLException {
    Db db = scope.db();
    Optional<Standing> standing = standing(db, word.customer());
    if (standing.filter(Standing::erased).isPresent()) {
      return Heard.ERASED;
    }
    String commitment = word.commitment();
    boolean kept =
        db.first(
                "SELECT 1 FROM customer_detail WHERE customer = ? AND commitment = ?",
                row -> row.integer(1),
                word.customer(),
                commitment)
            .isPresent();
    if (!kept) {
      long waiting =
          db.first(
                  "SELECT count(*) FROM customer_detail WHERE customer = ?",
                  row -> row.integer(1),
                  word.customer())
              .orElse(0L);
      if (waiting >= MOST_WAITING) {
        return Heard.TOO_MANY;
      }
      db.update(
          "INSERT INTO customer_detail (customer, commitment, body, received)"
              + " VALUES (?, ?, ?, ?)",
          word.customer(),
          commitment,
          Json.encode(word),
          scope.clock().instant());
    }
    if (standing.filter(found -> found.details().equals(commitment)).isPresent()) {
      feed.put(scope, word.customer(), null, new CustomerItem(commitment, word.details()));
    }
    return Heard.KEPT;
  }

  /**
   * Erases what is known of a customer, here and on every device. What they bought stays, under an
   * id that leads to nobody.
   *
   * @return false when there is no such customer
   */
  public boolean erase(TenantScope scope, By by, UUID customer) throws SQLException {
    Db db = scope.db();
    if (standing(db, customer).isEmpty()) {
      return false;
    }
    db.update("UPDATE customer SET erased = 1 WHERE id = ?", customer);
    db.update("DELETE FROM customer_detail WHERE customer = ?", customer);
    feed.remove(scope, "customer", customer);
    feed.remove(scope, "customer-terms", customer);
    feed.remove(scope, "customer-account", customer);
    journal.note(scope, by, "customer.erased", customer.toString(), "");
    return true;
  }

  private static Optional<Standing> standing(Db db, UUID customer) throws SQLException {
    return db.first(
        "SELECT details, erased FROM customer WHERE id = ?",
        row -> new Standing(row.text(1), row.flag(2)),
        customer);
  }
}
