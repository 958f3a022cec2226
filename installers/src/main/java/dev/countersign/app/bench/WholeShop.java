package dev.countersign.app.bench;

import dev.countersign.client.sync.EnrolOutcome;
import dev.countersign.client.sync.Enrolling;
import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import dev.countersign.server.catalogue.CatalogueImport;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.Provisioning;
import dev.countersign.server.launch.SyncServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.UUID;

/** A server on loopback with one shop, which lets everybody ask as often as they like. */
final class WholeShop implements AutoCloseable {
  private static final int AS_OFTEN_AS_THEY_LIKE = 100_000_000;

  private final SyncServer server;
  private final UUID tenant;
  private final UUID store;
  private final UUID cashier;

  private WholeShop(SyncServer server, UUID tenant, UUID store, UUID cashier) {
    this.server = server;
    this.tenant = tenant;
    this.store = store;
    this.cashier = cashier;
  }

  static WholeShop open(Path folder) throws IOException, SQLException {
    Files.createDirectories(folder);
    SyncServer server =
        SyncServer.start(
            ServerConfig.in(folder)
                .listeningOn("127.0.0.1", 0)
                .limitedTo(AS_OFTEN_AS_THEY_LIKE, AS_OFTEN_AS_THEY_LIKE)
                .batchesLimitedTo(AS_OFTEN_AS_THEY_LIKE, AS_OFTEN_AS_THEY_LIKE)
                .holding(4_000));
    Provisioning shop = server.provisioning();
    UUID tenant = shop.addTenant("Bench", "USD", Environment.DEMO.word()).id();
    UUID store = shop.addStore(tenant, "1", "Bench", ZoneId.of("UTC")).id();
    UUID cashier = shop.addUser(tenant, "Cashier", "cashier", store).id();
    return new WholeShop(server, tenant, store, cashier);
  }

  UUID cashier() {
    return cashier;
  }

  /** Brings so many products into the catalogue, with names as long as a real one's. */
  void stock(Path csv, int products) throws IOException, SQLException {
    writeCatalogue(csv, products);
    take(csv, products);
  }

  /** A catalogue as a business exports it. */
  static void writeCatalogue(Path csv, int products) throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,"
                + "case_cost,bottle_retail,list_date\n");
    for (int i = 0; i < products; i++) {
      rows.append(i + 1)
          .append(",Single Barrel Reserve No ")
          .append(i)
          .append(" Straight Bourbon,Category ")
          .append(i % 60)
          .append(",Distillery,750,6,80,")
          .append(code(i))
          .append(",,10.00,60.00,")
          .append(5 + i % 90)
          .append(".99,2020-01-01\n");
    }
    Files.writeString(csv, rows);
  }

  /** The barcode of a product. */
  static String code(int number) {
    String body = "%011d".formatted(80_000_000_000L + number);
    return body + Gtin.checkDigit(body);
  }

  /** Imports a catalogue, which must be taken whole. */
  void take(Path csv, int products) throws IOException, SQLException {
    long taken = server.provisioning().importCatalogue(tenant, csv).accepted();
    if (taken != products) {
      throw new IOException("of " + products + " products " + taken + " were taken");
    }
  }

  /** The first of those that were brought in. */
  UUID product() {
    return CatalogueImport.productId(tenant, "1");
  }

  ServerConnection connection() {
    return new ServerConnection(
        server.uri().toString(), server.pin(), ServerConnection.Patience.usual());
  }

  /** Enrols a device on a register of its own, over the network. */
  EnrolmentResult enrol(int number) throws IOException, SQLException {
    Provisioning shop = server.provisioning();
    UUID register = shop.addRegister(tenant, store, Integer.toString(number)).id();
    EnrolmentTicket ticket = shop.tillTicket(tenant, register, cashier);
    Enrolling enrolling =
        new Enrolling(
            t -> new ServerConnection(t.server(), t.pin(), ServerConnection.Patience.usual()),
            new SecureRandom(),
            Environment.DEMO);
    if (enrolling.enrol(ticket.text(), "Till " + number)
        instanceof EnrolOutcome.Enrolled(var result)) {
      return result;
    }
    throw new IOException("the server refused the code of till " + number);
  }

  @Override
  public void close() throws IOException, SQLException {
    server.close();
  }
}
