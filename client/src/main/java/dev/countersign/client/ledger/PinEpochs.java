package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import java.util.Optional;
import java.util.UUID;

/**
 * Under which number of resets each person's PIN on this device was chosen. A PIN that is older
 * than the last reset that the server told of is void. Somebody of whom nothing is noted chose
 * theirs when the device was set up: what the server says first is taken as the number of that.
 */
public final class PinEpochs {
  private final TillStore store;
  private final Users users;

  PinEpochs(TillStore store, Users users) {
    this.store = store;
    this.users = users;
  }

  /** True when this person's PIN was reset after it had been chosen here. */
  public boolean isVoid(UUID user) {
    Optional<UserView> person = users.byId(user);
    if (person.isEmpty()) {
      return false;
    }
    Optional<Long> chosen =
        store.read(
            db ->
                db.first(
                    "SELECT epoch FROM pin_epoch WHERE user = ?", row -> row.integer(1), user));
    if (chosen.isEmpty()) {
      chosen(user);
      return false;
    }
    return chosen.get() < person.get().pinEpoch();
  }

  /** This person has just chosen a PIN here. */
  public void chosen(UUID user) {
    long epoch = users.byId(user).map(UserView::pinEpoch).orElse(0L);
    store.write(
        db -> {
          db.update("DELETE FROM pin_epoch WHERE user = ?", user);
          return db.update("INSERT INTO pin_epoch (user, epoch) VALUES (?, ?)", user, epoch);
        });
  }

  /** This person's PIN is gone from here. */
  public void gone(UUID user) {
    store.write(db -> db.update("DELETE FROM pin_epoch WHERE user = ?", user));
  }
}
