package dev.countersign.server.ingest;

import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The shifts that a batch speaks of, each with what it has come to: kept with every sale, so that
 * closing one asks for no sum. A closed shift does not move any more; what comes late stands beside
 * it.
 */
final class ShiftAccounts {
  /** What a shift has come to on the server, in minor units. */
  static final class Account {
    private final UUID device;
    private boolean closed;
    private long sales;
    private long total;
    private long cash;
    private long addedSales;
    private long addedTotal;
    private long addedCash;

    private Account(UUID device, boolean closed, long sales, long total, long cash) {
      this.device = device;
      this.closed = closed;
      this.sales = sales;
      this.total = total;
      this.cash = cash;
    }

    private void add(long moreSales, long moreTotal, long moreCash) {
      sales += moreSales;
      total = Math.addExact(total, moreTotal);
      cash = Math.addExact(cash, moreCash);
      addedSales += moreSales;
      addedTotal += moreTotal;
      addedCash += moreCash;
    }
  }

  /** What came for a shift that was closed. */
  private record Late(UUID shift, Change change, long total, long cash) {}

  private record Closing(UUID shift, Change change, ShiftClosed body, Judgement judgement) {}

  private final Map<UUID, Account> accounts = new HashMap<>();
  private final Set<UUID> moved = new HashSet<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Closing> closings = new ArrayList<>();

  /** Looks up shifts by their ids. */
  void load(Db db, Set<UUID> ids) throws SQLException {
    for (UUID id : ids) {
      db.first(
              "SELECT device, closed_at, sales, total, cash FROM shift WHERE id = ?",
              row ->
                  new Account(
                      row.uuid(1),
                      row.integerOrNull(2) != null,
                      row.integer(3),
                      row.integer(4),
                      row.integer(5)),
              id)
          .ifPresent(account -> accounts.put(id, account));
    }
  }

  Optional<Ground.Shift> find(UUID shift) {
    return Optional.ofNullable(accounts.get(shift))
        .map(each -> new Ground.Shift(each.device, each.closed, each.sales, each.total, each.cash));
  }

  /** The shift is open now. */
  void opened(UUID shift, UUID device, ShiftOpened body) {
    accounts.put(shift, new Account(device, false, 0, 0, body.floatMinor()));
  }

  void sold(Change change, SaleCompleted sale) {
    add(sale.shift(), change, 1, sale.total(), SaleSums.cash(sale));
  }

  void moved(Change change, CashMoved cash) {
    add(cash.shift(), change, 0, 0, cash.amount());
  }

  void closed(Change change, ShiftClosed body, Judgement judgement) {
    Account account = accounts.get(change.entity());
    if (account != null) {
      account.closed = true;
      closings.add(new Closing(change.entity(), change, body, judgement));
    }
  }

  private void add(UUID shift, Change change, long sales, long total, long cash) {
    Account account = accounts.get(shift);
    if (account == null) {
      return;
    }
    if (account.closed) {
      late.add(new Late(shift, change, total, cash));
      return;
    }
    account.add(sales, total, cash);
    moved.add(shift);
  }

  /** Writes what the batch did to its shifts; those that it opened have their rows by now. */
  void write(Db db, UUID device, Instant received) throws SQLException {
    for (UUID shift : moved) {
      Account account = accounts.get(shift);
      if (account != null) {
        db.update(
            "UPDATE shift SET sales = sales + ?, total = total + ?, cash = cash + ? WHERE id = ?",
            account.addedSales,
            account.addedTotal,
            account.addedCash,
            shift);
      }
    }
    for (Closing closing : closings) {
      db.update(
          """
          UPDATE shift SET closed_at = ?, closed_by = ?, counted = ?, expected = ?,
            closing_verdict = ?
          WHERE id = ?\
          """,
          closing.change().at(),
          closing.change().actor(),
          closing.body().counted(),
          closing.body().cash(),
          closing.judgement().verdict().name(),
          closing.shift());
    }
    for (Late one : late) {
      db.update(
          """
          INSERT INTO shift_adjustment (shift, device, change_number, entity, total, cash, received)
          VALUES (?, ?, ?, ?, ?, ?, ?)\
          """,
          one.shift(),
          device,
          one.change().number(),
          one.change().entity(),
          one.total(),
          one.cash(),
          received);
    }
  }
}
