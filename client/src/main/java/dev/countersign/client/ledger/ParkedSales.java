package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.protocol.ParkedName;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sale.ParkedBasket;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

// Long because a basket's whole way stands here: aside, told, taken up here or elsewhere.
/**
 * The sales that were put aside on this till, and those of the store's other tills as far as they
 * were heard of. A basket of this till is either the running one or parked, never both and never
 * neither: each move is one transaction, with the change that tells the other tills. Safe for any
 * thread; blocking.
 */
public final class ParkedSales {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedSales.class);

  /** More than any counter has customers waiting; what lies here must be looked after. */
  public static final int MOST = 50;

  private static final String PARKED =
      "SELECT id, name, draft, at, parked_by, since, change FROM parked";

  private static final String OTHERS =
      " FROM reference WHERE kind = 'parked' AND id NOT IN (SELECT id FROM parked)"
          + " AND id NOT IN (SELECT id FROM recalled)";

  /** A change that the server has, and did not refuse. */
  private static final String HEARD =
      " change <= (SELECT max(last) FROM batch WHERE ack IS NOT NULL) AND NOT EXISTS"
          + " (SELECT 1 FROM verdict WHERE number = change AND verdict = 'QUARANTINED')";

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;
  private final KnownGoods goods;
  private final UuidV7 ids;
  private final Listeners listeners;

  ParkedSales(
      TillStore store,
      Enrolled enrolled,
      Users users,
      Recorder recorder,
      KnownGoods goods,
      UuidV7 ids,
      Listeners listeners) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
    this.goods = goods;
    this.ids = ids;
    this.listeners = listeners;
  }

  /** Where a basket that was put aside can be taken up. */
  public enum Reach {
    /** At every till of the store, once they have heard of it. */
    EVERYWHERE,
    /** At this till alone: goods come back in it. */
    COMES_BACK,
    /** At this till alone: it is larger than what is told. */
    LARGE
  }

  /** All of them, the one that has waited longest first. */
  public List<ParkedSale> list() {
    List<ParkedSale> all = new ArrayList<>(own());
    for (Other other : store.read(db -> db.list("SELECT id, body" + OTHERS, Other::of))) {
      all.add(shown(other));
    }
    all.sort(Comparator.comparing(ParkedSale::at).thenComparing(ParkedSale::id));
    return all;
  }

  private List<ParkedSale> own() {
    return store.read(db -> db.list(PARKED + " ORDER BY at, id", ParkedSales::sale));
  }

  /** What waits here and elsewhere. */
  public int count() {
    return store.read(
        db ->
            db.first(
                    "SELECT (SELECT count(*) FROM parked) + (SELECT count(*)" + OTHERS + ")",
                    row -> Math.toIntExact(row.integer(1)))
                .orElse(0));
  }

  /** A basket of another till, as the server told it. */
  private record Other(UUID id, ParkedItem item) {
    static Other of(Row row) throws SQLException {
      return new Other(row.uuid(1), Json.decode(row.bytes(2), ParkedItem.class));
    }
  }

  private ParkedSale shown(Other other) {
    ParkedItem item = other.item();
    return new ParkedSale(
        other.id(),
        item.name(),
        rebuilt(item).orElse(null),
        item.at(),
        item.by(),
        item.registerName(),
        false,
        item.basket());
  }

  /** Empty for one that goods or taxes of here make none: the others must not be lost for it. */
  private Optional<Basket> rebuilt(ParkedItem item) {
    try {
      return Optional.of(item.basket().rebuilt(goods));
    } catch (IllegalArgumentException | ArithmeticException e) {
      LOG.warn("a parked sale cannot be taken up here: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Puts the running basket aside and leaves none.
   *
   * @param name what to call it, {@link ParkedName#LONGEST} at most; may be empty
   * @param total what it comes to
   * @throws ActRefusedException when there is no basket, part of it is paid, there are {@link
   *     #MOST} of this till already, or the name does not fit or holds a card number
   */
  public Reach park(Actor actor, String name, Money total) {
    String text = name.strip();
    if (!new ParkedName(enrolled.device(), text).fits()) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    if (CardNumbers.isIn(text)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    allow(actor);
    Reach reach =
        store.write(
            db -> {
              Reach found =
                  parkDraft(db, actor, text, total)
                      .orElseThrow(() -> new ActRefusedException(Reason.EMPTY_BASKET));
              db.update(Ledger.CLEAR_DRAFT);
              return found;
            });
    listeners.tell();
    return reach;
  }

  private void allow(Actor actor) {
    users.require(actor, List.of(PermissionKey.SALE_RING));
  }

  /**
   * A basket that was taken up.
   *
   * @param elsewhere whether another till put it aside, so that nobody here was asked for its total
   */
  public record Recalled(Basket basket, boolean elsewhere) {}

  /**
   * Makes a parked sale the running one again, with a network or without; one that is running takes
   * its place. That of another till is made anew of what is sold here.
   *
   * @param actor who also parks the running one with it
   * @param total what the running one comes to
   * @return empty when it is not parked (any more); nothing changed then
   * @throws ActRefusedException when part of the running one is paid
   */
  public Optional<Recalled> recall(Actor actor, UUID id, Money total) {
    allow(actor);
    // Read before the writer is taken: goods and customers may have to be loaded.
    Optional<Lying> heard =
        other(id).flatMap(other -> rebuilt(other.item())).map(basket -> lying(basket, actor.at()));
    Optional<Lying> recalled =
        store.write(
            db -> {
              Optional<Lying> found = lying(db, id, heard);
              if (found.isPresent()) {
                // First gone, so that a full list does not stand in the way of changing places.
                db.update("DELETE FROM parked WHERE id = ?", id);
                parkDraft(db, actor, "", total);
                db.update(
                    "UPDATE state SET draft = ?, draft_since = ?",
                    found.get().draft(),
                    found.get().since());
                if (found.get().told()) {
                  tellRecalled(db, actor, id);
                }
              }
              return found;
            });
    listeners.tell();
    return recalled.map(
        parked -> new Recalled(DraftCodec.decode(parked.draft()), parked.elsewhere()));
  }

  /**
   * Throws a parked sale away: takes it up and voids it in one act, with both changes. The running
   * one is not touched. Of one that cannot be taken up here, what was told of it is voided.
   *
   * @return false when it is not parked (any more); nothing changed then
   */
  public boolean discard(Actor actor, UUID id) {
    users.require(actor, List.of(PermissionKey.SALE_RING, PermissionKey.SALE_VOID));
    Optional<Thrown> heard = other(id).map(other -> thrown(other.item()));
    boolean discarded =
        store.write(
            db -> {
              Optional<Lying> own = db.first(PARKED + " WHERE id = ?", Lying::of, id);
              Optional<Thrown> found =
                  own.isPresent()
                      ? own.map(lying -> Thrown.of(DraftCodec.decode(lying.draft())))
                      : heard.isPresent() && isGone(db, id) ? Optional.empty() : heard;
              if (found.isPresent()) {
                db.update("DELETE FROM parked WHERE id = ?", id);
                if (own.isEmpty() || own.get().told()) {
                  tellRecalled(db, actor, id);
                }
                tellVoided(db, actor, found.get());
              }
              return found.isPresent();
            });
    listeners.tell();
    return discarded;
  }

  /**
   * What a basket that is thrown away says of itself.
   *
   * @param currency ISO 4217
   * @param total in minor units
   */
  private record Thrown(String currency, int lines, long total) {
    static Thrown of(Basket basket) {
      Money total =
          Money.sum(basket.currency(), basket.lines().stream().map(BasketLine::amount).toList());
      return new Thrown(basket.currency().getCurrencyCode(), basket.lines().size(), total.minor());
    }
  }

  /** As it is made of the goods of here; else as the other till told it. */
  private Thrown thrown(ParkedItem item) {
    ParkedBasket told = item.basket();
    try {
      return rebuilt(item)
          .map(Thrown::of)
          .orElseGet(() -> new Thrown(told.currency(), told.lines().size(), told.total()));
    } catch (ArithmeticException _) {
      return new Thrown(told.currency(), told.lines().size(), told.total());
    }
  }

  private void tellVoided(Db db, Actor actor, Thrown thrown) throws SQLException {
    State state = State.read(db);
    recorder.append(
        db,
        actor,
        state,
        recorder.newId(),
        new BasketVoided(
            enrolled.store(),
            enrolled.requireRegister(),
            state.requireShift(),
            thrown.currency(),
            thrown.lines(),
            thrown.total()));
  }

  /** What lies here of it, or what was heard of it and is not gone meanwhile. */
  private static Optional<Lying> lying(Db db, UUID id, Optional<Lying> heard) throws SQLException {
    Optional<Lying> own = db.first(PARKED + " WHERE id = ?", Lying::of, id);
    return own.isPresent() || heard.isEmpty() || isGone(db, id) ? own : heard;
  }

  private Optional<Other> other(UUID id) {
    return store.read(db -> db.first("SELECT id, body" + OTHERS + " AND id = ?", Other::of, id));
  }

  private static boolean isGone(Db db, UUID id) throws SQLException {
    return db.first("SELECT 1" + OTHERS + " AND id = ?", row -> row.flag(1), id).isEmpty();
  }

  private static Lying lying(Basket basket, Instant now) {
    return new Lying(DraftCodec.encode(basket), now.toEpochMilli(), true, true);
  }

  /**
   * It is in nobody's list here from now on, whatever the server still says; that is remembered
   * until the server has heard of it and says nothing of it any more.
   */
  private void tellRecalled(Db db, Actor actor, UUID id) throws SQLException {
    db.update(
        "DELETE FROM recalled WHERE change <= (SELECT max(last) FROM batch WHERE ack IS NOT NULL)"
            + " AND id NOT IN (SELECT id FROM reference WHERE kind = 'parked')");
    State state = State.read(db);
    recorder.append(
        db, actor, state, id, new SaleRecalled(enrolled.store(), enrolled.requireRegister()));
    db.update("INSERT OR REPLACE INTO recalled (id, change) VALUES (?, ?)", id, state.change() + 1);
  }

  /**
   * As it lies in the store.
   *
   * @param since when its products' prices count
   * @param told whether the other tills hear of it
   * @param elsewhere whether another till put it aside
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Lying(byte[] draft, long since, boolean told, boolean elsewhere) {
    static Lying of(Row row) throws SQLException {
      return new Lying(row.bytes(3), row.integer(6), row.integerOrNull(7) != null, false);
    }
  }

  private record Running(boolean paid, Basket basket) {
    /** Somebody who is known, or a coupon, without goods or money is no sale yet. */
    boolean isSale() {
      return paid || !basket.lines().isEmpty();
    }
  }

  /** Whether goods were rung up, or money was taken, for a sale that is not over. */
  static boolean isRunning(Db db) throws SQLException {
    return running(db).isPresent();
  }

  private static Optional<Running> running(Db db) throws SQLException {
    return db.first(
            "SELECT paying IS NOT NULL, draft FROM state WHERE draft IS NOT NULL",
            row -> new Running(row.flag(1), DraftCodec.decode(row.bytes(2))))
        .filter(Running::isSale);
  }

  /** Empty when nothing is running. */
  private Optional<Reach> parkDraft(Db db, Actor actor, String name, Money total)
      throws SQLException {
    Optional<Running> running = running(db);
    if (running.isEmpty()) {
      return Optional.empty();
    }
    if (running.get().paid()) {
      throw new ActRefusedException(Reason.PARTLY_PAID);
    }
    if (count(db) >= MOST) {
      throw new ActRefusedException(Reason.TOO_MANY_PARKED);
    }
    UUID id = ids.next();
    Basket basket = running.get().basket();
    ParkedBasket told = ParkedBasket.mayTravel(basket) ? ParkedBasket.of(basket, total) : null;
    Reach reach = told == null ? Reach.COMES_BACK : told.small() ? Reach.EVERYWHERE : Reach.LARGE;
    Long change = null;
    if (told != null && reach == Reach.EVERYWHERE) {
      State state = State.read(db);
      change = state.change() + 1;
      recorder.append(
          db, actor, state, id, new SaleParked(enrolled.store(), enrolled.requireRegister(), told));
    }
    db.update(
        "INSERT INTO parked (id, name, draft, since, at, parked_by, change)"
            + " SELECT ?, ?, draft, draft_since, ?, ?, ? FROM state",
        id,
        name,
        actor.at(),
        actor.user(),
        change);
    return Optional.of(reach);
  }

  /** What the server has not been told yet of those that it knows. */
  public List<ParkedName> unsent() {
    return store.read(
        db ->
            db.list(
                "SELECT id, name FROM parked WHERE told = 0 AND name <> '' AND" + HEARD,
                row -> new ParkedName(row.uuid(1), row.text(2))));
  }

  /** The server has heard it, or will never keep it. */
  public void sent(ParkedName name) {
    store.write(db -> db.update("UPDATE parked SET told = 1 WHERE id = ?", name.parked()));
  }

  /**
   * None may be parked at this till: its shift could not be closed.
   *
   * @throws ActRefusedException with {@code SALES_PARKED} when there are some
   */
  public void requireNoneHere() {
    if (store.read(ParkedSales::count) > 0) {
      throw new ActRefusedException(ActRefusedException.Reason.SALES_PARKED);
    }
  }

  /** Those of this till, which must be looked after before its shift closes. */
  static int count(Db db) throws SQLException {
    return db.first("SELECT count(*) FROM parked", row -> Math.toIntExact(row.integer(1)))
        .orElse(0);
  }

  /** The server says that a basket was taken up: elsewhere, when it still lies here. */
  static void takenUp(Db db, UUID id) throws SQLException {
    db.update("DELETE FROM parked WHERE id = ?", id);
  }

  /**
   * After a snapshot of the epoch in which the server heard of them: what it does not name any more
   * was taken up elsewhere.
   */
  static void onlyNamed(Db db) throws SQLException {
    db.update(
        "DELETE FROM parked WHERE id NOT IN (SELECT id FROM reference WHERE kind = 'parked') AND"
            + HEARD);
  }

  /** After a snapshot of another epoch: whoever put that server back may not have their names. */
  static void tellNamesAgain(Db db) throws SQLException {
    db.update("UPDATE parked SET told = 0");
  }

  private static ParkedSale sale(Row row) throws SQLException {
    return new ParkedSale(
        row.uuid(1),
        row.text(2),
        DraftCodec.decode(row.bytes(3)),
        row.instant(4),
        row.uuid(5),
        null,
        row.integerOrNull(7) == null,
        null);
  }
}
