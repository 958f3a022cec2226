package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sale.Notes;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The sales that were put aside on this till. A basket is either the running one or parked, never
 * both and never neither: each move is one transaction. Safe for any thread; blocking.
 */
public final class ParkedSales {
  /** More than any counter has customers waiting; what lies here must be looked after. */
  public static final int MOST = 50;

  private static final String PARKED = "SELECT id, name, draft, at, parked_by, since FROM parked";

  private final TillStore store;
  private final UuidV7 ids;
  private final InstantSource clock;
  private final Listeners listeners;

  ParkedSales(TillStore store, UuidV7 ids, InstantSource clock, Listeners listeners) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.listeners = listeners;
  }

  /** All of them, the one that has waited longest first. */
  public List<ParkedSale> list() {
    return store.read(db -> db.list(PARKED + " ORDER BY at, id", ParkedSales::sale));
  }

  public int count() {
    return store.read(ParkedSales::count);
  }

  /**
   * Puts the running basket aside and leaves none.
   *
   * @param name what to call it, {@link Notes#LONGEST} at most; may be empty
   * @throws ActRefusedException when there is no basket, part of it is paid, there are {@link
   *     #MOST} already, or the name does not fit or holds a card number
   */
  public void park(UUID by, String name) {
    String text = name.strip();
    if (!Notes.fits(text)) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    if (CardNumbers.isIn(text)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    store.write(
        db -> {
          if (!parkDraft(db, by, text)) {
            throw new ActRefusedException(Reason.EMPTY_BASKET);
          }
          return db.update(Ledger.CLEAR_DRAFT);
        });
    listeners.tell();
  }

  /**
   * Makes a parked sale the running one again; one that is running takes its place.
   *
   * @param by who parks the running one with it
   * @return empty when it is not parked (any more); nothing changed then
   * @throws ActRefusedException when part of the running one is paid
   */
  public Optional<Basket> recall(UUID by, UUID id) {
    Optional<Lying> recalled =
        store.write(
            db -> {
              Optional<Lying> parked = db.first(PARKED + " WHERE id = ?", Lying::of, id);
              if (parked.isPresent()) {
                // First gone, so that a full list does not stand in the way of changing places.
                db.update("DELETE FROM parked WHERE id = ?", id);
                parkDraft(db, by, "");
                db.update(
                    "UPDATE state SET draft = ?, draft_since = ?",
                    parked.get().draft(),
                    parked.get().since());
              }
              return parked;
            });
    listeners.tell();
    return recalled.map(parked -> DraftCodec.decode(parked.draft()));
  }

  /** As it lies in the store; since when its products' prices count. */
  private record Lying(byte[] draft, long since) {
    static Lying of(Row row) throws SQLException {
      return new Lying(row.bytes(3), row.integer(6));
    }
  }

  /** False when nothing is running. */
  private boolean parkDraft(Db db, UUID by, String name) throws SQLException {
    Optional<Boolean> paid =
        db.first(
            "SELECT paying IS NOT NULL FROM state WHERE draft IS NOT NULL",
            row -> row.integer(1) == 1);
    if (paid.isEmpty()) {
      return false;
    }
    if (paid.get()) {
      throw new ActRefusedException(Reason.PARTLY_PAID);
    }
    if (count(db) >= MOST) {
      throw new ActRefusedException(Reason.TOO_MANY_PARKED);
    }
    db.update(
        "INSERT INTO parked (id, name, draft, since, at, parked_by)"
            + " SELECT ?, ?, draft, draft_since, ?, ? FROM state",
        ids.next(),
        name,
        clock.instant(),
        by);
    return true;
  }

  static int count(Db db) throws SQLException {
    return db.first("SELECT count(*) FROM parked", row -> Math.toIntExact(row.integer(1)))
        .orElse(0);
  }

  private static ParkedSale sale(Row row) throws SQLException {
    return new ParkedSale(
        row.uuid(1), row.text(2), DraftCodec.decode(row.bytes(3)), row.instant(4), row.uuid(5));
  }
}
