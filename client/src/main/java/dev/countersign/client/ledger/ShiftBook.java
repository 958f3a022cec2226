package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The cash sessions of this register. */
final class ShiftBook {
  private static final int LONGEST_REASON = 200;

  private static final String SHIFT =
      "SELECT id, number, business_date, opened_at, opened_by, opening_float, opened_change"
          + " FROM shift WHERE id = (SELECT shift FROM state)";

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;

  ShiftBook(TillStore store, Enrolled enrolled, Users users, Recorder recorder) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
  }

  ShiftView open(Actor actor, LocalDate businessDate, Money openingFloat) {
    UUID register = enrolled.requireRegister();
    requireOwn(openingFloat);
    if (openingFloat.isNegative()) {
      throw new ActRefusedException(Reason.NEGATIVE_FLOAT);
    }
    users.require(actor, List.of(PermissionKey.SHIFT_OPEN));
    return store.write(
        db -> {
          State state = State.read(db);
          if (state.openShift() != null) {
            throw new ActRefusedException(Reason.SHIFT_OPEN_ALREADY);
          }
          ShiftView shift =
              new ShiftView(
                  recorder.newId(),
                  last(db) + 1,
                  businessDate,
                  actor.at(),
                  actor.user(),
                  openingFloat);
          ShiftOpened body =
              new ShiftOpened(
                  enrolled.store(),
                  register,
                  shift.number(),
                  businessDate,
                  enrolled.currency().getCurrencyCode(),
                  openingFloat.minor());
          recorder.append(db, actor, state, shift.id(), body);
          db.update(
              "INSERT INTO shift (id, number, business_date, opened_at, opened_by,"
                  + " opening_float, opened_change) VALUES (?, ?, ?, ?, ?, ?, ?)",
              shift.id(),
              shift.number(),
              businessDate,
              actor.at(),
              actor.user(),
              openingFloat.minor(),
              state.change() + 1);
          db.update("UPDATE state SET shift = ?", shift.id());
          return shift;
        });
  }

  Optional<ShiftView> current() {
    return store.read(db -> db.first(SHIFT, this::shift));
  }

  private record Open(ShiftView view, long firstChange) {}

  /** What came of a shift: each of its changes stands behind its opening. */
  private record Sums(long sales, long total, long cash) {}

  ClosedShift close(Actor actor, Money counted) {
    UUID register = enrolled.requireRegister();
    requireOwn(counted);
    if (counted.isNegative()) {
      throw new ActRefusedException(Reason.NEGATIVE_COUNT);
    }
    users.require(actor, List.of(PermissionKey.SHIFT_CLOSE));
    return store.write(
        db -> {
          State state = State.read(db);
          state.requireShift();
          if (db.first("SELECT 1 FROM state WHERE draft IS NOT NULL", row -> true).isPresent()) {
            throw new ActRefusedException(Reason.BASKET_OPEN);
          }
          Open open =
              db.first(SHIFT, row -> new Open(shift(row), row.integer(7)))
                  .orElseThrow(() -> new SQLException("an open shift without its row"));
          Sums sums = sums(db, open.firstChange());
          ShiftClosed.LogHead log = CheckpointBook.head(db).orElse(null);
          ShiftView shift = open.view();
          long expected = Math.addExact(shift.openingFloat().minor(), sums.cash());
          ShiftClosed body =
              new ShiftClosed(
                  enrolled.store(),
                  register,
                  shift.number(),
                  shift.businessDate(),
                  enrolled.currency().getCurrencyCode(),
                  sums.sales(),
                  sums.total(),
                  expected,
                  counted.minor(),
                  log);
          recorder.append(db, actor, state, shift.id(), body);
          db.update(
              "UPDATE shift SET closed_at = ?, closed_by = ?, counted = ?, expected = ?"
                  + " WHERE id = ?",
              actor.at(),
              actor.user(),
              counted.minor(),
              expected,
              shift.id());
          db.update("UPDATE state SET shift = NULL");
          return new ClosedShift(
              shift,
              actor.at(),
              actor.user(),
              sums.sales(),
              money(sums.total()),
              money(expected),
              counted,
              Optional.ofNullable(log));
        });
  }

  private static Sums sums(Db db, long firstChange) throws SQLException {
    return db.first(
            "SELECT count(receipt), coalesce(sum(total), 0), coalesce(sum(cash), 0) FROM change"
                + " WHERE number >= ?",
            row -> new Sums(row.integer(1), row.integer(2), row.integer(3)),
            firstChange)
        .orElseThrow(() -> new SQLException("a sum without a row"));
  }

  void moveCash(Actor actor, Money amount, String reason) {
    UUID register = enrolled.requireRegister();
    requireOwn(amount);
    String why = reason.strip();
    if (amount.isZero() || why.isEmpty() || why.length() > LONGEST_REASON) {
      throw new ActRefusedException(Reason.NO_REASON);
    }
    if (CardNumbers.isIn(why)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    users.require(actor, List.of(PermissionKey.CASH_MOVE));
    store.write(
        db -> {
          State state = State.read(db);
          CashMoved body =
              new CashMoved(
                  enrolled.store(),
                  register,
                  state.requireShift(),
                  enrolled.currency().getCurrencyCode(),
                  amount.minor(),
                  why);
          recorder.append(db, actor, state, recorder.newId(), body, amount.minor());
          return true;
        });
  }

  private void requireOwn(Money amount) {
    if (!amount.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
  }

  private static long last(Db db) throws SQLException {
    return db.first("SELECT coalesce(max(number), 0) FROM shift", row -> row.integer(1)).orElse(0L);
  }

  private ShiftView shift(Row row) throws SQLException {
    return new ShiftView(
        row.uuid(1),
        row.integer(2),
        row.date(3),
        row.instant(4),
        row.uuid(5),
        money(row.integer(6)));
  }

  private Money money(long minor) {
    return Money.of(minor, enrolled.currency());
  }
}
