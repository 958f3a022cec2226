package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeType;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes changes into the store, within the transaction of the act that makes them. */
final class Recorder {
  /** A batch's header and the brackets around its changes. */
  private static final int BATCH_FRAME = 2048;

  /** By how many changes a day's range grows at a time. */
  private static final int STRIDE = 256;

  private final Grants grants;
  private final UuidV7 ids;

  Recorder(Grants grants, UuidV7 ids) {
    this.grants = grants;
    this.ids = ids;
  }

  /** Where the device's counters stand. */
  record State(long change, long receipt, @Nullable UUID openShift) {
    private static State of(Row row) throws SQLException {
      if (row.flag(4)) {
        throw new ActRefusedException(Reason.WIPED);
      }
      return new State(row.integer(1), row.integer(2), row.uuidOrNull(3));
    }

    /** In one statement: each costs a sale as much as a page does. */
    static State read(Db db) throws SQLException {
      return db.first(
              "SELECT number, last_receipt, shift, retired FROM state LEFT JOIN"
                  + " (SELECT number, last_receipt FROM change ORDER BY number DESC LIMIT 1)",
              State::of)
          .orElseThrow(() -> new SQLException("a store without its state"));
    }

    /** The shift that is open. */
    UUID requireShift() {
      UUID open = openShift();
      if (open == null) {
        throw new ActRefusedException(Reason.NO_OPEN_SHIFT);
      }
      return open;
    }
  }

  UUID newId() {
    return ids.next();
  }

  /** Records a change that is no sale. */
  void append(Db db, Actor actor, State before, UUID entity, ChangeBody body) throws SQLException {
    append(db, actor, before, entity, body, null);
  }

  /**
   * Records a change that is no sale.
   *
   * @param cash what it moved in the drawer, in minor units; null when nothing
   */
  void append(Db db, Actor actor, State before, UUID entity, ChangeBody body, @Nullable Long cash)
      throws SQLException {
    long number = before.change() + 1;
    db.update(
        "INSERT INTO change (number, last_receipt, at, type, cash, body) VALUES (?, ?, ?, ?, ?, ?)",
        number,
        before.receipt(),
        actor.at(),
        ChangeType.of(body).wireName(),
        cash,
        encoded(actor, number, entity, body));
  }

  private byte[] encoded(Actor actor, long number, UUID entity, ChangeBody body) {
    byte[] bytes =
        ChangeCodec.encode(
            new Change(
                ids.next(),
                number,
                entity,
                actor.user(),
                actor.approver(),
                grants.authority(),
                actor.at(),
                body));
    if (bytes.length > Limits.BATCH_BYTES - BATCH_FRAME) {
      throw new ActRefusedException(Reason.TOO_LARGE);
    }
    return bytes;
  }

  void insertSale(
      Db db, Actor actor, long number, UUID sale, ReceiptNumber receipt, SaleCompleted fact)
      throws SQLException {
    db.update(
        "INSERT INTO change (number, last_receipt, at, type, id, receipt, business_date, actor,"
            + " lines, total, tax, cash, card, print, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        number,
        receipt.number(),
        actor.at(),
        ChangeType.SALE_COMPLETED.wireName(),
        sale,
        receipt.number(),
        fact.businessDate(),
        actor.user(),
        fact.lines().size(),
        fact.total(),
        fact.tax(),
        SaleChecks.cash(fact),
        SaleChecks.card(fact),
        encoded(actor, number, sale, fact));
    boolean covered =
        db.first(
                "SELECT 1 FROM sale_day WHERE business_date = ? AND last >= ?",
                row -> row.flag(1),
                fact.businessDate(),
                number)
            .isPresent();
    if (!covered) {
      db.update(
          "INSERT INTO sale_day (business_date, first, last) VALUES (?, ?, ?)"
              + " ON CONFLICT (business_date) DO UPDATE SET last = excluded.last",
          fact.businessDate(),
          number,
          number + STRIDE);
    }
  }
}
