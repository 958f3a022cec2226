package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Rules;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device keeps, and what it asks for instead. */
@ParameterizedClass
@EnumSource
class ScopeTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;
  private Enrolled till;
  private Enrolled office;

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
    till = client.enrol(shop.tillTicket(), "Till");
    office = client.enrol(shop.officeTicket(), "Office");
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  private UUID put(FeedBody body) throws Exception {
    UUID id = UUID.randomUUID();
    put(id, body);
    return id;
  }

  private void put(UUID id, FeedBody body) throws Exception {
    shop.server
        .tenants()
        .<Boolean, Exception>write(
            shop.tenant.id(), scope -> new FeedTable().put(scope, id, shop.store.id(), body));
  }

  private static FeedBody.RefundedItem refunded() {
    return new FeedBody.RefundedItem(
        List.of(new FeedBody.RefundedItem.Line(1, Quantity.ONE, 100)), List.of());
  }

  private FeedBody.QuestionItem question() {
    return new FeedBody.QuestionItem(
        till.id(),
        "1",
        1,
        1,
        "sale.completed",
        "FLAGGED",
        "old",
        shop.now.get(),
        null,
        "Sam",
        "",
        null,
        List.of(),
        false,
        null,
        "",
        null,
        "",
        null);
  }

  /** By snapshot and by pages from the beginning: both are the same. */
  private List<UUID> has(Enrolled device, List<UUID> of) throws Exception {
    String token = client.token(device);
    var snapshot = client.snapshot(token);
    List<UUID> ids = snapshot.items().stream().map(FeedItem::id).filter(of::contains).toList();
    assertThat(client.page(token, snapshot.head().epoch(), 0).items())
        .extracting(FeedItem::id)
        .filteredOn(of::contains)
        .isEqualTo(ids);
    return ids;
  }

  @Test
  void aTillKeepsNinetyDaysAndAnOfficeThirteenMonths() throws Exception {
    UUID sold = shop.sold(shop.store.id(), LocalDate.of(2026, 3, 2));
    UUID back = put(refunded());
    List<UUID> both = List.of(sold, back);
    shop.pass(DAY.multipliedBy(89));
    assertThat(has(till, both)).containsExactly(back);
    assertThat(has(office, both)).containsExactly(sold, back);
    shop.pass(DAY.multipliedBy(3));
    assertThat(has(till, both)).isEmpty();
    assertThat(has(office, both)).containsExactly(sold, back);
    shop.pass(DAY.multipliedBy(300));
    assertThat(has(office, both)).containsExactly(sold, back);
    shop.pass(DAY.multipliedBy(6));
    assertThat(has(office, both)).isEmpty();
  }

  @Test
  void aDeviceIsToldFromWhenOnItKeepsAndTheTenantSetsHowLong() throws Exception {
    String token = client.token(till);
    var head = client.snapshot(token).head();
    Instant hour = shop.now.get().truncatedTo(ChronoUnit.HOURS);
    assertThat(head.since()).isEqualTo(hour.minus(DAY.multipliedBy(90)));
    shop.server.deviceCare().setRule(shop.tenant.id(), Rules.Name.KEEP_TILL, DAY.multipliedBy(2));
    assertThat(client.page(token, head.epoch(), head.cursor()).since())
        .isEqualTo(hour.minus(DAY.multipliedBy(2)));
    assertThat(client.snapshot(client.token(office)).head().since())
        .isEqualTo(hour.minus(DAY.multipliedBy(396)));
  }

  @Test
  void aSaleOfLongAgoThatComesLateReachesTheOffice() throws Exception {
    UUID late = shop.sold(shop.store.id(), LocalDate.of(2024, 1, 5));
    assertThat(has(office, List.of(late))).containsExactly(late);
  }

  @Test
  void whatIsOpenAndWhatBecameOfADevicesOwnChangeStay() throws Exception {
    UUID open = put(question());
    UUID decided = put(question());
    put(decided, question().decided("SEEN", "Robin", shop.now.get(), ""));
    UUID became = put(new FeedBody.ResolutionItem(till.id(), 1, "SEEN"));
    List<UUID> all = List.of(open, decided, became);
    assertThat(has(office, all)).containsExactlyInAnyOrderElementsOf(all);
    shop.pass(DAY.multipliedBy(1_000));
    assertThat(has(office, all)).containsExactly(open, became);
    assertThat(has(till, all)).containsExactly(became);
  }

  private Change sell() throws Exception {
    SellingTill selling =
        new SellingTill(
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
    Change sale;
    List<Change> changes = List.of(selling.opening(), sale = selling.sale(selling.id(), 500));
    var reply = client.post(Routes.BATCHES, Wire.deflateFast(selling.seal(changes).encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return sale;
  }

  @Test
  void anOlderSaleIsGivenToItsStoreByIdAndByReceipt() throws Exception {
    Change sale = sell();
    shop.pass(DAY.multipliedBy(400));
    String receipt = till.certificate().series() + "-000001";
    for (Enrolled device : List.of(till, office, client.enrol(shop.tillTicket(), "Other"))) {
      String token = client.token(device);
      var byId = client.get(Routes.SALES + "?id=" + sale.entity(), token).as(OlderSale.class);
      byte[] change = Base64.getDecoder().decode(byId.change());
      assertThat(ChangeCodec.decode(change, 0, change.length)).isEqualTo(sale);
      assertThat(byId.refunded().lines()).isEmpty();
      assertThat(client.get(Routes.SALES + "?receipt=" + receipt, token).as(OlderSale.class))
          .isEqualTo(byId);
    }
  }

  @Test
  void whatIsAnotherStoresReadsAsNotThere() throws Exception {
    Change sale = sell();
    var harbour = shop.desk().addStore(shop.tenant.id(), "13", "Harbour", ZoneId.of("UTC"));
    var register = shop.desk().addRegister(shop.tenant.id(), harbour.id(), "1");
    var sailor = shop.desk().addUser(shop.tenant.id(), "Kim", "cashier", harbour.id());
    Enrolled stranger =
        client.enrol(
            shop.desk().tillTicket(shop.tenant.id(), register.id(), sailor.id()), "Harbour");
    String token = client.token(stranger);
    String receipt = till.certificate().series() + "-00000";
    String nothing =
        CrossTenantProbeTest.told(client.get(Routes.SALES + "?id=" + UUID.randomUUID(), token));
    assertThat(nothing).startsWith("404");
    for (String query :
        List.of(
            "id=" + sale.entity(),
            "receipt=" + receipt + "1",
            "receipt=" + receipt + "2",
            "receipt=nonsense",
            "receipt=ZZ9-000001")) {
      assertThat(CrossTenantProbeTest.told(client.get(Routes.SALES + "?" + query, token)))
          .as(query)
          .isEqualTo(nothing);
    }
    assertThat(client.get(Routes.SALES, token).status()).isEqualTo(400);
    assertThat(client.get(Routes.SALES + "?id=" + sale.entity()).status()).isEqualTo(401);
  }
}
