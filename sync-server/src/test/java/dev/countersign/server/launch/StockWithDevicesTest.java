package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.StockMoved.Reason;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem.Through;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Levels on their way: through the running server to the devices of the store and no others. */
class StockWithDevicesTest {
  private static final String CATALOGUE =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n1,Gin,GIN,V,750,6,80,,,1,6,10.00,2020-01-01\n";

  @TempDir Path data;
  @TempDir Path other;
  @TempDir Path files;

  private UUID product(RunningServer shop) throws Exception {
    Path csv = files.resolve("catalogue.csv");
    Files.writeString(csv, CATALOGUE);
    shop.desk().importCatalogue(shop.tenant.id(), csv);
    return shop.server
        .tenants()
        .<UUID, SQLException>read(
            shop.tenant.id(),
            scope ->
                scope
                    .db()
                    .first("SELECT entity FROM feed WHERE kind = 'product'", row -> row.uuid(1))
                    .orElseThrow());
  }

  private static SellingTill selling(RunningServer shop, RawClient.Enrolled till) {
    return new SellingTill(
        new SellingTill.Registered(
            shop.tenant.id(),
            till.id(),
            shop.store.id(),
            shop.register.id(),
            till.certificate().series(),
            "USD",
            shop.cashier.id()),
        till.key(),
        shop.now::get,
        new SecureRandom());
  }

  private static void post(RawClient client, SellingTill till, List<Change> changes)
      throws Exception {
    var reply = client.post(Routes.BATCHES, Wire.deflateFast(till.seal(changes).encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static List<FeedBody> stock(RawClient client, String token) throws Exception {
    var snapshot = client.snapshot(token);
    List<FeedBody> found = new ArrayList<>();
    for (var item : snapshot.items()) {
      if (item.kind().startsWith("stock")) {
        found.add(item.typed());
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void theDevicesOfTheStoreGetLevelsAndThenHowFarTheyGo(Stored stored) throws Exception {
    try (RunningServer shop = new RunningServer(data, stored)) {
      RawClient client = RawClient.of(shop.server);
      UUID gin = product(shop);
      var elsewhere = shop.desk().addStore(shop.tenant.id(), "13", "Harbour", ZoneId.of("UTC"));
      var manager = shop.desk().addUser(shop.tenant.id(), "Max", "manager", null);
      var enrolled = client.enrol(shop.tillTicket(), "Till");
      var office = client.enrol(shop.officeTicket(), "Office");
      var stranger =
          client.enrol(
              shop.desk().officeTicket(shop.tenant.id(), elsewhere.id(), manager.id()), "Away");
      SellingTill till = selling(shop, enrolled);
      post(client, till, List.of(till.opening(), till.sale(gin, 1000), till.sale(gin, 1000)));
      for (String token : List.of(client.token(enrolled), client.token(office))) {
        assertThat(stock(client, token))
            .containsExactly(
                new StockItem(gin, Quantity.of(-2), null),
                new StockMarkItem(
                    ((StockMarkItem) stock(client, token).getLast()).round(),
                    List.of(new Through(enrolled.id(), 3))));
      }
      assertThat(stock(client, client.token(stranger))).isEmpty();
      var before = client.snapshot(client.token(office)).head();
      Change received =
          till.change(
              till.id(),
              new StockMoved(
                  shop.store.id(),
                  Reason.RECEIVED,
                  List.of(new StockMoved.Line(gin, Quantity.of(6))),
                  ""));
      post(client, till, List.of(withActor(received, manager.id())));
      var page = client.page(client.token(office), before.epoch(), before.cursor());
      assertThat(page.items()).hasSize(2);
      assertThat(page.items().getFirst().typed())
          .isEqualTo(new StockItem(gin, Quantity.of(4), null));
      assertThat(page.items().getLast().kind()).isEqualTo("stock-mark");
    }
  }

  private static Change withActor(Change change, UUID actor) {
    return new Change(
        change.id(), change.number(), change.entity(), actor, null, change.at(), change.body());
  }

  @Test
  void twoServersOnOneDatabaseReadEveryBatchOnce() throws Exception {
    try (var shop = new RunningServer(data, Stored.IN_POSTGRES)) {
      Files.copy(data.resolve("master.key"), other.resolve("master.key"));
      TestPostgres.nameIn(other);
      try (var second = SyncServer.start(ServerConfig.in(other), shop.surroundings())) {
        UUID gin = product(shop);
        RawClient client = RawClient.of(shop.server);
        SellingTill till = selling(shop, client.enrol(shop.tillTicket(), "Till"));
        post(client, till, List.of(till.opening()));
        for (int round = 0; round < 10; round++) {
          for (int batch = 0; batch < 4; batch++) {
            post(client, till, List.of(till.sale(gin, 1000), till.sale(gin, 1000)));
          }
          List<Callable<Boolean>> both = new ArrayList<>();
          for (SyncServer server : List.of(shop.server, second, shop.server, second)) {
            both.add(() -> server.stockKeeper().step(shop.tenant.id()));
          }
          try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(both)) {
              answer.get();
            }
          }
        }
        assertThat(second.stockKeeper().isBehind(shop.tenant.id())).isFalse();
        assertThat(stock(client, client.token(client.enrol(shop.officeTicket(), "Office"))))
            .contains(new StockItem(gin, Quantity.of(-80), null));
      }
    }
  }
}
