package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.SaleCompleted;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The products within reach of a finger: those that people chose on this register, then those that
 * it sold most often of late. Safe for any thread; blocking.
 */
public final class Favourites {
  /** From so many sales it is seen what sells. */
  private static final int LATELY = 200;

  private final TillStore store;
  private final Catalogue catalogue;
  private final InstantSource clock;

  Favourites(TillStore store, Catalogue catalogue, InstantSource clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** The chosen ones in the order they were chosen, then the most sold, so many in all. */
  public List<Product> list(int most) {
    Set<UUID> ids = new LinkedHashSet<>(chosen());
    ids.addAll(mostSold());
    List<Product> products = new ArrayList<>();
    for (UUID id : ids) {
      if (products.size() < most) {
        catalogue.byId(id).ifPresent(products::add);
      }
    }
    return products;
  }

  public boolean isChosen(UUID product) {
    return chosen().contains(product);
  }

  /** Chooses a product, or takes it from the chosen ones. */
  public void choose(UUID product, boolean on) {
    store.write(
        db ->
            on
                ? db.update(
                    "INSERT INTO favourite (product, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    product,
                    clock.instant())
                : db.update("DELETE FROM favourite WHERE product = ?", product));
  }

  private List<UUID> chosen() {
    return store.read(
        db -> db.list("SELECT product FROM favourite ORDER BY at, product", row -> row.uuid(1)));
  }

  /** By how many sales, not by how many pieces: one case of beer makes no favourite. */
  private List<UUID> mostSold() {
    List<byte[]> lately =
        store.read(
            db ->
                db.list(
                    "SELECT body FROM change WHERE receipt IS NOT NULL"
                        + " ORDER BY number DESC LIMIT ?",
                    row -> row.bytes(1),
                    LATELY));
    Map<UUID, Integer> sales = new HashMap<>();
    for (byte[] body : lately) {
      sold(body).forEach(product -> sales.merge(product, 1, Integer::sum));
    }
    return sales.entrySet().stream()
        .sorted(
            Map.Entry.<UUID, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Set<UUID> sold(byte[] body) {
    Set<UUID> products = new LinkedHashSet<>();
    try {
      Change change = ChangeCodec.decode(body, 0, body.length);
      if (change.body() instanceof SaleCompleted sale) {
        for (SaleCompleted.Line line : sale.lines()) {
          UUID product = line.product();
          if (product != null && line.quantity().isPositive()) {
            products.add(product);
          }
        }
      }
    } catch (UnreadableChangeException _) {
      // Of a later version of this program: it names no favourites to this one.
    }
    return products;
  }
}
