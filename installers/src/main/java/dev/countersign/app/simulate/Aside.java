package dev.countersign.app.simulate;

import dev.countersign.app.simulate.LogReading.Entry;
import dev.countersign.client.ledger.ParkedSale;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.protocol.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Parked sales in a quiet world: what nobody took up is in the list of every till of its store,
 * what somebody did is in none, and who took up what was taken up is questioned.
 */
final class Aside {
  private final World world;
  private final LogReading log;
  private final Map<UUID, SaleParked> parked = new HashMap<>();
  private final Map<UUID, Long> recalled = new HashMap<>();
  private final Map<UUID, Long> unquestioned = new HashMap<>();
  private final Map<UUID, Set<UUID>> recalledBy = new HashMap<>();

  Aside(World world, LogReading log) {
    this.world = world;
    this.log = log;
  }

  /**
   * Looks at all of them.
   *
   * @throws FindingException at the first that is lost, or taken up twice without a question
   */
  void look() {
    Set<UUID> everLogged = new HashSet<>();
    for (Entry entry : log.changes()) {
      read(entry, everLogged);
    }
    unquestioned.forEach(
        (sale, times) -> {
          if (times > 1) {
            throw new FindingException("a parked sale was taken up twice and nobody is asked");
          }
        });
    for (Device device : world.devices()) {
      if (device.isOn() && !device.title().office()) {
        list(device, everLogged);
      }
    }
  }

  private void read(Entry entry, Set<UUID> everLogged) {
    UUID sale = entry.change().entity();
    if (entry.change().body() instanceof SaleParked body) {
      everLogged.add(sale);
      if (log.counts(entry)) {
        parked.put(sale, body);
      }
    } else if (entry.change().body() instanceof SaleRecalled) {
      recalledBy.computeIfAbsent(sale, _ -> new HashSet<>()).add(entry.place().device());
      if (log.counts(entry)) {
        recalled.merge(sale, 1L, Long::sum);
        if (entry.verdict() == Verdict.ACCEPTED) {
          unquestioned.merge(sale, 1L, Long::sum);
        }
      }
    }
  }

  private void list(Device device, Set<UUID> everLogged) {
    UUID store = device.open().ledger().enrolled().store();
    UUID self = device.open().ledger().enrolled().device();
    Set<UUID> shown =
        device.open().parked().list().stream().map(ParkedSale::id).collect(Collectors.toSet());
    parked.forEach(
        (sale, body) -> {
          boolean taken = recalled.containsKey(sale);
          if (taken && shown.contains(sale)) {
            throw new FindingException(device.name() + " lists a parked sale that was taken up");
          }
          boolean here = body.store().equals(store);
          boolean own = recalledBy.getOrDefault(sale, Set.of()).contains(self);
          if (here && !taken && !own && !shown.contains(sale)) {
            throw new FindingException(device.name() + " does not list a parked sale");
          }
          if (!here && shown.contains(sale)) {
            throw new FindingException(device.name() + " lists a parked sale of another store");
          }
        });
    world
        .told
        .parked()
        .forEach(
            (sale, till) -> {
              boolean mine = till.equals(device.name());
              boolean refused = !parked.containsKey(sale);
              if (mine
                  && refused
                  && !shown.contains(sale)
                  && !recalled.containsKey(sale)
                  && !world.told.isRecalled(sale, till)) {
                throw new FindingException(
                    device.name()
                        + (everLogged.contains(sale) ? " lost a sale" : " never told of a sale")
                        + " that was parked there");
              }
            });
  }
}
