package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.CardNumbers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Goods that come, go and are counted in this device's store. */
final class StockBook {
  private static final int LONGEST_NOTE = 200;

  /** The server believes no more of anything. */
  private static final Quantity MOST = Quantity.of(1_000_000_000);

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;

  StockBook(TillStore store, Enrolled enrolled, Users users, Recorder recorder) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
  }

  void move(Actor actor, StockMoved.Reason reason, Map<UUID, Quantity> goods, String note) {
    String why = note.strip();
    if (CardNumbers.isIn(why)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    if (why.length() > LONGEST_NOTE || !goods.values().stream().allMatch(Quantity::isPositive)) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    List<StockMoved.Line> lines =
        new TreeMap<>(goods)
            .entrySet().stream()
                .map(
                    each ->
                        new StockMoved.Line(
                            each.getKey(),
                            reason.isInwards() ? each.getValue() : each.getValue().negate()))
                .toList();
    record(actor, goods, new StockMoved(enrolled.store(), reason, lines, why));
  }

  void count(Actor actor, Map<UUID, Quantity> goods) {
    if (goods.values().stream().anyMatch(Quantity::isNegative)) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    List<StockCounted.Line> lines =
        new TreeMap<>(goods)
            .entrySet().stream()
                .map(each -> new StockCounted.Line(each.getKey(), each.getValue()))
                .toList();
    record(actor, goods, new StockCounted(enrolled.store(), lines));
  }

  private void record(Actor actor, Map<UUID, Quantity> goods, ChangeBody body) {
    if (goods.isEmpty() || goods.values().stream().anyMatch(each -> each.compareTo(MOST) > 0)) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    users.require(actor, List.of(PermissionKey.STOCK_EDIT));
    store.write(
        db -> {
          for (UUID product : goods.keySet()) {
            if (db.first("SELECT 1 FROM product WHERE id = ?", row -> true, product).isEmpty()) {
              throw new ActRefusedException(Reason.NO_SUCH_PRODUCT);
            }
          }
          recorder.append(db, actor, State.read(db), recorder.newId(), body);
          return true;
        });
  }
}
