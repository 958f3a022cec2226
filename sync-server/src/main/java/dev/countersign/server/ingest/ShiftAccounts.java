package dev.countersign.server.ingest;

import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.json.Json;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.nio.charset.StandardCharsets;
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
  /** What a shift has come to on the server. */
  static final class Account {
    private final UUID device;
    private boolean closed;
    private final long opened;
    private final ShiftTally tally;
    private long empties;

    private Account(UUID device, boolean closed, long opened, ShiftFigures figures, long empties) {
      this.device = device;
      this.closed = closed;
      this.opened = opened;
      this.tally = new ShiftTally(figures);
      this.empties = empties;
    }
  }

  /** What came for a shift that was closed. */
  private record Late(UUID shift, Change change, long total, long cash) {}

  private record Closing(UUID shift, Change change, ShiftClosed body, Judgement judgement) {}

  private final UUID device;
  private final Map<UUID, Db.Answer<Optional<Account>>> asked = new HashMap<>();
  private final Map<UUID, Account> accounts = new HashMap<>();
  private final Set<UUID> moved = new HashSet<>();
  private final Set<UUID> tookBack = new HashSet<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Closing> closings = new ArrayList<>();

  /**
   * @param device whose batch it is
   */
  ShiftAccounts(UUID device) {
    this.device = device;
  }

  /** Asks for shifts by their ids; {@link #load()} before any is looked for. */
  void ask(Db db, Set<UUID> ids) throws SQLException {
    for (UUID id : ids) {
      asked.put(
          id,
          db.firstSoon(
              "SELECT device, closed_at, float, figures, empties FROM shift WHERE id = ?",
              row ->
                  new Account(
                      row.uuid(1),
                      row.integerOrNull(2) != null,
                      row.integer(3),
                      figures(row),
                      row.integer(5)),
              id));
    }
  }

  /** Takes what was asked for. */
  void load() throws SQLException {
    for (var each : asked.entrySet()) {
      each.getValue().get().ifPresent(account -> accounts.put(each.getKey(), account));
    }
  }

  private static ShiftFigures figures(Row row) throws SQLException {
    String kept = row.textOrNull(4);
    return kept == null
        ? ShiftFigures.NONE
        : Json.decode(kept.getBytes(StandardCharsets.UTF_8), ShiftFigures.class);
  }

  Optional<Ground.Shift> find(UUID shift) {
    return Optional.ofNullable(accounts.get(shift))
        .map(each -> new Ground.Shift(each.device, each.closed, each.opened, each.tally.figures()));
  }

  /** Whether a shift is there, and whose; without adding it up. */
  Optional<UUID> device(UUID shift) {
    return Optional.ofNullable(accounts.get(shift)).map(each -> each.device);
  }

  /** Whether it is closed. */
  boolean isClosed(UUID shift) {
    Account account = accounts.get(shift);
    return account != null && account.closed;
  }

  /** The shift is open now. */
  void opened(UUID shift, UUID device, ShiftOpened body) {
    accounts.put(shift, new Account(device, false, body.floatMinor(), ShiftFigures.NONE, 0));
  }

  void sold(Change change, SaleCompleted sale) {
    add(sale.shift(), change, sale.total(), SaleSums.cash(sale));
  }

  void moved(Change change, CashMoved cash) {
    add(cash.shift(), change, 0, cash.amount());
  }

  /** As {@link Ground#emptiesPaid}. */
  long emptiesPaid(UUID shift) {
    Account account = accounts.get(shift);
    return account == null || !account.device.equals(device) ? 0 : account.empties;
  }

  /**
   * Empties came back that nobody answered for, also when the shift is closed by now.
   *
   * @param amount not negative
   */
  void tookBack(UUID shift, long amount) {
    Account account = accounts.get(shift);
    if (amount > 0 && account != null && account.device.equals(device)) {
      account.empties = Math.min(Judge.LARGEST_AMOUNT, account.empties + amount);
      tookBack.add(shift);
    }
  }

  /** Something that moved no money: a basket thrown away, a drawer opened or counted. */
  void noted(Change change, UUID shift) {
    add(shift, change, 0, 0);
  }

  void closed(Change change, ShiftClosed body, Judgement judgement) {
    Account account = accounts.get(change.entity());
    if (account != null) {
      account.closed = true;
      closings.add(new Closing(change.entity(), change, body, judgement));
    }
  }

  /** What another device's shift is named for stands beside it: nobody spoils others' figures. */
  private void add(UUID shift, Change change, long total, long cash) {
    Account account = accounts.get(shift);
    if (account == null || !account.device.equals(device)) {
      return;
    }
    if (account.closed) {
      late.add(new Late(shift, change, total, cash));
      return;
    }
    account.tally.add(change.actor(), change.body());
    moved.add(shift);
  }

  /** Writes what the batch did to its shifts; those that it opened have their rows by now. */
  void write(Db db, Instant received) throws SQLException {
    for (UUID shift : moved) {
      Account account = accounts.get(shift);
      if (account != null) {
        ShiftFigures figures = account.tally.figures();
        db.updateSoon(
            "UPDATE shift SET sales = ?, total = ?, cash = ?, figures = ? WHERE id = ?",
            figures.sales(),
            figures.total(),
            Math.addExact(account.opened, figures.cash()),
            new String(Json.encode(figures), StandardCharsets.UTF_8),
            shift);
      }
    }
    for (UUID shift : tookBack) {
      db.updateSoon("UPDATE shift SET empties = ? WHERE id = ?", emptiesPaid(shift), shift);
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
