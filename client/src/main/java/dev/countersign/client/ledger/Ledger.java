package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeType;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The only way to record what happens at the counter. Every act is one transaction: the change that
 * will be signed and sent, the views made of it and the counters are on the disk together when a
 * method returns, and none of them when it throws.
 *
 * <p>Every act throws {@link NotPermittedException} or {@link ActRefusedException} before anything
 * is written, and {@link StoreException} when the store fails. Safe for any thread; blocking, so
 * not for the screen's thread.
 */
public final class Ledger {
  /** A batch's header and the brackets around its changes. */
  private static final int BATCH_FRAME = 2048;

  /** Touches no page when there is no draft. */
  private static final String CLEAR_DRAFT =
      "UPDATE state SET draft = NULL, draft_since = NULL WHERE draft IS NOT NULL";

  /** By how many changes a day's range grows at a time. */
  private static final int STRIDE = 256;

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Grants grants;
  private final Catalogue catalogue;
  private final UuidV7 ids;
  private final InstantSource clock;
  private final Listeners listeners;

  Ledger(
      TillStore store,
      Enrolled enrolled,
      Users users,
      Grants grants,
      Catalogue catalogue,
      UuidV7 ids,
      InstantSource clock,
      Listeners listeners) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.grants = grants;
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.listeners = listeners;
  }

  private record State(long change, long receipt, @Nullable UUID openShift) {
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
  }

  /** What this device is. */
  public Enrolled enrolled() {
    return enrolled;
  }

  /** Told after every commit, on the thread that made it; must be quick. */
  public void addListener(Runnable onChange) {
    listeners.add(onChange);
  }

  public void removeListener(Runnable onChange) {
    listeners.remove(onChange);
  }

  /** Opens the register's cash session; durable before it returns. */
  public ShiftView openShift(Actor actor, LocalDate businessDate, Money openingFloat) {
    UUID register = register();
    if (!openingFloat.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
    if (openingFloat.isNegative()) {
      throw new ActRefusedException(Reason.NEGATIVE_FLOAT);
    }
    users.require(actor, List.of(PermissionKey.SHIFT_OPEN));
    ShiftView opened =
        store.write(
            db -> {
              State state = State.read(db);
              if (state.openShift() != null) {
                throw new ActRefusedException(Reason.SHIFT_OPEN_ALREADY);
              }
              ShiftView shift =
                  new ShiftView(
                      ids.next(),
                      lastShift(db) + 1,
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
              append(db, actor, state, shift.id(), body);
              db.update(
                  "INSERT INTO shift (id, number, business_date, opened_at, opened_by,"
                      + " opening_float) VALUES (?, ?, ?, ?, ?, ?)",
                  shift.id(),
                  shift.number(),
                  businessDate,
                  actor.at(),
                  actor.user(),
                  openingFloat.minor());
              db.update("UPDATE state SET shift = ?", shift.id());
              return shift;
            });
    listeners.tell();
    return opened;
  }

  /** The shift that is open on this register, if one is. */
  public Optional<ShiftView> currentShift() {
    return store.read(
        db ->
            db.first(
                "SELECT id, number, business_date, opened_at, opened_by, opening_float FROM shift"
                    + " WHERE id = (SELECT shift FROM state)",
                this::shift));
  }

  /**
   * Records a paid sale under the next receipt number, together with the job to print its receipt,
   * and clears the draft.
   */
  public CompletedSale complete(Actor actor, SaleDraft draft) {
    UUID register = register();
    SaleChecks.check(draft, enrolled.currency());
    List<UUID> products = SaleBody.products(draft);
    // Read before the writer is taken: people are few and kept, but may have to be loaded.
    String cashier = users.nameOf(actor.user());
    UUID sale = ids.next();
    CompletedSale completed =
        store.write(
            db -> {
              SaleBody body = new SaleBody(draft, catalogue.prices(db, products));
              // Everything the permissions depend on is known before the numbers are.
              users.require(actor, body.under(enrolled.store(), register, register, "").requires());
              State state = State.read(db);
              UUID shift = state.openShift();
              if (shift == null) {
                throw new ActRefusedException(Reason.NO_OPEN_SHIFT);
              }
              ReceiptNumber receipt = new ReceiptNumber(enrolled.series(), state.receipt() + 1);
              SaleCompleted fact =
                  body.under(enrolled.store(), register, shift, receipt.toString());
              long number = state.change() + 1;
              insertSale(db, actor, number, sale, receipt, fact);
              db.update(CLEAR_DRAFT);
              return new CompletedSale(sale, number, actor.at(), actor.user(), cashier, fact);
            });
    listeners.tell();
    return completed;
  }

  /**
   * Records that a basket was thrown away, and clears the draft. Lines that were struck through
   * count too: striking all of them first must not make a full basket look empty.
   */
  public void voidBasket(Actor actor, Basket basket) {
    UUID register = register();
    List<BasketLine> rungUp = basket.lines();
    if (rungUp.isEmpty()) {
      throw new ActRefusedException(Reason.EMPTY_BASKET);
    }
    if (!basket.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
    Money total = Money.sum(basket.currency(), rungUp.stream().map(BasketLine::amount).toList());
    users.require(actor, List.of(PermissionKey.SALE_VOID));
    store.write(
        db -> {
          State state = State.read(db);
          UUID shift = state.openShift();
          if (shift == null) {
            throw new ActRefusedException(Reason.NO_OPEN_SHIFT);
          }
          BasketVoided body =
              new BasketVoided(
                  enrolled.store(),
                  register,
                  shift,
                  basket.currency().getCurrencyCode(),
                  rungUp.size(),
                  total.minor());
          append(db, actor, state, ids.next(), body);
          return db.update(CLEAR_DRAFT);
        });
    listeners.tell();
  }

  /** Keeps the running basket, so that it survives a crash and a locked screen. */
  public void saveDraft(Basket basket) {
    saveDraft(basket, List.of());
  }

  /**
   * Keeps a basket that is being paid, so that a power cut does not forget a payment on a card.
   *
   * @param tenders handed over so far
   */
  public void saveDraft(Basket basket, List<Tender> tenders) {
    SaleChecks.refuseCardNumbers(basket);
    byte[] draft = basket.lines().isEmpty() ? null : DraftCodec.encode(basket, tenders);
    Instant since = draft == null ? null : clock.instant();
    store.write(
        db ->
            since == null
                ? db.update(CLEAR_DRAFT)
                : db.update(
                    "UPDATE state SET draft = ?, draft_since = coalesce(draft_since, ?)",
                    draft,
                    since));
  }

  /** The running basket, if one was kept. */
  public Optional<Basket> draft() {
    return kept().map(KeptSale::basket);
  }

  /** The running basket with what was paid for it, if one was kept. */
  public Optional<KeptSale> kept() {
    return store.read(
        db ->
            db.first(
                "SELECT draft FROM state WHERE draft IS NOT NULL",
                row -> DraftCodec.decode(row.bytes(1))));
  }

  private void append(Db db, Actor actor, State before, UUID entity, ChangeBody body)
      throws SQLException {
    long number = before.change() + 1;
    db.update(
        "INSERT INTO change (number, last_receipt, at, type, body) VALUES (?, ?, ?, ?, ?)",
        number,
        before.receipt(),
        actor.at(),
        ChangeType.of(body).wireName(),
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

  private void insertSale(
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

  private static long lastShift(Db db) throws SQLException {
    return db.first("SELECT coalesce(max(number), 0) FROM shift", row -> row.integer(1)).orElse(0L);
  }

  private ShiftView shift(Row row) throws SQLException {
    return new ShiftView(
        row.uuid(1),
        row.integer(2),
        row.date(3),
        row.instant(4),
        row.uuid(5),
        Money.of(row.integer(6), enrolled.currency()));
  }

  private UUID register() {
    UUID register = enrolled.register();
    if (register == null) {
      throw new ActRefusedException(Reason.NOT_A_TILL);
    }
    return register;
  }
}
