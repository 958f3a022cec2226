package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.JoiningCode;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Rules;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.feed.Feed;
import dev.countersign.server.feed.FeedTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device pulls: all of what is for it, nothing of what is not. */
@ParameterizedClass
@EnumSource
class FeedTest {
  @Parameter Stored stored;
  private static final String HEADER =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n";

  @TempDir Path data;
  @TempDir Path files;
  private RunningServer shop;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  private void products(int from, int to, String price) throws Exception {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = from; i < to; i++) {
      csv.append(i).append(",Product ").append(i).append(",GIN,V,750,6,80,,,1,6,").append(price);
      csv.append(",2020-01-01\n");
    }
    Path file = files.resolve("c" + from + "-" + to + ".csv");
    Files.writeString(file, csv);
    shop.desk().importCatalogue(shop.tenant.id(), file);
  }

  @Test
  void snapshotAndPagesTogetherAreDenseAndComplete() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    products(1, 1_201, "10.00");
    var snapshot = client.snapshot(token);
    assertThat(snapshot.items()).hasSize(1_202);
    assertThat(snapshot.items()).extracting(FeedItem::seq).isSorted().doesNotHaveDuplicates();
    assertThat(snapshot.head().cursor()).isEqualTo(snapshot.items().getLast().seq());

    products(601, 1_801, "11.00");
    List<FeedItem> later = new ArrayList<>();
    long cursor = snapshot.head().cursor();
    FeedPage page;
    do {
      page = client.page(token, snapshot.head().epoch(), cursor);
      assertThat(page.items().size()).isLessThanOrEqualTo(500);
      later.addAll(page.items());
      cursor = page.cursor();
    } while (page.more());
    assertThat(later).hasSize(1_200);
    assertThat(later.getFirst().seq()).isEqualTo(snapshot.head().cursor() + 1);
    assertThat(later.getLast().seq()).isEqualTo(cursor);
    for (int i = 1; i < later.size(); i++) {
      assertThat(later.get(i).seq()).isEqualTo(later.get(i - 1).seq() + 1);
    }
    assertThat(client.page(token, snapshot.head().epoch(), cursor).items()).isEmpty();
  }

  @Test
  void whatIsToBeMindedIsKnownOfManyProductsAtOnceAsOfEach() throws Exception {
    FeedTable table = new FeedTable();
    Feed feed = new Feed(shop.server.tenants(), table, new Rules());
    Handling minded = Handling.NONE.withLeastAge(18);
    FeedBody.ProductItem gin =
        new FeedBody.ProductItem("1", "Gin", "", "", 1999, List.of(), List.of());
    Map<UUID, Handling> expected = new HashMap<>();
    Map<UUID, Handling> found =
        shop.server
            .tenants()
            .<Map<UUID, Handling>, SQLException>write(
                shop.tenant.id(),
                scope -> {
                  for (int i = 0; i < 70; i++) {
                    UUID product = UUID.randomUUID();
                    boolean ofAge = i % 7 == 0;
                    table.put(scope, product, null, ofAge ? gin.with(minded) : gin);
                    expected.put(product, ofAge ? minded : Handling.NONE);
                    if (i % 10 == 0) {
                      table.remove(scope, "product", product);
                      expected.put(product, Handling.NONE);
                    }
                  }
                  UUID gone = UUID.randomUUID();
                  scope.db().update("INSERT INTO feed_gone (entity) VALUES (?)", gone);
                  expected.put(gone, Handling.NONE);
                  for (UUID product : expected.keySet()) {
                    assertThat(feed.known(scope, Set.of(product)).get())
                        .containsExactly(Map.entry(product, expected.get(product)));
                  }
                  Set<UUID> asked = new HashSet<>(expected.keySet());
                  asked.add(UUID.randomUUID());
                  return feed.known(scope, asked).get();
                });
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aPositionInTheMiddleCanBeTakenUpAgain() throws Exception {
    products(1, 1_001, "10.00");
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    UUID epoch = client.snapshot(token).head().epoch();
    FeedPage first = client.page(token, epoch, 0);
    assertThat(client.page(token, epoch, 0)).isEqualTo(first);
    assertThat(client.page(token, epoch, first.cursor()).items().getFirst().seq())
        .isGreaterThan(first.cursor());
  }

  @Test
  void whoHasLeftIsATombstoneInPagesAndAbsentFromSnapshots() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    var before = client.snapshot(token);
    shop.desk().endUser(shop.tenant.id(), shop.cashier.id());
    FeedPage page = client.page(token, before.head().epoch(), before.head().cursor());
    assertThat(page.items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.deleted()).isTrue();
              assertThat(item.id()).isEqualTo(idOf(before.items(), shop.cashier.id()));
              assertThat(item.body()).isNull();
            });
    assertThat(client.snapshot(token).items()).noneMatch(item -> item.kind().equals("user"));
  }

  private static UUID idOf(List<FeedItem> items, UUID person) {
    return items.stream()
        .filter(
            item -> item.typed() instanceof FeedBody.UserItem user && user.person().equals(person))
        .map(FeedItem::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void peopleAndSettingsOfAnotherStoreAreAbsent() throws Exception {
    var other = shop.desk().addStore(shop.tenant.id(), "13", "Harbour", ZoneId.of("UTC"));
    var stranger = shop.desk().addUser(shop.tenant.id(), "Kim", "cashier", other.id());
    var everywhere = shop.desk().addUser(shop.tenant.id(), "Alex", "manager", null);
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    var snapshot = client.snapshot(token);
    assertThat(snapshot.items().toString())
        .contains(shop.cashier.id().toString())
        .contains(everywhere.id().toString())
        .contains(shop.store.id().toString())
        .doesNotContain(stranger.id().toString())
        .doesNotContain(other.id().toString());
    assertThat(client.page(token, snapshot.head().epoch(), 0).items().toString())
        .doesNotContain(stranger.id().toString())
        .doesNotContain(other.id().toString());
  }

  @Test
  void anOfficeGetsTheSalesOfItsStoreAndATillGetsNone() throws Exception {
    var other = shop.desk().addStore(shop.tenant.id(), "13", "Harbour", ZoneId.of("UTC"));
    UUID here = shop.sold(shop.store.id(), LocalDate.of(2026, 3, 2));
    UUID there = shop.sold(other.id(), LocalDate.of(2026, 3, 2));
    String till = client.token(client.enrol(shop.tillTicket(), "Till"));
    String office = client.token(client.enrol(shop.officeTicket(), "Office"));
    assertThat(client.snapshot(office).items())
        .filteredOn(item -> item.kind().equals("sale"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.id()).isEqualTo(here).isNotEqualTo(there);
              assertThat(item.at()).isEqualTo(shop.now.get());
              assertThat(Json.strict().treeToValue(item.body(), FeedBody.SaleItem.class))
                  .isEqualTo(
                      new FeedBody.SaleItem(
                          shop.store.id(),
                          shop.register.id(),
                          "1",
                          "Sam",
                          "12-1-000001",
                          Instant.parse("2026-03-02T00:00:00Z"),
                          LocalDate.of(2026, 3, 2),
                          1,
                          995,
                          "ACCEPTED"));
            });
    var forTill = client.snapshot(till);
    assertThat(forTill.items()).extracting(FeedItem::kind).doesNotContain("sale");
    // The position moves on although nothing was for this device.
    assertThat(forTill.head().cursor()).isEqualTo(shop.head());
  }

  /** They stand in two tables; more of both than a page or a run of a snapshot holds. */
  @Test
  void salesAndAllElseComeInOneOrderAndNothingIsSkipped() throws Exception {
    String office = client.token(client.enrol(shop.officeTicket(), "Office"));
    FeedPage head = client.snapshot(office).head();
    List<UUID> written =
        shop.server
            .tenants()
            .<List<UUID>, Exception>write(
                shop.tenant.id(),
                scope -> {
                  List<UUID> ids = new ArrayList<>();
                  for (int i = 0; i < 4_500; i++) {
                    if (i % 7 < 4) {
                      ids.add(shop.sold(scope, shop.store.id(), LocalDate.of(2026, 3, 2)));
                    } else {
                      ids.add(UUID.randomUUID());
                      new FeedTable().put(scope, ids.getLast(), null, gin());
                    }
                  }
                  return ids;
                });
    List<FeedItem> paged = new ArrayList<>();
    FeedPage page = head;
    do {
      page = client.page(office, head.epoch(), page.cursor());
      paged.addAll(page.items());
    } while (page.more());
    assertThat(paged).extracting(FeedItem::id).isEqualTo(written);
    assertThat(paged.getLast().seq()).isEqualTo(head.cursor() + written.size());
    assertThat(client.snapshot(office).items())
        .filteredOn(item -> item.seq() > head.cursor())
        .extracting(FeedItem::id)
        .isEqualTo(written);
  }

  private static FeedBody.ProductItem gin() {
    return new FeedBody.ProductItem("1", "Gin", "", "", 1999, List.of(), List.of());
  }

  @Test
  void withoutATokenNothingIsGiven() throws Exception {
    assertThat(client.get(Routes.SNAPSHOT).status()).isEqualTo(401);
    assertThat(client.get(Routes.SNAPSHOT, "guess").problem().code()).isEqualTo("unauthenticated");
    assertThat(client.get(Routes.FEED + "?after=0&epoch=" + UUID.randomUUID()).status())
        .isEqualTo(401);
  }

  @Test
  void aTokenEndsAfterAnHour() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    shop.pass(Duration.ofMinutes(60).minusMillis(1));
    assertThat(client.get(Routes.SNAPSHOT, token).status()).isEqualTo(200);
    shop.pass(Duration.ofMillis(1));
    assertThat(client.get(Routes.SNAPSHOT, token).status()).isEqualTo(401);
  }

  @Test
  void aRevokedDeviceIsOutWithItsNextRequest() throws Exception {
    var device = client.enrol(shop.tillTicket(), "Till");
    String token = client.token(device);
    shop.desk().revokeDevice(shop.tenant.id(), device.id());
    assertThat(client.get(Routes.SNAPSHOT, token).status()).isEqualTo(401);
    assertThat(
            client
                .post(
                    Routes.SESSIONS,
                    RawClient.signIn(device.id(), device.key(), client.challenge()))
                .status())
        .isEqualTo(409);
  }

  @Test
  void aChallengeIsGoodOnceAndForTwoMinutes() throws Exception {
    var device = client.enrol(shop.tillTicket(), "Till");
    byte[] signIn = RawClient.signIn(device.id(), device.key(), client.challenge());
    assertThat(client.post(Routes.SESSIONS, signIn).status()).isEqualTo(200);
    assertThat(client.post(Routes.SESSIONS, signIn).status()).isEqualTo(401);
    byte[] late = RawClient.signIn(device.id(), device.key(), client.challenge());
    shop.pass(Duration.ofMinutes(2));
    assertThat(client.post(Routes.SESSIONS, late).status()).isEqualTo(401);
    byte[] invented = RawClient.signIn(device.id(), device.key(), "AAAA");
    assertThat(client.post(Routes.SESSIONS, invented).status()).isEqualTo(401);
  }

  @Test
  void anotherDevicesKeySignsNobodyIn() throws Exception {
    var one = client.enrol(shop.tillTicket(), "Till");
    var two = client.enrol(shop.tillTicket(), "Till");
    assertThat(
            client
                .post(Routes.SESSIONS, RawClient.signIn(one.id(), two.key(), client.challenge()))
                .status())
        .isEqualTo(401);
  }

  @Test
  void anotherEpochOrAPositionAheadAsksForASnapshot() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    UUID epoch = client.snapshot(token).head().epoch();
    var other = client.get(Routes.FEED + "?after=0&epoch=" + UUID.randomUUID(), token);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.problem().code()).isEqualTo("epoch-changed");
    assertThat(client.get(Routes.FEED + "?after=999999&epoch=" + epoch, token).status())
        .isEqualTo(409);
  }

  @Test
  void aJoiningCodeTravelsOnlyAsItsHash() throws Exception {
    String code = shop.desk().joinCode(shop.tenant.id(), shop.cashier.id());
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    var user =
        client.snapshot(token).items().stream()
            .filter(item -> item.kind().equals("user"))
            .findFirst()
            .orElseThrow();
    assertThat(user.toString()).doesNotContain(code);
    var joining = ((FeedBody.UserItem) user.typed()).joining();
    assertThat(JoiningCode.matches(" " + code.toLowerCase() + " ", joining, shop.now.get()))
        .isTrue();
    assertThat(JoiningCode.matches("00000-00000", joining, shop.now.get())).isFalse();
    assertThat(JoiningCode.matches(code, joining, shop.now.get().plus(Duration.ofHours(24))))
        .isFalse();
  }
}
