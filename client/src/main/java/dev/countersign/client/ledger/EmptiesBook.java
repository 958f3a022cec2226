package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * What was paid out for empties in a shift. What somebody answered for who may take goods back
 * without a receipt is left out: the store's limit is for what nobody looked at.
 */
final class EmptiesBook {
  private final TillStore store;
  private final Users users;
  private final Settings settings;

  EmptiesBook(TillStore store, Users users, Settings settings) {
    this.store = store;
    this.users = users;
    this.settings = settings;
  }

  /** Minor units, in the shift that is open; 0 without one. */
  long paid() {
    return store.read(
        db ->
            db.first(
                    "SELECT empties FROM shift WHERE id = (SELECT shift FROM state)",
                    row -> row.integer(1))
                .orElse(0L));
  }

  /**
   * A sale takes empties back, within the transaction that records it.
   *
   * @param amount what is given for them, minor units; nothing is asked for 0
   * @throws NotPermittedException when it is beyond what a shift pays out, and nobody answers for
   *     it
   */
  void take(Db db, Actor asking, UUID shift, SaleCompleted sale, long amount) throws SQLException {
    OptionalLong after = require(db, asking, shift, sale, amount);
    if (after.isPresent()) {
      db.update("UPDATE shift SET empties = ? WHERE id = ?", after.getAsLong(), shift);
    }
  }

  /** Asks what {@link #take} asks: what it comes to in this shift, empty when nobody counts it. */
  OptionalLong require(Db db, Actor asking, UUID shift, SaleCompleted sale, long amount)
      throws SQLException {
    if (amount <= 0 || users.answered(asking, sale, PermissionKey.SALE_RETURN)) {
      return OptionalLong.empty();
    }
    long before =
        db.first("SELECT empties FROM shift WHERE id = ?", row -> row.integer(1), shift).orElse(0L);
    long after = Math.addExact(before, amount);
    if (settings.goods().isBeyondShift(after)) {
      users.require(asking, sale, Set.of(PermissionKey.SALE_RETURN));
    }
    return OptionalLong.of(after);
  }
}
