package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sql.Db;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two servers write at once comes to a device in one order, and nothing is skipped. */
class FeedOrderTest {
  @TempDir Path one;
  @TempDir Path other;

  private static FeedBody.ProductItem gin() {
    return new FeedBody.ProductItem("1", "Gin", "", "", 1999, List.of(), List.of());
  }

  private static boolean put(SyncServer server, UUID tenant, UUID product, CountDownLatch... wait)
      throws Exception {
    return server
        .tenants()
        .<Boolean, Exception>write(
            tenant,
            scope -> {
              boolean put = new FeedTable().put(scope, product, null, gin());
              if (wait.length > 0) {
                wait[0].countDown();
                wait[1].await();
              }
              return put;
            });
  }

  @Test
  void lowSequenceCommittingLate() throws Exception {
    try (var shop = new RunningServer(one, Stored.IN_POSTGRES)) {
      Files.copy(one.resolve("master.key"), other.resolve("master.key"));
      TestPostgres.nameIn(other);
      try (var second = SyncServer.start(ServerConfig.in(other), shop.surroundings());
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        RawClient client = RawClient.of(shop.server);
        Enrolled till = client.enrol(shop.tillTicket(), "Till");
        RawClient elsewhere = RawClient.of(second);
        String token = elsewhere.token(till);
        FeedPage head = elsewhere.snapshot(token).head();
        // What the device has carried out is noted now: later there is nothing to write for it.
        elsewhere.page(token, head.epoch(), head.cursor());
        UUID late = UUID.randomUUID();
        UUID early = UUID.randomUUID();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        UUID tenant = shop.tenant.id();
        Future<Boolean> first =
            threads.submit(() -> put(shop.server, tenant, late, written, commit));
        written.await();
        Future<Boolean> next = threads.submit(() -> put(second, tenant, early));
        FeedPage meanwhile;
        try {
          awaitsTheFirst(next);
          // The second has no number yet, so that a device cannot come past the first.
          meanwhile = elsewhere.page(token, head.epoch(), head.cursor());
          assertThat(meanwhile.items()).isEmpty();
          assertThat(meanwhile.cursor()).isEqualTo(head.cursor());
          assertThat(next.isDone()).isFalse();
        } finally {
          // Whatever went wrong, the writer that waits must not hang the test.
          commit.countDown();
        }
        assertThat(first.get()).isTrue();
        assertThat(next.get()).isTrue();
        second.compaction().step(tenant);
        List<FeedItem> items = elsewhere.page(token, head.epoch(), meanwhile.cursor()).items();
        assertThat(items).extracting(FeedItem::id).containsExactly(late, early);
        assertThat(items.getLast().seq()).isEqualTo(items.getFirst().seq() + 1);
      }
    }
  }

  private static void awaitsTheFirst(Future<Boolean> next) throws Exception {
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      while (admin
              .first(
                  "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
                  row -> row.integer(1))
              .orElse(0L)
          == 0) {
        assertThat(next.isDone()).as("it did not wait").isFalse();
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aTombstoneReachesADeviceHoweverOldItsPositionIsAndNoOtherTwice() throws Exception {
    try (var shop = new RunningServer(one, Stored.IN_POSTGRES)) {
      RawClient client = RawClient.of(shop.server);
      String token = client.token(client.enrol(shop.tillTicket(), "Till"));
      FeedPage old = client.snapshot(token).head();
      UUID tenant = shop.tenant.id();
      put(shop.server, tenant, UUID.randomUUID());
      shop.desk().endUser(tenant, shop.cashier.id());
      long after = shop.number("SELECT max(seq) FROM feed");
      for (int i = 0; i < 620; i++) {
        put(shop.server, tenant, UUID.randomUUID());
      }
      List<FeedItem> gone =
          all(client, token, old.epoch(), old.cursor()).stream().filter(FeedItem::deleted).toList();
      assertThat(gone).extracting(FeedItem::kind).containsExactly("user");
      assertThat(all(client, token, old.epoch(), after)).noneMatch(FeedItem::deleted).hasSize(620);
      assertThat(client.snapshot(token).items())
          .extracting(FeedItem::id)
          .doesNotContain(gone.getFirst().id());
    }
  }

  private static List<FeedItem> all(RawClient client, String token, UUID epoch, long from)
      throws Exception {
    List<FeedItem> items = new ArrayList<>();
    FeedPage page;
    long cursor = from;
    do {
      page = client.page(token, epoch, cursor);
      items.addAll(page.items());
      cursor = page.cursor();
    } while (page.more());
    return items;
  }
}
