package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The feed is kept small, and nobody misses anything by it. */
@ParameterizedClass
@EnumSource
class CompactionTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final LocalDate DAY_OF_OLD = LocalDate.of(2026, 3, 2);

  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path other;
  private RunningServer shop;
  private RawClient client;
  private Enrolled till;
  private final FeedTable table = new FeedTable();

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
    till = client.enrol(shop.tillTicket(), "Till");
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  private static FeedBody.ProductItem gin() {
    return new FeedBody.ProductItem("1", "Gin", "", "", 1999, List.of(), List.of());
  }

  private static UUID put(SyncServer server, UUID tenant, FeedBody body) throws Exception {
    UUID id = UUID.randomUUID();
    server
        .tenants()
        .<Boolean, Exception>write(tenant, scope -> new FeedTable().put(scope, id, null, body));
    return id;
  }

  private UUID gone() throws Exception {
    UUID product = put(shop.server, shop.tenant.id(), gin());
    shop.server
        .tenants()
        .<Boolean, Exception>write(
            shop.tenant.id(),
            scope -> {
              table.remove(scope, "product", product);
              return true;
            });
    return product;
  }

  private int compact() throws Exception {
    int rows = 0;
    for (int more = step(); more > 0; more = step()) {
      rows += more;
    }
    return rows;
  }

  private int step() throws Exception {
    return shop.server.compaction().step(shop.tenant.id());
  }

  private long marks() throws Exception {
    return shop.number("SELECT count(*) FROM feed WHERE deleted = 1");
  }

  /** Reads to the end as a device does, which confirms it. */
  private FeedPage confirm(Enrolled device, FeedPage from) throws Exception {
    String token = client.token(device);
    FeedPage page = client.page(token, from.epoch(), from.cursor());
    while (!page.items().isEmpty()) {
      page = client.page(token, page.epoch(), page.cursor());
    }
    return page;
  }

  @Test
  void tombstoneOlderThanTheCursor() throws Exception {
    FeedPage old = client.snapshot(client.token(till)).head();
    UUID stays = put(shop.server, shop.tenant.id(), gin());
    UUID gone = gone();
    put(shop.server, shop.tenant.id(), gin());
    assertThat(compact()).as("the till has not heard it").isZero();
    shop.pass(DAY.multipliedBy(91));
    assertThat(compact()).isEqualTo(1);
    String token = client.token(till);
    var refused =
        client.get(Routes.FEED + "?after=" + old.cursor() + "&epoch=" + old.epoch(), token);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem().code()).isEqualTo(Problem.FEED_COMPACTED);
    var fresh = client.snapshot(token);
    assertThat(fresh.head().epoch()).isEqualTo(old.epoch());
    assertThat(fresh.items()).extracting(FeedItem::id).contains(stays).doesNotContain(gone);
    assertThat(client.page(token, fresh.head().epoch(), fresh.head().cursor()).items()).isEmpty();
  }

  @Test
  void theSlowestLivingDeviceHoldsAMarkAndADeadOneDoesNot() throws Exception {
    Enrolled slow = client.enrol(shop.tillTicket(), "Slow");
    FeedPage head = client.snapshot(client.token(till)).head();
    gone();
    put(shop.server, shop.tenant.id(), gin());
    FeedPage now = confirm(till, head);
    assertThat(compact()).isZero();
    shop.desk().revokeDevice(shop.tenant.id(), slow.id());
    assertThat(compact()).isEqualTo(1);
    assertThat(marks()).isZero();
    assertThat(confirm(till, now).cursor()).as("who had heard it reads on").isEqualTo(now.cursor());
  }

  @Test
  void theNewestNumberIsNeverGivenOutTwice() throws Exception {
    shop.desk().revokeDevice(shop.tenant.id(), till.id());
    gone();
    long head = shop.number("SELECT max(seq) FROM feed");
    shop.pass(DAY.multipliedBy(500));
    compact();
    put(shop.server, shop.tenant.id(), gin());
    assertThat(shop.number("SELECT max(seq) FROM feed")).isEqualTo(head + 1);
    assertThat(compact()).isEqualTo(1);
  }

  @Test
  void aProductThatWasThereOnceStaysKnown() throws Exception {
    shop.desk().revokeDevice(shop.tenant.id(), till.id());
    UUID product = gone();
    put(shop.server, shop.tenant.id(), gin());
    assertThat(compact()).isEqualTo(1);
    assertThat(shop.number("SELECT count(*) FROM feed_gone WHERE entity = ?", product))
        .isEqualTo(1);
    shop.server
        .tenants()
        .<Boolean, Exception>write(
            shop.tenant.id(), scope -> table.put(scope, product, null, gin()));
    shop.server
        .tenants()
        .<Boolean, Exception>write(
            shop.tenant.id(),
            scope -> {
              table.remove(scope, "product", product);
              return true;
            });
    put(shop.server, shop.tenant.id(), gin());
    assertThat(compact()).as("gone for the second time").isEqualTo(1);
  }

  @Test
  void whatIsInNobodysScopeGoesAndTheLogStays() throws Exception {
    UUID back = put(shop.server, shop.tenant.id(), refunded());
    for (int i = 0; i < 1_199; i++) {
      put(shop.server, shop.tenant.id(), refunded());
    }
    UUID became =
        put(shop.server, shop.tenant.id(), new FeedBody.ResolutionItem(till.id(), 1, "SEEN"));
    put(shop.server, shop.tenant.id(), gin());
    String log = shop.auditLog();
    long others = shop.number("SELECT count(*) FROM feed WHERE kind <> 'refunded'");
    shop.pass(DAY.multipliedBy(395));
    assertThat(compact()).isZero();
    assertThat(shop.number("SELECT count(*) FROM feed WHERE entity = ?", back)).isEqualTo(1);
    shop.pass(DAY.multipliedBy(2));
    assertThat(step()).as("a bounded step").isEqualTo(500);
    assertThat(compact()).isEqualTo(700);
    assertThat(shop.number("SELECT count(*) FROM feed")).isEqualTo(others);
    assertThat(shop.number("SELECT count(*) FROM feed WHERE entity = ?", became))
        .as("its device has not heard it")
        .isEqualTo(1);
    confirm(till, client.snapshot(client.token(till)).head());
    assertThat(compact()).isEqualTo(1);
    assertThat(shop.auditLog()).startsWith(log);
  }

  private static FeedBody.RefundedItem refunded() {
    return new FeedBody.RefundedItem(
        List.of(new FeedBody.RefundedItem.Line(1, Quantity.ONE, 100)), List.of());
  }

  @Test
  void salesInNobodysScopeArePassedOverAndStayInTheBooks() throws Exception {
    Enrolled office = client.enrol(shop.officeTicket(), "Office");
    for (int i = 0; i < 1_200; i++) {
      shop.sold(shop.store.id(), DAY_OF_OLD);
    }
    shop.pass(DAY.multipliedBy(395));
    assertThat(compact()).isZero();
    UUID newest = shop.sold(shop.store.id(), DAY_OF_OLD);
    long head = shop.head();
    shop.pass(DAY.multipliedBy(2));
    assertThat(step()).as("a bounded step").isEqualTo(500);
    assertThat(compact()).isEqualTo(700);
    assertThat(shop.number("SELECT passed FROM feed_epoch")).isEqualTo(head - 1);
    assertThat(shop.number("SELECT count(*) FROM sale")).isEqualTo(1_201);
    assertThat(client.snapshot(client.token(office)).items())
        .filteredOn(item -> item.kind().equals("sale"))
        .extracting(FeedItem::id)
        .containsExactly(newest);
    put(shop.server, shop.tenant.id(), gin());
    assertThat(shop.head()).as("numbers go on").isEqualTo(head + 1);
  }

  /** A clock that was set back hides nothing that is still in somebody's scope. */
  @Test
  void aSaleInScopeIsNotPassedOverForOlderOnesBehindIt() throws Exception {
    Enrolled office = client.enrol(shop.officeTicket(), "Office");
    shop.pass(DAY.multipliedBy(30));
    UUID stays = shop.sold(shop.store.id(), DAY_OF_OLD);
    shop.pass(DAY.multipliedBy(-30));
    shop.sold(shop.store.id(), DAY_OF_OLD);
    shop.pass(DAY.multipliedBy(400));
    assertThat(compact()).isZero();
    assertThat(client.snapshot(client.token(office)).items())
        .extracting(FeedItem::id)
        .contains(stays);
  }

  /** Whoever reads meanwhile meets every product once, and the numbers go on. */
  @Test
  void twoServersCompactAndWriteAtOnceAndADeviceMissesNothing() throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_POSTGRES);
    Files.copy(data.resolve("master.key"), other.resolve("master.key"));
    TestPostgres.nameIn(other);
    try (var second = SyncServer.start(ServerConfig.in(other), shop.surroundings());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FeedPage[] at = {client.snapshot(client.token(till)).head()};
      UUID tenant = shop.tenant.id();
      AtomicBoolean writing = new AtomicBoolean(true);
      List<Callable<Set<UUID>>> work = new ArrayList<>();
      for (SyncServer server : List.of(shop.server, second)) {
        work.add(() -> write(server, tenant));
        work.add(
            () -> {
              while (writing.get()) {
                server.compaction().step(tenant);
              }
              return Set.of();
            });
      }
      Set<UUID> seen = new HashSet<>();
      Set<UUID> marked = new HashSet<>();
      var running = work.stream().map(threads::submit).toList();
      String token = client.token(till);
      Set<UUID> stay = new HashSet<>();
      boolean last;
      try {
        while (true) {
          last = running.get(0).isDone() && running.get(2).isDone();
          FeedPage page = client.page(token, at[0].epoch(), at[0].cursor());
          for (FeedItem item : page.items()) {
            assertThat(item.seq()).isGreaterThan(at[0].cursor());
            assertThat((item.deleted() ? marked : seen).add(item.id())).isTrue();
          }
          at[0] = page;
          if (last && page.items().isEmpty()) {
            break;
          }
        }
      } finally {
        writing.set(false);
      }
      stay.addAll(running.get(0).get());
      stay.addAll(running.get(2).get());
      for (var each : running) {
        each.get();
      }
      assertThat(seen).containsAll(stay);
      seen.removeAll(stay);
      assertThat(marked).as("what was seen and went was heard to go").containsAll(seen);
    }
  }

  /** Puts products and takes every other one away; returns those that stay. */
  private static Set<UUID> write(SyncServer server, UUID tenant) throws Exception {
    Set<UUID> stay = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      stay.add(put(server, tenant, gin()));
      UUID goes = put(server, tenant, gin());
      server
          .tenants()
          .<Boolean, Exception>write(
              tenant,
              scope -> {
                new FeedTable().remove(scope, "product", goes);
                return true;
              });
    }
    return stay;
  }
}
