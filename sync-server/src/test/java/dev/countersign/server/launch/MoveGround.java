package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sql.Db;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.tenant.TableShape;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shop in files, its till, and a folder that names a PostgreSQL. */
abstract class MoveGround {
  @TempDir Path here;
  @TempDir Path there;
  RunningServer shop;
  RawClient client;
  Enrolled device;
  SellingTill till;
  private final List<AutoCloseable> others = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    TestPostgres.forget();
    TestPostgres.nameIn(there);
    shop = new RunningServer(here);
    client = RawClient.of(shop.server);
    device = client.enrol(shop.tillTicket(), "Till");
    till =
        new SellingTill(
            new SellingTill.Registered(
                shop.tenant.id(),
                device.id(),
                shop.store.id(),
                shop.register.id(),
                device.certificate().series(),
                "USD",
                shop.cashier.id()),
            device.key(),
            shop.now::get,
            new SecureRandom());
    send(till.seal(List.of(till.opening(), sale(), sale())));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable other : others) {
      other.close();
    }
    shop.close();
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      admin.execute("DROP FUNCTION IF EXISTS countersign.spoil() CASCADE");
    }
  }

  Change sale() {
    return till.sale(till.id(), 500);
  }

  int post(Envelope batch) throws Exception {
    return client.post(Routes.BATCHES, Wire.deflateFast(batch.encode())).status();
  }

  void send(Envelope batch) throws Exception {
    assertThat(post(batch)).isEqualTo(200);
  }

  record Result(int exit, String out, String err) {}

  Result command(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        ServerCommand.commandLine(new Reach.Outside(shop.surroundings()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new Result(exit, out.toString(), err.toString());
  }

  Result move(String tenant) {
    return command(
        "tenant", "move", "--tenant", tenant, "--to", there.toString(), "--data", here.toString());
  }

  /** The other server, under the address that the first one had. */
  SyncServer takeOver() throws Exception {
    int port = shop.server.uri().getPort();
    shop.close();
    return other(there, port);
  }

  SyncServer other(Path data, int port) throws Exception {
    SyncServer server =
        SyncServer.start(ServerConfig.in(data).listeningOn("127.0.0.1", port), shop.surroundings());
    others.add(server);
    return server;
  }

  static <T> T asAdmin(dev.countersign.server.tenant.ControlData.Step<T> step) throws Exception {
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      return step.run(admin);
    }
  }

  /** How many rows PostgreSQL has of a tenant, and of what names it. */
  static long rowsThere(UUID tenant) throws Exception {
    return asAdmin(
        admin -> {
          long rows = 0;
          for (String table : TestPostgres.tenantTables(admin)) {
            rows +=
                admin
                    .first(
                        "SELECT count(*) FROM " + table + " WHERE tenant_id = CAST(? AS uuid)",
                        row -> row.integer(1),
                        tenant.toString())
                    .orElseThrow();
          }
          return rows
              + admin
                  .first("SELECT count(*) FROM device_index", row -> row.integer(1))
                  .orElseThrow()
              + admin.first("SELECT count(*) FROM tenant", row -> row.integer(1)).orElseThrow();
        });
  }

  final java.util.Map<String, Long> counts = new java.util.HashMap<>();

  List<TableShape> shapes() throws Exception {
    return shop.server
        .tenants()
        .<List<TableShape>, Exception>read(
            shop.tenant.id(),
            scope -> {
              List<TableShape> shapes = TableShape.in(scope.db());
              for (TableShape shape : shapes) {
                counts.put(
                    shape.name(),
                    scope
                        .db()
                        .first("SELECT count(*) FROM " + shape.name(), row -> row.integer(1))
                        .orElseThrow());
              }
              return shapes;
            });
  }

  static boolean drop(Db admin) throws java.sql.SQLException {
    admin.execute("DROP FUNCTION IF EXISTS countersign.spoil() CASCADE");
    return true;
  }

  static void spoil(String trigger, String body) throws Exception {
    asAdmin(
        admin -> {
          drop(admin);
          admin.execute(
              "CREATE FUNCTION countersign.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                  + body
                  + "; RETURN NEW; END $$");
          admin.execute(trigger + " FOR EACH ROW EXECUTE FUNCTION countersign.spoil()");
          return true;
        });
  }
}
