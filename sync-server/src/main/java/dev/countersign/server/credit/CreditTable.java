package dev.countersign.server.credit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of gift cards and store credit; amounts in minor units of the tenant's currency. */
public final class CreditTable {
  private static final int MOST_SHOWN = 500;

  /** Why something moved. */
  public enum Why {
    /** Put on a card that was paid. */
    ISSUED,
    /** Given without a sale. */
    GIVEN,
    /** Paid with. */
    SPENT,
    /** Put on it for goods that came back. */
    REFUNDED
  }

  /** An account that is open. */
  public record Account(UUID id, CreditKind kind, UUID store) {}

  /**
   * Something that moved.
   *
   * @param part counts what one change moved, from 0
   * @param amount negative when it was spent
   */
  public record Movement(
      UUID device,
      long change,
      int part,
      UUID account,
      Why why,
      long amount,
      @Nullable UUID sale) {}

  /** Reserved for a device, with the envelope that told it. */
  record Allotment(UUID account, long amount, byte[] envelope) {}

  /** What a device still holds of an account. */
  public record Hold(UUID account, UUID device, long amount) {}

  /** An account of which more was spent than was on it. */
  public record Overdrawn(UUID account, long balance) {}

  public Optional<Account> find(Db db, UUID account) throws SQLException {
    return db.first(
        "SELECT id, kind, store FROM credit_account WHERE id = ?",
        row -> new Account(row.uuid(1), CreditKind.valueOf(row.text(2)), row.uuid(3)),
        account);
  }

  /**
   * By its code.
   *
   * @param code as {@link CreditCodes#keyed}
   */
  public Optional<Account> byCode(Db db, Hash code) throws SQLException {
    return db.first(
        "SELECT id, kind, store FROM credit_account WHERE code = ?",
        row -> new Account(row.uuid(1), CreditKind.valueOf(row.text(2)), row.uuid(3)),
        code);
  }

  public void open(Db db, Account account, Hash code, UUID device, Instant received)
      throws SQLException {
    db.update(
        """
        INSERT INTO credit_account (id, kind, code, device, store, received)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        account.id(),
        account.kind().name(),
        code,
        device,
        account.store(),
        received);
  }

  public void moved(Db db, Movement movement, Instant received) throws SQLException {
    db.update(
        """
        INSERT INTO credit_movement (device, change_number, part, account, kind, amount, sale,
          received)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        movement.device(),
        movement.change(),
        movement.part(),
        movement.account(),
        movement.why().name(),
        movement.amount(),
        movement.sale(),
        received);
  }

  /** What is on an account: the sum of what moved. */
  public long balance(Db db, UUID account) throws SQLException {
    return db.first(
            "SELECT coalesce(sum(amount), 0) FROM credit_movement WHERE account = ?",
            row -> row.integer(1),
            account)
        .orElse(0L);
  }

  /** What a sale put on an account. */
  public long putOn(Db db, UUID account, UUID sale) throws SQLException {
    return db.first(
            """
            SELECT coalesce(sum(amount), 0) FROM credit_movement
            WHERE account = ? AND sale = ? AND amount > 0\
            """,
            row -> row.integer(1),
            account,
            sale)
        .orElse(0L);
  }

  /** Whether a sale put anything on an account or took it from there. */
  boolean hasMoved(Db db, UUID account, UUID sale) throws SQLException {
    return db.first(
            "SELECT 1 FROM credit_movement WHERE account = ? AND sale = ? LIMIT 1",
            row -> true,
            account,
            sale)
        .orElse(false);
  }

  /** What all devices together hold of an account. */
  public long held(Db db, UUID account) throws SQLException {
    return db.first(
            """
            SELECT coalesce(sum(reserved - spent - returned - freed), 0)
            FROM credit_pool WHERE account = ?\
            """,
            row -> row.integer(1),
            account)
        .orElse(0L);
  }

  /** What a device may still spend of an account. */
  public long heldBy(Db db, UUID account, UUID device) throws SQLException {
    return db.first(
            """
            SELECT reserved - spent - returned - freed FROM credit_pool
            WHERE account = ? AND device = ?\
            """,
            row -> row.integer(1),
            account,
            device)
        .orElse(0L);
  }

  /** A device spent so much of what it holds. */
  public void spent(Db db, UUID account, UUID device, long amount) throws SQLException {
    db.update(
        "UPDATE credit_pool SET spent = spent + ? WHERE account = ? AND device = ?",
        amount,
        account,
        device);
  }

  void returned(Db db, UUID account, UUID device, long amount) throws SQLException {
    db.update(
        "UPDATE credit_pool SET returned = returned + ? WHERE account = ? AND device = ?",
        amount,
        account,
        device);
  }

  void freed(Db db, UUID account, UUID device, long amount) throws SQLException {
    db.update(
        "UPDATE credit_pool SET freed = freed + ? WHERE account = ? AND device = ?",
        amount,
        account,
        device);
  }

  Optional<Allotment> allotment(Db db, UUID device, UUID request) throws SQLException {
    return db.first(
        "SELECT account, amount, envelope FROM credit_allotment WHERE device = ? AND request = ?",
        row -> new Allotment(row.uuid(1), row.integer(2), row.bytes(3)),
        device,
        request);
  }

  /** Under the tenant's lock, so looking and then inserting is safe. */
  void reserve(
      Db db, UUID id, UUID device, UUID request, Allotment allotment, Instant made, Instant until)
      throws SQLException {
    db.update(
        """
        INSERT INTO credit_allotment (id, device, request, account, amount, made, until, envelope)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        id,
        device,
        request,
        allotment.account(),
        allotment.amount(),
        made,
        until,
        allotment.envelope());
    int known =
        db.update(
            "UPDATE credit_pool SET reserved = reserved + ? WHERE account = ? AND device = ?",
            allotment.amount(),
            allotment.account(),
            device);
    if (known == 0) {
      db.update(
          "INSERT INTO credit_pool (account, device, reserved) VALUES (?, ?, ?)",
          allotment.account(),
          device,
          allotment.amount());
    }
  }

  /** What came back under this id before. */
  Optional<Hold> comeBack(Db db, UUID id) throws SQLException {
    return db.first(
        "SELECT account, device, amount FROM credit_return WHERE id = ?",
        row -> new Hold(row.uuid(1), row.uuid(2), row.integer(3)),
        id);
  }

  void cameBack(Db db, UUID id, Hold what, Instant received) throws SQLException {
    db.update(
        """
        INSERT INTO credit_return (id, device, account, amount, received)
        VALUES (?, ?, ?, ?, ?)\
        """,
        id,
        what.device(),
        what.account(),
        what.amount(),
        received);
  }

  /** What devices hold, at most so many. */
  List<Hold> holds(Db db) throws SQLException {
    return db.list(
        """
        SELECT account, device, reserved - spent - returned - freed FROM credit_pool
        WHERE reserved - spent - returned - freed > 0 ORDER BY account, device LIMIT ?\
        """,
        row -> new Hold(row.uuid(1), row.uuid(2), row.integer(3)),
        MOST_SHOWN);
  }

  /** Accounts that went below zero, at most so many. */
  List<Overdrawn> overdrawn(Db db) throws SQLException {
    return db.list(
        """
        SELECT account, sum(amount) FROM credit_movement
        GROUP BY account HAVING sum(amount) < 0 ORDER BY account LIMIT ?\
        """,
        row -> new Overdrawn(row.uuid(1), row.integer(2)),
        MOST_SHOWN);
  }
}
