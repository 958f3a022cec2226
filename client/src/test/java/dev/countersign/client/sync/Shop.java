package dev.countersign.client.sync;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.http.TlsCertificate;
import dev.countersign.server.launch.Surroundings;
import dev.countersign.server.launch.SyncServer;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server with one store, one register and one manager, and devices enrolled on it. */
final class Shop implements AutoCloseable {
  private final Path folder;
  private final AtomicInteger devices = new AtomicInteger();
  SyncServer server;
  final Tenant tenant;
  final Store store;
  final Register register;
  final Person manager;

  private Shop(
      Path folder,
      SyncServer server,
      Tenant tenant,
      Store store,
      Register register,
      Person manager) {
    this.folder = folder;
    this.server = server;
    this.tenant = tenant;
    this.store = store;
    this.register = register;
    this.manager = manager;
  }

  static Shop open(Path folder) throws Exception {
    return open(folder, InstantSource.system());
  }

  /** The same with the server's clock. */
  static Shop open(Path folder, InstantSource clock) throws Exception {
    return open(folder, clock, ZoneOffset.UTC);
  }

  /** The same with its store in another time zone. */
  static Shop open(Path folder, InstantSource clock, ZoneId zone) throws Exception {
    Path data = Files.createDirectories(folder.resolve("server"));
    SyncServer server =
        SyncServer.start(
            ServerConfig.in(data).limitedTo(1_000_000, 1_000_000),
            Surroundings.real().withClock(clock));
    var provisioning = server.provisioning();
    Tenant tenant = provisioning.addTenant("Corner Shop", "USD", "practice");
    Store store = provisioning.addStore(tenant.id(), "1", "Harbour", zone);
    Register register = provisioning.addRegister(tenant.id(), store.id(), "R1");
    Person manager = provisioning.addUser(tenant.id(), "Robin", "manager", null);
    return new Shop(folder, server, tenant, store, register, manager);
  }

  EnrolmentTicket tillTicket() throws Exception {
    return server.provisioning().tillTicket(tenant.id(), register.id(), manager.id());
  }

  TillDevice till() throws Exception {
    return device(tillTicket(), InstantSource.system());
  }

  TillDevice till(InstantSource clock) throws Exception {
    return device(tillTicket(), clock);
  }

  /** A till that reaches the server only through something else. */
  TillDevice tillThrough(String url, String pin) throws Exception {
    EnrolmentTicket direct = tillTicket();
    return device(
        new EnrolmentTicket(url, direct.code(), direct.secret(), pin, direct.environment()),
        InstantSource.system());
  }

  TillDevice office() throws Exception {
    return device(
        server.provisioning().officeTicket(tenant.id(), store.id(), manager.id()),
        InstantSource.system());
  }

  TillDevice office(InstantSource clock) throws Exception {
    return device(server.provisioning().officeTicket(tenant.id(), store.id(), manager.id()), clock);
  }

  /** What an office of this shop sees: the server's word on every sale of the day. */
  List<SaleView> sales() throws Exception {
    try (TillDevice office = office()) {
      office.pull();
      return office.open.books().salesOn(TillDevice.DAY);
    }
  }

  /** The receipt numbers that an office sees on these days. */
  List<String> receipts(Set<LocalDate> days) throws Exception {
    try (TillDevice office = office()) {
      office.pull();
      return days.stream()
          .flatMap(day -> office.open.books().salesOn(day).stream())
          .map(SaleView::receipt)
          .toList();
    }
  }

  TillDevice device(EnrolmentTicket ticket, InstantSource clock) throws Exception {
    if (!(TillDevice.enrol(ticket.text())
        instanceof EnrolOutcome.Enrolled(EnrolmentResult result))) {
      throw new AssertionError("not enrolled");
    }
    Secret key = Secret.random(32, new SecureRandom());
    DeviceFolder place = new DeviceFolder(folder.resolve("device-" + devices.incrementAndGet()));
    place.create();
    OpenDevice open =
        OpenDevice.enrol(
            place,
            key,
            result.enrolled(),
            result.key(),
            result.epoch(),
            result.firstUser(),
            new OpenDevice.Surroundings(clock, System::nanoTime, new SecureRandom()));
    result.key().close();
    return new TillDevice(open, key, result.firstUser().id(), clock);
  }

  /** Gives the server another key, and from its next start on another certificate as well. */
  void rotateWithCertificate() throws Exception {
    var fresh = TlsCertificate.fresh(folder.resolve("server").resolve("tls.pem"));
    server.keyCare().rotateServer(fresh.pin());
    fresh.keep();
  }

  /** Starts the server again, on the port that it had. */
  void restart() throws Exception {
    restart(() -> {});
  }

  /** What is done while nothing runs. */
  @FunctionalInterface
  interface Meanwhile {
    void happens() throws Exception;
  }

  void restart(Meanwhile meanwhile) throws Exception {
    int port = server.uri().getPort();
    server.close();
    meanwhile.happens();
    server =
        SyncServer.start(
            ServerConfig.in(folder.resolve("server"))
                .listeningOn("127.0.0.1", port)
                .limitedTo(1_000_000, 1_000_000));
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
