package dev.countersign.app.simulate;

import dev.countersign.app.simulate.LogReading.Entry;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.money.Quantity;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.stock.Stock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Stock is the sum of movements with counts as set-points: by the log, the server and every device.
 */
final class Shelves {
  /** Something that came, went or was counted. */
  private record Moved(Instant at, Entry entry, boolean count, Quantity quantity) {}

  private final World world;
  private final Map<String, List<Moved>> moved = new TreeMap<>();

  Shelves(World world, LogReading log) {
    this.world = world;
    for (Entry entry : log.changes()) {
      if (log.counts(entry)) {
        read(entry);
      }
    }
  }

  private static String shelf(UUID store, UUID product) {
    return store + " " + product;
  }

  private void read(Entry entry) {
    switch (entry.change().body()) {
      case SaleCompleted sale -> {
        for (SaleCompleted.Line line : sale.lines()) {
          if (line.product() != null) {
            add(sale.store(), line.product(), entry, false, line.quantity().negate());
          }
        }
      }
      case StockMoved body -> {
        for (StockMoved.Line line : body.lines()) {
          add(body.store(), line.product(), entry, false, line.quantity());
        }
      }
      case StockCounted body -> {
        for (StockCounted.Line line : body.lines()) {
          add(body.store(), line.product(), entry, true, line.quantity());
        }
      }
      default -> {
        // Moves no goods.
      }
    }
  }

  private void add(UUID store, UUID product, Entry entry, boolean count, Quantity quantity) {
    Instant at = entry.change().at();
    Instant known = at.isAfter(entry.received()) ? entry.received() : at;
    moved
        .computeIfAbsent(shelf(store, product), _ -> new ArrayList<>())
        .add(new Moved(Instant.ofEpochMilli(known.toEpochMilli()), entry, count, quantity));
  }

  /** What is there, by what the log says of it; what is all gone is left out. */
  private Map<String, Quantity> told() {
    Map<String, Quantity> levels = new TreeMap<>();
    moved.forEach(
        (shelf, all) -> {
          all.sort(
              Comparator.comparing(Moved::at)
                  .thenComparing(each -> each.entry().place().device().toString())
                  .thenComparing(each -> each.entry().place().batch())
                  .thenComparing(each -> each.entry().place().number()));
          Quantity level = Quantity.ZERO;
          for (Moved each : all) {
            level = each.count() ? each.quantity() : level.plus(each.quantity());
          }
          if (!level.isZero()) {
            levels.put(shelf, level);
          }
        });
    return levels;
  }

  /**
   * Compares the server's levels and every device's.
   *
   * @throws FindingException at the first that is another one
   */
  void look(List<Device> devices) throws SQLException {
    Map<String, Quantity> told = told();
    Stock stock = new Stock(new FeedTable());
    Map<String, Quantity> found = new TreeMap<>();
    for (Stock.StoreLevel level : world.server.up().look(world.tenant, stock::levels)) {
      if (!level.quantity().isZero()) {
        found.put(shelf(level.store(), level.product()), level.quantity());
      }
    }
    Oracle.agree("what is in stock", told, found);
    for (Device device : devices) {
      if (device.isOn()) {
        look(device, device.open(), told);
      }
    }
  }

  private static void look(Device device, OpenDevice open, Map<String, Quantity> told) {
    UUID store = open.ledger().enrolled().store();
    for (Product product : open.catalogue().page(Integer.MAX_VALUE, 0)) {
      Oracle.agree(
          "what " + device.name() + " has of " + product.name(),
          told.getOrDefault(shelf(store, product.id()), Quantity.ZERO),
          open.stock().level(product.id()).quantity());
    }
  }
}
