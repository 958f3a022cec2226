package dev.countersign.app.simulate;

import dev.countersign.app.simulate.Act.AtTheCounter;
import dev.countersign.app.simulate.Act.ByAManager;
import dev.countersign.app.simulate.Act.Mishap;
import dev.countersign.app.simulate.Told.Shelf;
import dev.countersign.app.simulate.Told.Worker;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.SyncState;
import dev.countersign.server.feed.FeedTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The days of a world: what people do, what goes wrong, and the quiet at the end. */
final class Days {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration OPENING = Duration.ofHours(1);
  private static final Duration CLOSING = Duration.ofHours(15);
  private static final int LEAST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 12;
  private static final Duration QUIET = Duration.ofMinutes(5);
  private static final Duration LOOKED_AFTER = Duration.ofHours(3);

  private record Backup(Path copy, int number, Told.ServersWord word, Set<String> tills) {}

  private record Copy(Path files) {}

  private final World world;
  private final Chance chance;
  private final Scale scale;
  private final List<Backup> backups = new ArrayList<>();
  private final Map<Device, Copy> copies = new HashMap<>();
  private final Set<UUID> cutOff = new HashSet<>();
  private boolean quiet;
  private boolean isCopied;
  private boolean isPutBack;

  Days(World world, Scale scale) {
    this.world = world;
    this.chance = world.chance;
    this.scale = scale;
  }

  /** Lives through all days, and then until nothing is left to do. */
  void live() throws Exception {
    for (int day = 0; day < scale.days(); day++) {
      planDay();
      world.time.runUntil(world.time.instant().plus(DAY));
    }
    becomeQuiet();
  }

  private void planDay() {
    for (Device device : world.devices()) {
      if (!device.title().office() && !device.isRetired()) {
        for (int i = chance.between(1, 2 * scale.salesADay()); i > 0; i--) {
          AtTheCounter what = atTheCounter();
          plan(
              () -> {
                if (device.isOn()) {
                  world.counter.act(device, what);
                }
              });
        }
      }
    }
    for (int i = chance.between(0, 3); i > 0; i--) {
      ByAManager what = chance.of(List.of(ByAManager.values()));
      plan(() -> managed(what));
    }
    for (int i = chance.between(1, 3 + world.devices().size()); i > 0; i--) {
      Mishap what = chance.of(List.of(Mishap.values()));
      plan(() -> mishap(what));
    }
    world.time.in(LOOKED_AFTER, this::lookAfterTills);
    world.time.in(DAY.minus(LOOKED_AFTER), this::lookAfterTills);
  }

  private AtTheCounter atTheCounter() {
    return switch (chance.between(0, 26)) {
      case 0 -> AtTheCounter.THROW_AWAY;
      case 1 -> AtTheCounter.TAKE_BACK;
      case 2, 3, 4 -> AtTheCounter.SELL_BY_CARD;
      case 5 -> AtTheCounter.SELL_FOR_BOTH;
      case 6, 7 -> AtTheCounter.REFUND;
      case 8 -> AtTheCounter.MOVE_CASH;
      case 9 -> AtTheCounter.CLOSE_SHIFT;
      case 10, 11 -> AtTheCounter.SELL_GIFT_CARD;
      case 12 -> AtTheCounter.REFUND_TO_CREDIT;
      case 13 -> AtTheCounter.GIVE_CREDIT;
      case 14 -> AtTheCounter.RESERVE;
      case 15, 16, 17 -> AtTheCounter.PAY_BY_CREDIT;
      case 18, 19 -> AtTheCounter.PARK;
      case 20, 21, 22 -> AtTheCounter.RECALL;
      default -> AtTheCounter.SELL_FOR_CASH;
    };
  }

  private void plan(Timeline.Happening what) {
    world.time.in(
        Duration.ofMillis(chance.between(OPENING.toMillis(), CLOSING.toMillis())),
        () -> {
          if (!quiet) {
            what.happen();
          }
        });
  }

  private void managed(ByAManager what) throws Exception {
    if (!world.server.isUp()) {
      return;
    }
    try {
      switch (what) {
        case CHANGE_PRICE -> {
          Shelf shelf = chance.of(world.told.catalogue());
          world.price(new Shelf(shelf.sku(), shelf.name(), chance.between(50, 5_000)));
        }
        case NEW_PRODUCT -> world.newProduct();
        case HIRE -> world.hire("cashier", chance.between(0, scale.stores() - 1));
        case DISMISS -> dismissSomebody();
        case REVOKE_TILL -> revokeSomeTill();
        case DECIDE -> atADesk(world.desk::decide);
        case RECEIVE_STOCK -> atADesk(world.desk::moveStock);
        case COUNT_STOCK -> atADesk(world.desk::countStock);
      }
    } catch (SQLException e) {
      world.story.tell("manager", "cannot do this now: " + what);
    }
  }

  private void dismissSomebody() throws SQLException {
    List<Worker> cashiers =
        world.told.workers().stream()
            .filter(worker -> worker.here() && worker.role().equals("cashier"))
            .toList();
    if (cashiers.size() > 1) {
      world.dismiss(chance.of(cashiers));
    }
  }

  private void atADesk(Device.Sitting sitting) throws Exception {
    List<Device> offices =
        world.devices().stream().filter(each -> each.isOn() && each.title().office()).toList();
    if (!offices.isEmpty()) {
      sitting.at(chance.of(offices));
    }
  }

  private void revokeSomeTill() throws Exception {
    // One that has not heard of it yet is still on.
    List<Device> tills =
        world.tillsOn().stream().filter(each -> !cutOff.contains(each.id())).toList();
    if (tills.size() > 1 && chance.oneIn(2) && !isPutBack) {
      Device till = chance.of(tills);
      world.provisioning().revokeDevice(world.tenant, till.id());
      cutOff.add(till.id());
      world.story.tell("manager", till.name() + " is revoked");
      world.enrolTill(till.title().store());
    }
  }

  /** A full disk mostly; now and then one that can only be read. */
  private Disk.Fault refusing() {
    return chance.oneIn(4) ? Disk.Fault.READ_ONLY : Disk.Fault.FULL;
  }

  private void mishap(Mishap what) throws Exception {
    switch (what) {
      case WEATHER -> weather();
      case POWER_CUT -> {
        Device device = chance.of(world.devices());
        Disk.Fault when = chance.oneIn(2) ? Disk.Fault.CUT_BEFORE : Disk.Fault.CUT_AFTER;
        device.machine().disk().plan(when, chance.between(0, 80));
      }
      case DISK_FULL -> {
        Device device = chance.of(world.devices());
        Disk disk = device.machine().disk();
        disk.plan(refusing(), chance.between(0, 40));
        world.time.in(Duration.ofMinutes(chance.between(10, 400)), disk::heal);
      }
      case CLOCK_SET -> {
        Device device = chance.of(world.devices());
        long minutes = chance.between(-600, 600);
        device.clock().jump(Duration.ofMinutes(minutes));
        device.tell("its clock jumps by " + minutes + " minutes");
      }
      case SWITCHED_OFF -> {
        Device device = chance.of(world.devices());
        if (device.isOn()) {
          device.stop();
          device.tell("is switched off");
          world.time.in(Duration.ofMinutes(chance.between(1, 900)), device::start);
        }
      }
      case OLD_COPY_PUT_BACK -> oldCopy();
      case CLONED -> cloneSomeTill();
      case SERVER_POWER_CUT -> {
        Disk.Fault when = chance.oneIn(2) ? Disk.Fault.CUT_BEFORE : Disk.Fault.CUT_AFTER;
        // Only what a request does: a manager would do it again.
        world.server.cutWithinARequest(when, chance.between(0, 60));
      }
      case SERVER_DISK_FULL -> {
        Disk disk = world.server.disk();
        disk.plan(refusing(), chance.between(0, 100));
        world.time.in(Duration.ofMinutes(chance.between(10, 400)), disk::heal);
      }
      case SERVER_RESTARTED -> {
        if (world.server.isUp()) {
          world.server.stop();
          world.time.in(Duration.ofSeconds(chance.between(1, 600)), world.server::start);
        }
      }
      case SERVER_COMPACTS -> world.server.compact(world.tenant);
      case SERVER_BACKUP -> {
        int number = backups.size() + 1;
        backups.add(
            new Backup(
                world.server.backup(number),
                number,
                world.told.serversWord(),
                Set.copyOf(names())));
      }
      case SERVER_PUT_BACK -> putServerBack();
    }
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    cutOff.forEach(device -> names.add(device.toString()));
    world.devices().forEach(device -> names.add(device.name()));
    return names;
  }

  /**
   * A server that never knew a till cannot take what that till has: such a backup is too old. And
   * what a server forgot comes back only from a till that still may send: where one exists twice or
   * is to be wiped, a world has one or the other.
   */
  private void putServerBack() throws Exception {
    if (backups.isEmpty() || !world.server.isUp()) {
      return;
    }
    Backup backup = chance.of(backups);
    if (backup.tills().equals(names()) && !isCopied) {
      isPutBack = true;
      world.server.restore(backup.copy(), backup.number());
      world.told.putBack(backup.word());
    }
  }

  private void weather() {
    Device device = chance.of(world.devices());
    Net.Weather now = chance.of(List.of(Net.Weather.values()));
    world.net.set(device.name(), now);
    device.tell("network: from now on " + now);
    world.time.in(
        Duration.ofMinutes(chance.between(1, 1_800)),
        () -> {
          if (world.net.of(device.name()) == now) {
            world.net.set(device.name(), Net.Weather.FINE);
            device.tell("network: from now on FINE");
          }
        });
  }

  /** Copies a till, or puts the copy back. */
  private void oldCopy() throws Exception {
    List<Device> tills = world.tillsOn();
    if (tills.isEmpty()) {
      return;
    }
    Device till = chance.of(tills);
    Copy copy = copies.remove(till);
    if (copy != null && isPutBack) {
      return;
    }
    if (copy == null) {
      copies.put(till, new Copy(till.machine().copy("copy")));
      till.tell("somebody copies its files");
      return;
    }
    isCopied = true;
    till.tell("somebody puts the copy of its files back");
    till.putBack(copy.files());
    world.counter.lostCount(till);
    if (till.isOn()) {
      forgetWhatIsGone(till, till.open());
    }
  }

  /** Somebody starts a copy of a till on another machine; both believe that they are it. */
  private void cloneSomeTill() throws Exception {
    List<Device> tills = world.tillsOn();
    if (!tills.isEmpty() && chance.oneIn(3) && !isPutBack) {
      isCopied = true;
      world.cloneOf(chance.of(tills)).start();
    }
  }

  private void forgetWhatIsGone(Device till, OpenDevice open) {
    List<Told.Receipt> gone = new ArrayList<>();
    for (Told.Receipt receipt : world.told.receipts()) {
      if (receipt.till().equals(till.name()) && open.books().sale(receipt.sale()).isEmpty()) {
        gone.add(receipt);
      }
    }
    gone.forEach(receipt -> world.told.lost(receipt.sale()));
  }

  /** A manager looks at tills that may not send: they are ended and replaced. */
  private void lookAfterTills() throws Exception {
    if (!world.server.isUp()) {
      return;
    }
    for (Device till : List.copyOf(world.tillsOn())) {
      if (till.state() instanceof SyncState.Stopped stopped && !cutOff.contains(till.id())) {
        switch (stopped.reason()) {
          case FORKED, FROZEN -> {
            try {
              world.server.up().deviceCare().wipe(world.tenant, till.id());
            } catch (SQLException _) {
              world.story.tell("manager", "cannot have " + till.name() + " wiped now");
              continue;
            }
            cutOff.add(till.id());
            world.story.tell("manager", till.name() + " exists twice: it is to be wiped");
            world.enrolTill(till.title().store());
          }
          case OTHER_ENVIRONMENT, LOG_CONTRADICTED, BATCH_NOT_UNDERSTOOD, BATCH_MISSING ->
              throw new FindingException(till.name() + " has stopped sending: " + stopped.reason());
        }
      }
    }
  }

  /** Nothing goes wrong any more, everything is switched on, and the time is long enough. */
  private void becomeQuiet() throws Exception {
    quiet = true;
    world.story.tell("world", "becomes quiet");
    for (Device device : world.devices()) {
      device.machine().disk().heal();
      world.net.set(device.name(), Net.Weather.FINE);
    }
    world.server.disk().heal();
    world.server.calm();
    world.server.start();
    for (int round = 0; round < LEAST_ROUNDS || (round < MOST_ROUNDS && !isSettled()); round++) {
      for (Device device : List.copyOf(world.devices())) {
        device.start();
        if (device.state() instanceof SyncState.Stopped) {
          device.nudge();
        } else {
          device.retryNow();
        }
      }
      // A disk that was full when a receipt was to be noted as printed has room again.
      for (Device till : world.tillsOn()) {
        world.counter.resume(till);
      }
      lookAfterTills();
      world.time.runUntil(world.time.instant().plus(QUIET));
    }
  }

  /** Whether everything is sent and everybody has read all there is. */
  private boolean isSettled() throws Exception {
    long head = world.server.up().look(world.tenant, new FeedTable()::head);
    return world.devices().stream()
        .allMatch(
            device ->
                device.isRetired()
                    || (device.isOn()
                        && !cutOff.contains(device.id())
                        && device.open().replica().cursor() == head
                        && (device.state() instanceof SyncState.AllAccepted
                            || device.state() instanceof SyncState.NeedsManager)));
  }
}
