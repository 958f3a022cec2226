package dev.countersign.app.demo;

import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.catalogue.ImportReport;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.Provisioning;
import dev.countersign.server.launch.SyncServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.UUID;

/**
 * The demonstration's own server on loopback with one tenant, one store, one register and the
 * beverages that ship with the program. It can be switched off and on again, as a network can.
 */
final class DemoShop implements AutoCloseable {
  private final UUID tenant;
  private final UUID store;
  private final UUID register;
  private final UUID cashier;
  private final UUID manager;
  private final ImportReport imported;
  private final ServerConfig config;
  private SyncServer server;

  private DemoShop(
      SyncServer server,
      ServerConfig config,
      UUID tenant,
      UUID store,
      UUID register,
      UUID cashier,
      UUID manager,
      ImportReport imported) {
    this.server = server;
    this.config = config;
    this.tenant = tenant;
    this.store = store;
    this.register = register;
    this.cashier = cashier;
    this.manager = manager;
    this.imported = imported;
  }

  /** Makes the tenant in a new folder and starts the server. */
  static DemoShop open(Path folder) throws IOException, SQLException {
    ServerConfig anyPort = ServerConfig.in(folder).listeningOn("127.0.0.1", 0);
    SyncServer server = SyncServer.start(anyPort);
    try {
      Provisioning shop = server.provisioning();
      UUID tenant = shop.addTenant("Demo Beverages", "USD", "demo").id();
      Path catalogue = folder.resolve("beverages.csv");
      try (InputStream shipped = DemoShop.class.getResourceAsStream("beverages.csv")) {
        if (shipped == null) {
          throw new IOException("the sample catalogue is missing from the program");
        }
        Files.copy(shipped, catalogue);
      }
      ImportReport imported = shop.importCatalogue(tenant, catalogue);
      UUID store = shop.addStore(tenant, "1", "Demo Beverages", ZoneId.systemDefault()).id();
      UUID register = shop.addRegister(tenant, store, "1").id();
      UUID cashier = shop.addUser(tenant, "Cashier", "cashier", store).id();
      UUID manager = shop.addUser(tenant, "Manager", "manager", null).id();
      return new DemoShop(
          server,
          anyPort.listeningOn("127.0.0.1", server.uri().getPort()),
          tenant,
          store,
          register,
          cashier,
          manager,
          imported);
    } catch (IOException | SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  UUID tenant() {
    return tenant;
  }

  long products() {
    return imported.accepted();
  }

  String address() {
    return server.uri().toString();
  }

  Provisioning provisioning() {
    return server.provisioning();
  }

  EnrolmentTicket tillTicket() throws SQLException {
    return server.provisioning().tillTicket(tenant, register, cashier);
  }

  EnrolmentTicket officeTicket() throws SQLException {
    return server.provisioning().officeTicket(tenant, store, manager);
  }

  /** Nobody reaches the server from here on. */
  void cutTheNetwork() throws IOException, SQLException {
    server.close();
  }

  void restoreTheNetwork() throws IOException, SQLException {
    server = SyncServer.start(config);
  }

  @Override
  public void close() throws IOException, SQLException {
    server.close();
  }
}
