package dev.countersign.app.simulate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people told the machines to do, and what came out on paper: kept beside the program and not
 * by it, so that the books can be compared with it. Amounts are minor units.
 */
final class Told {
  /**
   * A receipt that a customer holds.
   *
   * @param cash what stayed in the drawer of it
   * @param credit what was paid from gift cards and store credit; negative when put on
   * @param sold what was put on gift cards that were sold with it; not in the total
   * @param lost the paper is all there is: the disk was replaced by an older copy before it was
   *     sent
   */
  record Receipt(
      UUID sale,
      String till,
      String number,
      int store,
      LocalDate day,
      long total,
      long cash,
      long card,
      long credit,
      long sold,
      boolean lost) {
    Receipt asLost() {
      return new Receipt(sale, till, number, store, day, total, cash, card, credit, sold, true);
    }
  }

  /** A product as the managers last said. */
  record Shelf(String sku, String name, long price) {}

  /** Somebody who works in a store. */
  record Worker(UUID id, String name, String role, @Nullable Integer store, boolean here) {}

  private final Map<UUID, Receipt> receipts = new LinkedHashMap<>();
  private final Map<UUID, String> parked = new LinkedHashMap<>();
  private final Map<UUID, Set<String>> recalled = new HashMap<>();
  private TreeMap<String, Shelf> catalogue = new TreeMap<>();
  private TreeMap<String, Worker> workers = new TreeMap<>();

  /** What only the server knew: a server that is put back knows it as it was then. */
  record ServersWord(TreeMap<String, Shelf> catalogue, TreeMap<String, Worker> workers) {}

  ServersWord serversWord() {
    return new ServersWord(new TreeMap<>(catalogue), new TreeMap<>(workers));
  }

  void putBack(ServersWord word) {
    catalogue = new TreeMap<>(word.catalogue());
    workers = new TreeMap<>(word.workers());
  }

  void priced(Shelf shelf) {
    catalogue.put(shelf.sku(), shelf);
  }

  List<Shelf> catalogue() {
    return new ArrayList<>(catalogue.values());
  }

  void works(Worker worker) {
    workers.put(worker.name(), worker);
  }

  List<Worker> workers() {
    return new ArrayList<>(workers.values());
  }

  /** Those who may use the devices of a store. */
  List<Worker> workersOf(int store) {
    List<Worker> here = new ArrayList<>();
    for (Worker worker : workers.values()) {
      Integer only = worker.store();
      if (worker.here() && (only == null || only == store)) {
        here.add(worker);
      }
    }
    return here;
  }

  /**
   * A receipt came out.
   *
   * @throws FindingException when another paper of the same sale came out that was no copy
   */
  void printed(Receipt receipt) {
    if (receipts.putIfAbsent(receipt.sale(), receipt) != null) {
      throw new FindingException("receipt " + receipt.number() + " came out twice as the first");
    }
  }

  boolean isPrinted(UUID sale) {
    return receipts.containsKey(sale);
  }

  /** True when its first paper came out of another till than this. */
  boolean isPrintedElsewhere(UUID sale, String till) {
    Receipt first = receipts.get(sale);
    return first != null && !first.till().equals(till);
  }

  void lost(UUID sale) {
    receipts.computeIfPresent(sale, (_, receipt) -> receipt.asLost());
  }

  /** A till said that a sale is parked. */
  void parked(UUID sale, String till) {
    parked.put(sale, till);
  }

  /** Somebody takes a parked sale up at a till; whether they do is in doubt when it fails. */
  void recalled(UUID sale, String till) {
    recalled.computeIfAbsent(sale, _ -> new HashSet<>()).add(till);
  }

  /** A disk was replaced by an older copy: what its till said is no one's word any more. */
  void forgetParked(String till) {
    parked.values().removeIf(till::equals);
  }

  /** The parked sales, with the till that each was put aside on. */
  Map<UUID, String> parked() {
    return parked;
  }

  boolean isRecalled(UUID sale, String till) {
    return recalled.getOrDefault(sale, Set.of()).contains(till);
  }

  Collection<Receipt> receipts() {
    return receipts.values();
  }
}
