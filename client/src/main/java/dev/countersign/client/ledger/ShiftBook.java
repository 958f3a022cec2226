package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cash sessions of this register. */
final class ShiftBook {
  private static final String COLUMNS =
      "SELECT id, number, business_date, opened_at, opened_by, opening_float, opened_change,"
          + " closed_by, report FROM shift ";

  private static final String OPEN = COLUMNS + "WHERE id = (SELECT shift FROM state)";

  static final String COUNTED =
      "SELECT 1 FROM change WHERE number >= ? AND type = 'drawer.counted' LIMIT 1";

  static final String LAST_COUNT =
      "SELECT body FROM change WHERE number = (SELECT max(number) FROM change)"
          + " AND type = 'drawer.counted'";

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Settings settings;
  private final Recorder recorder;

  ShiftBook(TillStore store, Enrolled enrolled, Users users, Settings settings, Recorder recorder) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.settings = settings;
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
    return store.read(db -> db.first(OPEN, row -> shift(row).view()));
  }

  /** A shift as it is stored: behind its first change stand all others. */
  private record Kept(
      ShiftView view, long firstChange, @Nullable UUID closedBy, byte @Nullable [] report) {}

  Told count(Actor actor, UUID shift, DrawerCount counted) {
    UUID register = enrolled.requireRegister();
    requireFit(counted);
    users.require(actor, List.of(PermissionKey.SHIFT_CLOSE));
    return store.write(
        db -> {
          State state = State.read(db);
          Kept open = requireOpen(db, state, shift);
          DrawerCounted body =
              new DrawerCounted(
                  enrolled.store(),
                  register,
                  open.view().id(),
                  enrolled.currency().getCurrencyCode(),
                  counted.total().minor(),
                  counted.pieces(),
                  counted.others(),
                  isCounted(db, open));
          users.require(actor, body.requires());
          recorder.append(db, actor, state, recorder.newId(), body);
          return told(db, open, body);
        });
  }

  Optional<Told> told() {
    return store.read(
        db -> {
          Optional<Kept> open = db.first(OPEN, this::shift);
          Optional<DrawerCounted> fresh = freshCount(db);
          return open.isEmpty() || fresh.isEmpty()
              ? Optional.empty()
              : Optional.of(told(db, open.get(), fresh.get()));
        });
  }

  private Told told(Db db, Kept open, DrawerCounted body) throws SQLException {
    ShiftReader read = ShiftReader.read(db, users, open.firstChange());
    DrawerCount count = new DrawerCount(money(body.counted()), body.pieces(), body.others());
    return new Told(open.view().id(), count, expected(open.view(), read));
  }

  private Money expected(ShiftView shift, ShiftReader read) {
    return shift.openingFloat().plus(money(read.figures().cash()));
  }

  private static boolean isCounted(Db db, Kept open) throws SQLException {
    return db.first(COUNTED, row -> true, open.firstChange()).isPresent();
  }

  /** The count behind which nothing was recorded. */
  private static Optional<DrawerCounted> freshCount(Db db) throws SQLException {
    Optional<byte[]> last = db.first(LAST_COUNT, row -> row.bytes(1));
    return last.isPresent() && ShiftReader.decoded(last.get()).body() instanceof DrawerCounted count
        ? Optional.of(count)
        : Optional.empty();
  }

  /**
   * @param shift null for whichever is open
   */
  ClosedShift close(Actor actor, @Nullable UUID shift, DrawerCount counted) {
    enrolled.requireRegister();
    requireFit(counted);
    users.require(actor, List.of(PermissionKey.SHIFT_CLOSE));
    return store.write(
        db -> {
          State state = State.read(db);
          if (shift != null && !shift.equals(state.openShift())) {
            return db.first(COLUMNS + "WHERE id = ? AND report IS NOT NULL", this::shift, shift)
                .map(this::closed)
                .orElseThrow(() -> new ActRefusedException(Reason.NO_OPEN_SHIFT));
          }
          Kept open = requireOpen(db, state, state.requireShift());
          requireTold(db, counted);
          ShiftReport report = report(db, actor, open, counted);
          ShiftClosed body = body(report, counted);
          users.require(actor, body.requires());
          recorder.append(db, actor, state, open.view().id(), body);
          db.update(
              "UPDATE shift SET closed_at = ?, closed_by = ?, counted = ?, expected = ?,"
                  + " report = ? WHERE id = ?",
              actor.at(),
              actor.user(),
              counted.total().minor(),
              report.expected(),
              Json.encode(report),
              open.view().id());
          db.update("UPDATE state SET shift = NULL");
          return closed(open.view(), actor.user(), report);
        });
  }

  private ShiftClosed body(ShiftReport report, DrawerCount counted) {
    return new ShiftClosed(
        enrolled.store(),
        enrolled.requireRegister(),
        report.number(),
        report.businessDate(),
        report.currency(),
        report.figures().sales(),
        report.figures().total(),
        report.expected(),
        counted.total().minor(),
        counted.pieces(),
        counted.others(),
        settings.shifts().limit(),
        report.figures(),
        report.log());
  }

  private Kept requireOpen(Db db, State state, UUID shift) throws SQLException {
    if (!shift.equals(state.requireShift())) {
      throw new ActRefusedException(Reason.NO_OPEN_SHIFT);
    }
    if (ParkedSales.isRunning(db)) {
      throw new ActRefusedException(Reason.BASKET_OPEN);
    }
    if (ParkedSales.count(db) > 0) {
      throw new ActRefusedException(Reason.SALES_PARKED);
    }
    return db.first(OPEN, this::shift)
        .orElseThrow(() -> new SQLException("an open shift without its row"));
  }

  /** Where it is counted blind, the count is on record before anybody is told. */
  private void requireTold(Db db, DrawerCount counted) throws SQLException {
    if (!settings.shifts().blind()) {
      return;
    }
    boolean told =
        freshCount(db)
            .filter(count -> count.counted() == counted.total().minor())
            .filter(count -> count.pieces().equals(counted.pieces()))
            .filter(count -> count.others().equals(counted.others()))
            .isPresent();
    if (!told) {
      throw new ActRefusedException(Reason.COUNT_FIRST);
    }
  }

  Optional<ShiftReport> report(Actor actor) {
    return store.read(
        db -> {
          Optional<Kept> open = db.first(OPEN, this::shift);
          return open.isEmpty()
              ? Optional.empty()
              : Optional.of(report(db, actor, open.get(), null));
        });
  }

  /**
   * @param actor who closes it, or asks
   * @param counted null of an X report
   */
  private ShiftReport report(Db db, Actor actor, Kept open, @Nullable DrawerCount counted)
      throws SQLException {
    ShiftReader read = ShiftReader.read(db, users, open.firstChange());
    ShiftView shift = open.view();
    UUID second = actor.approver();
    return new ShiftReport(
        enrolled.storeName(),
        enrolled.registerName(),
        shift.number(),
        shift.businessDate(),
        enrolled.currency().getCurrencyCode(),
        shift.openedAt(),
        users.nameOf(shift.openedBy()),
        actor.at(),
        users.nameOf(actor.user()),
        second == null ? "" : users.nameOf(second),
        shift.openingFloat().minor(),
        expected(shift, read).minor(),
        counted == null
            ? null
            : new ShiftReport.Count(counted.total().minor(), counted.pieces(), counted.others()),
        read.figures(),
        read.people(),
        read.categories(db),
        read.movements(),
        CheckpointBook.head(db).orElse(null));
  }

  Optional<ShiftReport> closed(long number) {
    return store.read(
        db ->
            db.first(
                "SELECT report FROM shift WHERE number = ? AND report IS NOT NULL",
                row -> Json.decode(row.bytes(1), ShiftReport.class),
                number));
  }

  Optional<ShiftReport> lastClosed() {
    return store.read(
        db ->
            db.first(
                "SELECT report FROM shift WHERE report IS NOT NULL ORDER BY number DESC LIMIT 1",
                row -> Json.decode(row.bytes(1), ShiftReport.class)));
  }

  private ClosedShift closed(Kept kept) {
    byte[] report = kept.report();
    UUID by = kept.closedBy();
    if (report == null || by == null) {
      throw new IllegalStateException("a closed shift without its report");
    }
    return closed(kept.view(), by, Json.decode(report, ShiftReport.class));
  }

  private ClosedShift closed(ShiftView shift, UUID by, ShiftReport report) {
    return new ClosedShift(
        shift,
        report.at(),
        by,
        report.figures().sales(),
        money(report.figures().total()),
        money(report.expected()),
        money(report.counted(Means.CASH).orElse(0L)),
        Optional.ofNullable(report.log()),
        report);
  }

  private void requireFit(DrawerCount counted) {
    requireOwn(counted.total());
    if (counted.total().isNegative()) {
      throw new ActRefusedException(Reason.NEGATIVE_COUNT);
    }
    if (!counted.addsUp()) {
      throw new ActRefusedException(Reason.COUNT_DOES_NOT_ADD_UP);
    }
    ShiftSettings rules = settings.shifts();
    if (!rules.sumTyped() && counted.pieces().isEmpty() && !counted.total().isZero()) {
      throw new ActRefusedException(Reason.COUNT_EACH);
    }
  }

  private void requireOwn(Money amount) {
    if (!amount.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
  }

  private static long last(Db db) throws SQLException {
    return db.first("SELECT coalesce(max(number), 0) FROM shift", row -> row.integer(1)).orElse(0L);
  }

  private Kept shift(Row row) throws SQLException {
    return new Kept(
        new ShiftView(
            row.uuid(1),
            row.integer(2),
            row.date(3),
            row.instant(4),
            row.uuid(5),
            money(row.integer(6))),
        row.integer(7),
        row.uuidOrNull(8),
        row.bytesOrNull(9));
  }

  private Money money(long minor) {
    return Money.of(minor, enrolled.currency());
  }
}
