package dev.countersign.app.simulate;

import dev.countersign.app.simulate.Told.Shelf;
import dev.countersign.app.simulate.Told.Worker;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.account.Rules;
import dev.countersign.server.launch.Provisioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A business with its stores, tills, offices and its server, and everybody who works there. */
final class World {
  /** A store. */
  record Shop(UUID id, List<UUID> registers) {}

  private static final int PRODUCTS = 8;
  private static final int KEY = 32;
  private static final String CSV_HEAD =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n";

  final Timeline time;
  final Story story;
  final Chance chance;
  final Told told = new Told();
  final Net net;
  final ServerMachine server;
  final Counter counter;
  final Farewell farewell;
  final Desk desk;
  final UUID tenant;
  private final Path place;
  private final Disks disks;
  private final List<Shop> shops = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private int made;
  private int products;
  private int people;

  World(Scale scale, long seed, Path place, Disks disks) throws Exception {
    this.place = place;
    this.disks = disks;
    this.time = new Timeline();
    this.story = new Story(time);
    this.chance = new Chance(seed);
    this.server =
        new ServerMachine(time, story, chance, new Machine(place.resolve("server"), disks));
    this.net = new Net(time, story, chance, server);
    this.counter = new Counter(chance, told);
    this.farewell = new Farewell(time);
    this.desk = new Desk(chance);
    this.tenant = provisioning().addTenant("Simulated", "USD", "practice").id();
    // The shortest there is: days of a world are few, and a device that is away meets it.
    server.up().deviceCare().setRule(tenant, Rules.Name.FEED_MARKS, Duration.ofDays(1));
    for (int i = 0; i < PRODUCTS; i++) {
      newProduct();
    }
    hire("manager", null);
    for (int store = 0; store < scale.stores(); store++) {
      shops.add(shop(store));
      hire("supervisor", store);
      hire("cashier", store);
      enrolOffice(store);
    }
    for (int till = 0; till < scale.tills(); till++) {
      enrolTill(till % scale.stores());
    }
  }

  private Shop shop(int store) throws SQLException {
    String number = Integer.toString(store + 1);
    return new Shop(
        provisioning().addStore(tenant, number, "Store " + number, ZoneOffset.UTC).id(),
        new ArrayList<>());
  }

  Provisioning provisioning() {
    return server.up().provisioning();
  }

  Shop shop(Device device) {
    return shops.get(device.title().store());
  }

  List<Shop> shops() {
    return shops;
  }

  List<Device> devices() {
    return devices;
  }

  /** Tills that are switched on. */
  List<Device> tillsOn() {
    return devices.stream().filter(each -> each.isOn() && !each.title().office()).toList();
  }

  private void enrolOffice(int store) throws Exception {
    String name = "office " + (store + 1);
    Device office = device(new Device.Title(name, store, true), Duration.ZERO, 0);
    office.enrol(provisioning().officeTicket(tenant, shops.get(store).id(), manager()));
  }

  /** A new till on a register of its own; a server that cannot save is asked again later. */
  void enrolTill(int store) throws Exception {
    Shop shop = shops.get(store);
    String register = Integer.toString(shop.registers().size() + 1);
    EnrolmentTicket ticket;
    try {
      UUID id = provisioning().addRegister(tenant, shop.id(), register).id();
      shop.registers().add(id);
      ticket = provisioning().tillTicket(tenant, id, manager());
    } catch (SQLException _) {
      story.tell("manager", "cannot make a code for a till now");
      time.in(Duration.ofHours(1), () -> enrolAgain(store));
      return;
    }
    String name = "till " + (store + 1) + "." + register;
    Device till =
        device(
            new Device.Title(name, store, false),
            Duration.ofSeconds(chance.between(-90, 90)),
            chance.between(-50, 50));
    if (!till.enrol(ticket)) {
      time.in(Duration.ofHours(1), () -> enrolAgain(store));
    }
  }

  private void enrolAgain(int store) throws Exception {
    if (server.isUp()) {
      enrolTill(store);
    } else {
      time.in(Duration.ofHours(1), () -> enrolAgain(store));
    }
  }

  private UUID manager() {
    return told.workers().stream()
        .filter(worker -> worker.role().equals("manager"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private Device device(Device.Title title, Duration offset, long drift) throws IOException {
    return device(title, offset, drift, Secret.random(KEY, chance.secure()));
  }

  /** The same files on another machine; off. */
  Device cloneOf(Device till) throws IOException {
    Device.Title title = new Device.Title(till.name() + "'", till.title().store(), false);
    Device clone = device(title, Duration.ZERO, 0, till.key());
    clone.machine().fill(till.machine().copy("clone"));
    clone.tell("is a copy of " + till.name());
    return clone;
  }

  private Device device(Device.Title title, Duration offset, long drift, Secret key)
      throws IOException {
    String address = "10.0." + title.store() + ".1";
    Device device =
        new Device(
            title,
            time,
            story,
            chance,
            new Machine(place.resolve("device-" + ++made), disks),
            new TiltedClock(time, offset, drift),
            net.from(title.name(), address),
            key);
    device.onStart(() -> counter.resume(device));
    device.onOrder(
        order -> {
          counter.writeByHand(device);
          farewell.carryOut(device, order);
        });
    devices.add(device);
    return device;
  }

  /** Something new to sell. */
  void newProduct() throws IOException, SQLException {
    String sku = String.format(Locale.ROOT, "P%03d", ++products);
    price(new Shelf(sku, "Product " + products, chance.between(50, 5_000)));
  }

  /** The server takes this price. */
  void price(Shelf shelf) throws IOException, SQLException {
    Path file = place.resolve("catalogue.csv");
    Files.writeString(
        file,
        CSV_HEAD
            + String.format(
                Locale.ROOT,
                "%s,%s,All,,,,,,,,,%d.%02d,%n",
                shelf.sku(),
                shelf.name(),
                shelf.price() / 100,
                shelf.price() % 100));
    provisioning().importCatalogue(tenant, file);
    told.priced(shelf);
    story.tell("manager", shelf.sku() + " costs " + shelf.price());
  }

  /**
   * Somebody begins to work.
   *
   * @param store the one, or null for all
   */
  void hire(String role, @Nullable Integer store) throws SQLException {
    String name = String.format(Locale.ROOT, "%s %d", role, ++people);
    UUID place = store == null ? null : shops.get(store).id();
    UUID id = provisioning().addUser(tenant, name, role, place).id();
    told.works(new Worker(id, name, role, store, true));
    story.tell("manager", name + " begins" + (store == null ? "" : " in store " + (store + 1)));
  }

  /** Somebody leaves. */
  void dismiss(Worker worker) throws SQLException {
    provisioning().endUser(tenant, worker.id());
    told.works(new Worker(worker.id(), worker.name(), worker.role(), worker.store(), false));
    story.tell("manager", worker.name() + " leaves");
  }

  /** Lets go of every file. */
  void end() throws Exception {
    devices.forEach(Device::end);
    server.disk().clearAway();
    server.stop();
  }
}
