package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The accounts of gift cards and store credit that this till opens. */
final class CreditBook {
  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;
  private final Purse purse;

  CreditBook(TillStore store, Enrolled enrolled, Users users, Recorder recorder, Purse purse) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
    this.purse = purse;
  }

  CreditSlip give(Actor actor, Money amount) {
    enrolled.requireRegister();
    if (!amount.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
    if (!amount.isPositive()) {
      throw new ActRefusedException(Reason.SUMS_DO_NOT_AGREE);
    }
    users.require(actor, List.of(PermissionKey.CREDIT_ISSUE));
    CreditSlip slip = purse.slip(recorder.newId(), CreditKind.STORE_CREDIT, amount, null);
    return store.write(
        db -> {
          open(db, actor, State.read(db), List.of(slip));
          return slip;
        });
  }

  /** New gift cards, of which nothing is written yet. */
  List<CreditSlip> cards(List<Money> amounts, UUID sale) {
    return amounts.stream()
        .map(amount -> purse.slip(recorder.newId(), CreditKind.GIFT_CARD, amount, sale))
        .toList();
  }

  /**
   * The new accounts of store credit that a refund or return pays into. One that this till has not
   * heard of need not be new: it may have paid, at another till, for what comes back.
   *
   * @param paid the accounts that paid for it
   */
  List<CreditSlip> slips(Db db, List<Tender> tenders, Set<UUID> paid, UUID refund)
      throws SQLException {
    List<CreditSlip> slips = new ArrayList<>();
    Set<UUID> seen = new HashSet<>();
    for (Tender tender : tenders) {
      if (tender instanceof CreditTender credit
          && credit.amount().isNegative()
          && credit.credit() == CreditKind.STORE_CREDIT
          && !paid.contains(credit.account())
          && !purse.knows(db, credit.account())) {
        if (!seen.add(credit.account())) {
          throw new ActRefusedException(Reason.SUMS_DO_NOT_AGREE);
        }
        slips.add(purse.slip(credit.account(), credit.credit(), credit.amount().negate(), refund));
      }
    }
    return slips;
  }

  /** Records that accounts were opened, behind the change where the counters stand. */
  void open(Db db, Actor actor, State before, List<CreditSlip> slips) throws SQLException {
    UUID register = enrolled.requireRegister();
    State state = before;
    for (CreditSlip slip : slips) {
      UUID shift = state.requireShift();
      CreditIssued body =
          new CreditIssued(
              enrolled.store(),
              register,
              shift,
              slip.kind(),
              purse.opens(slip),
              enrolled.currency().getCurrencyCode(),
              slip.amount().minor(),
              slip.sale());
      recorder.append(db, actor, state, slip.account(), body);
      purse.keep(db, slip);
      state = new State(state.change() + 1, state.receipt(), shift);
    }
  }
}
