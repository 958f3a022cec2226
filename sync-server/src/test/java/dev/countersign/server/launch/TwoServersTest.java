package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database at once are as one. */
class TwoServersTest {
  private static final int TILLS = 3;
  private static final int BATCHES = 15;
  private static final int SALES = 4;

  @TempDir Path one;
  @TempDir Path other;

  @Test
  void batchesOfOneTenantTakenInByBothMakeOneDenseLogAndExactBooks() throws Exception {
    try (var shop = new RunningServer(one, Stored.IN_POSTGRES)) {
      Files.copy(one.resolve("master.key"), other.resolve("master.key"));
      TestPostgres.nameIn(other);
      try (var second = SyncServer.start(ServerConfig.in(other), shop.surroundings())) {
        List<RawClient> clients = List.of(RawClient.of(shop.server), RawClient.of(second));
        List<Callable<Integer>> work = new ArrayList<>();
        AtomicInteger selling = new AtomicInteger(TILLS);
        for (int i = 0; i < TILLS; i++) {
          SellingTill till = till(shop, clients.get(i % 2));
          work.add(() -> sell(till, clients, selling));
        }
        work.add(() -> watch(second, shop.tenant.id(), selling));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (var answer : threads.invokeAll(work)) {
            answer.get();
          }
        }
        var books = second.provisioning().books(shop.tenant.id()).total();
        assertThat(books.sales()).isEqualTo(TILLS * BATCHES * SALES);
        assertThat(books.total()).isEqualTo(TILLS * BATCHES * SALES * 500L);
        assertThat(second.provisioning().logKey(shop.tenant.id()))
            .isEqualTo(shop.desk().logKey(shop.tenant.id()));
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        second.provisioning().export(shop.tenant.id(), export);
        LogKey key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
        assertThat(
                new ExportVerifier(key, Runnable::run)
                    .verify(new ByteArrayInputStream(export.toByteArray())))
            .isInstanceOfSatisfying(
                ExportReport.Sound.class,
                sound -> assertThat(sound.sales()).isEqualTo(TILLS * BATCHES * SALES));
      }
    }
  }

  private static SellingTill till(RunningServer shop, RawClient client) throws Exception {
    var enrolled = client.enrol(shop.tillTicket(), "Till");
    return new SellingTill(
        new SellingTill.Registered(
            shop.tenant.id(),
            enrolled.id(),
            shop.store.id(),
            shop.register.id(),
            enrolled.certificate().series(),
            "USD",
            shop.cashier.id()),
        enrolled.key(),
        shop.now::get,
        new SecureRandom());
  }

  /** Every batch goes to the other server than the one before, and once more to both. */
  private static int sell(SellingTill till, List<RawClient> clients, AtomicInteger selling)
      throws Exception {
    try {
      for (int i = 0; i < BATCHES; i++) {
        List<Change> changes = new ArrayList<>();
        if (i == 0) {
          changes.add(till.opening());
        }
        for (int sale = 0; sale < SALES; sale++) {
          changes.add(till.sale(till.id(), 500));
        }
        byte[] body = Wire.deflateFast(till.seal(changes).encode());
        var first = clients.get(i % 2).post(Routes.BATCHES, body);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        var again = clients.get((i + 1) % 2).post(Routes.BATCHES, body);
        assertThat(again.body()).isEqualTo(first.body());
      }
      return BATCHES;
    } finally {
      selling.decrementAndGet();
    }
  }

  /** What a reader sees of the sales and their questions is dense: no low number comes late. */
  private static int watch(SyncServer server, UUID tenant, AtomicInteger selling) throws Exception {
    int looks = 0;
    int seen = 0;
    while (selling.get() > 0) {
      List<Long> all =
          server
              .tenants()
              .<List<Long>, Exception>read(
                  tenant,
                  scope ->
                      scope
                          .db()
                          .list(
                              "SELECT seq FROM feed WHERE kind = 'question'"
                                  + " UNION ALL SELECT seq FROM sale ORDER BY seq",
                              row -> row.integer(1)));
      if (!all.isEmpty()) {
        assertThat(all)
            .containsExactlyElementsOf(
                LongStream.range(all.getFirst(), all.getFirst() + all.size()).boxed().toList());
      }
      assertThat(all.size()).isGreaterThanOrEqualTo(seen);
      seen = all.size();
      looks++;
    }
    return looks;
  }
}
