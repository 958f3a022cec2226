package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.RecentSales;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Rules;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.feed.RecentlySold;
import dev.countersign.server.ingest.OlderSales;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.tenant.Administrator;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a till is given of the others' sales, so that it can take goods back alone. */
@ParameterizedClass
@EnumSource
class RecentlySoldTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;
  private Enrolled till;
  private SellingTill selling;

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
    till = client.enrol(shop.tillTicket(), "Till");
    selling = selling(till, shop.store.id(), shop.register.id(), shop.cashier.id());
    send(selling, List.of(selling.opening()));
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  private SellingTill selling(Enrolled device, UUID store, UUID register, UUID cashier) {
    return new SellingTill(
        new SellingTill.Registered(
            shop.tenant.id(),
            device.id(),
            store,
            register,
            device.certificate().series(),
            "USD",
            cashier),
        device.key(),
        shop.now::get,
        new SecureRandom());
  }

  private void send(SellingTill from, List<Change> changes) throws Exception {
    var reply = client.post(Routes.BATCHES, Wire.deflateFast(from.seal(changes).encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  /** Sells in one batch. */
  private List<Change> sell(SellingTill from, int count) throws Exception {
    List<Change> sales = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sales.add(from.sale(from.id(), 500));
    }
    send(from, sales);
    return sales;
  }

  private UUID epoch() throws Exception {
    return client.snapshot(client.token(till)).head().epoch();
  }

  private RecentSales page(Enrolled device, long after) throws Exception {
    return client
        .get(Routes.SALES_RECENT + "?epoch=" + epoch() + "&after=" + after, client.token(device))
        .as(RecentSales.class);
  }

  private static List<Change> sales(RecentSales page) throws Exception {
    List<Change> sales = new ArrayList<>();
    for (RecentSales.Taken taken : page.sales()) {
      byte[] change = Base64.getDecoder().decode(taken.sale().change());
      sales.add(ChangeCodec.decode(change, 0, change.length));
    }
    return sales;
  }

  private OlderSale alone(Change sale) throws Exception {
    return shop.server
        .tenants()
        .<Optional<OlderSale>, Exception>read(
            shop.tenant.id(), scope -> new OlderSales().find(scope, shop.store.id(), sale.entity()))
        .orElseThrow();
  }

  @Test
  void theOthersOfTheStoreAreGivenItWithWhatCameBackAndItselfIsNot() throws Exception {
    List<Change> sold = sell(selling, 2);
    RefundedItem.Line back = new RefundedItem.Line(1, Quantity.ONE, 500);
    shop.change(
        "INSERT INTO refund (sale, line, quantity, given, refunds)"
            + " SELECT id, 1, 1000000, 500, 1 FROM sale WHERE receipt LIKE '%1'");
    shop.change(
        "INSERT INTO refund_means (sale, means, given)"
            + " SELECT id, 'CASH', 500 FROM sale WHERE receipt LIKE '%1'");
    Enrolled replacing = client.enrol(shop.tillTicket(), "Other");
    Enrolled office = client.enrol(shop.officeTicket(), "Office");
    for (Enrolled device : List.of(replacing, office)) {
      RecentSales page = page(device, 0);
      assertThat(sales(page)).isEqualTo(sold);
      assertThat(page.more()).isFalse();
      assertThat(page.through()).isEqualTo(shop.head());
      assertThat(page.sales().getFirst().received()).isEqualTo(shop.now.get());
      assertThat(page.sales().getFirst().sale().refunded())
          .isEqualTo(new RefundedItem(List.of(back), List.of(new RefundedItem.Given("CASH", 500))));
      assertThat(page.sales().getLast().sale().refunded().lines()).isEmpty();
      assertThat(page.sales().stream().map(RecentSales.Taken::sale))
          .as("the same as when it is asked for alone")
          .containsExactly(alone(sold.getFirst()), alone(sold.getLast()));
      assertThat(page(device, page.through()).sales()).isEmpty();
    }
    assertThat(page(till, 0).sales()).as("what it sold itself").isEmpty();
  }

  @Test
  void whatIsAnotherStoresIsNeverGiven() throws Exception {
    sell(selling, 3);
    var harbour = shop.desk().addStore(shop.tenant.id(), "13", "Harbour", ZoneId.of("UTC"));
    var register = shop.desk().addRegister(shop.tenant.id(), harbour.id(), "1");
    var sailor = shop.desk().addUser(shop.tenant.id(), "Kim", "cashier", harbour.id());
    Enrolled there =
        client.enrol(
            shop.desk().tillTicket(shop.tenant.id(), register.id(), sailor.id()), "Harbour");
    SellingTill abroad = selling(there, harbour.id(), register.id(), sailor.id());
    send(abroad, List.of(abroad.opening()));
    sell(abroad, 2);
    sell(selling, 1);
    RecentSales page = page(there, 0);
    assertThat(page.sales()).isEmpty();
    assertThat(page.through()).as("it is not looked at again").isEqualTo(shop.head());
    Enrolled here = client.enrol(shop.tillTicket(), "Other");
    assertThat(page(here, 0).sales()).hasSize(4);
  }

  @Test
  void anotherBusinessIsNeverGivenItAndWithoutASessionThereIsNothing() throws Exception {
    sell(selling, 3);
    var desk = shop.desk();
    var tenant = desk.addTenant("Other Shop", "USD", "practice");
    var store = desk.addStore(tenant.id(), "1", "Hill", ZoneId.of("UTC"));
    var register = desk.addRegister(tenant.id(), store.id(), "1");
    var person = desk.addUser(tenant.id(), "Lee", "cashier", store.id());
    Enrolled stranger =
        client.enrol(desk.tillTicket(tenant.id(), register.id(), person.id()), "Stranger");
    String token = client.token(stranger);
    UUID theirs = client.snapshot(token).head().epoch();
    String path = Routes.SALES_RECENT + "?after=0&epoch=";
    assertThat(client.get(path + theirs, token).as(RecentSales.class).sales()).isEmpty();
    assertThat(client.get(path + epoch(), token).problem().code()).isEqualTo(Problem.EPOCH_CHANGED);
    assertThat(client.get(path + epoch()).status()).isEqualTo(401);
    assertThat(client.get(Routes.SALES_RECENT, client.token(till)).status()).isEqualTo(400);
  }

  @Test
  void aNumberOfAnotherEpochOrAheadOfAllIsRefused() throws Exception {
    String token = client.token(till);
    String path = Routes.SALES_RECENT + "?epoch=";
    for (String query :
        List.of(UUID.randomUUID() + "&after=0", epoch() + "&after=" + (shop.head() + 1))) {
      assertThat(client.get(path + query, token).problem().code()).isEqualTo(Problem.EPOCH_CHANGED);
    }
  }

  @Test
  void whatIsTooOldIsSteppedOver() throws Exception {
    sell(selling, 3);
    shop.pass(Duration.ofDays(20));
    List<Change> later = sell(selling, 2);
    Enrolled other = client.enrol(shop.tillTicket(), "Other");
    assertThat(page(other, 0).sales()).hasSize(5);
    shop.pass(Duration.ofDays(11));
    assertThat(sales(page(other, 0))).isEqualTo(later);
    shop.server.deviceCare().setRule(shop.tenant.id(), Rules.Name.KEEP_TILL, Duration.ofDays(5));
    assertThat(page(other, 0).sales()).as("nobody tells it what came back of them").isEmpty();
    assertThat(page(other, 0).through()).isEqualTo(shop.head());
  }

  @Test
  void aPageHasABoundAndTheNextOneGoesOnBehindIt() throws Exception {
    List<Change> sold = new ArrayList<>();
    for (int batch = 0; batch < 5; batch++) {
      sold.addAll(sell(selling, 50));
    }
    Enrolled other = client.enrol(shop.tillTicket(), "Other");
    List<Change> got = new ArrayList<>();
    RecentSales page = page(other, 0);
    assertThat(page.more()).isTrue();
    got.addAll(sales(page));
    assertThat(got).hasSize(100);
    // What is sold between two pages comes with a later one.
    sold.addAll(sell(selling, 1));
    while (page.more()) {
      page = page(other, page.through());
      got.addAll(sales(page));
    }
    assertThat(got).isEqualTo(sold);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStoredBatchThatIsDamagedStopsNothing(boolean packed) throws Exception {
    List<Change> sold = new ArrayList<>(sell(selling, 2));
    Change damaged = sell(selling, 2).getFirst();
    sold.addAll(sell(selling, 2));
    byte[] wrong = {7, 7, 7};
    shop.close();
    new Administrator(stored, data, shop.tenant.id())
        .does(
            db ->
                db.update(
                    "UPDATE batch SET payload = ? WHERE device = ?"
                        + " AND number = (SELECT batch FROM sale WHERE id = ?)",
                    packed ? Wire.deflateFast(wrong) : wrong,
                    till.id(),
                    damaged.entity()));
    shop = shop.on(SyncServer.start(ServerConfig.in(data), shop.surroundings()));
    client = RawClient.of(shop.server);
    RecentSales page = page(client.enrol(shop.tillTicket(), "Other"), 0);
    assertThat(sales(page)).isEqualTo(sold);
    assertThat(page.through()).isEqualTo(shop.head());
    assertThat(page.more()).isFalse();
  }

  /** Sales without a batch stand for those that cannot be read any more. */
  @Test
  void howeverSmallTheBoundsAreNothingIsSkippedAndNothingGivenTwice() throws Exception {
    List<Change> sold = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      sold.addAll(sell(selling, 3));
      shop.sold(shop.store.id(), LocalDate.of(2026, 3, 2));
    }
    RecentlySold.Asking asking = new RecentlySold.Asking(shop.store.id(), UUID.randomUUID());
    for (RecentlySold.Bounds bounds :
        List.of(
            new RecentlySold.Bounds(2, 1 << 20, 1_000),
            new RecentlySold.Bounds(100, 1, 1_000),
            new RecentlySold.Bounds(100, 1_500, 1_000),
            new RecentlySold.Bounds(100, 1 << 20, 2))) {
      RecentlySold recently =
          new RecentlySold(
              shop.server.tenants(), new FeedTable(), new Rules(), new OlderSales(), bounds);
      List<Change> got = new ArrayList<>();
      RecentSales page;
      long after = 0;
      do {
        page = recently.page(shop.tenant.id(), asking, epoch(), after).orElseThrow();
        assertThat(page.through()).isGreaterThan(after);
        after = page.through();
        got.addAll(sales(page));
      } while (page.more());
      assertThat(got).as(bounds.toString()).isEqualTo(sold);
    }
  }
}
