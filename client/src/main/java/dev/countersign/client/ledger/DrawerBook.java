package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What is done at this register's drawer without a sale. */
final class DrawerBook {
  private static final int LONGEST_REASON = 200;

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;

  DrawerBook(TillStore store, Enrolled enrolled, Users users, Recorder recorder) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
  }

  DrawerSlip moveCash(Actor actor, Money amount, String reason) {
    UUID register = enrolled.requireRegister();
    if (!amount.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
    String why = requireReason(reason);
    if (amount.isZero()) {
      throw new ActRefusedException(Reason.NO_REASON);
    }
    users.require(actor, List.of(PermissionKey.CASH_MOVE));
    return store.write(
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
          return slip(db, actor, amount, why);
        });
  }

  DrawerSlip openDrawer(Actor actor, String reason) {
    UUID register = enrolled.requireRegister();
    String why = requireReason(reason);
    users.require(actor, List.of(PermissionKey.DRAWER_OPEN));
    return store.write(
        db -> {
          State state = State.read(db);
          DrawerOpened body =
              new DrawerOpened(enrolled.store(), register, state.requireShift(), why);
          recorder.append(db, actor, state, recorder.newId(), body);
          return slip(db, actor, Money.zero(enrolled.currency()), why);
        });
  }

  private DrawerSlip slip(Db db, Actor actor, Money amount, String reason) throws SQLException {
    UUID second = actor.approver();
    return new DrawerSlip(
        actor.at(),
        shift(db),
        users.nameOf(actor.user()),
        second == null ? "" : users.nameOf(second),
        amount,
        reason);
  }

  private static long shift(Db db) throws SQLException {
    return db.first(
            "SELECT number FROM shift WHERE id = (SELECT shift FROM state)", row -> row.integer(1))
        .orElse(0L);
  }

  private static String requireReason(String reason) {
    String why = reason.strip();
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      throw new ActRefusedException(Reason.NO_REASON);
    }
    if (CardNumbers.isIn(why)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    return why;
  }
}
