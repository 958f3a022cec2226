package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that was away for too long starts anew, with what it has not sent on top. */
class CompactedFeedTest {
  @TempDir Path folder;

  @Test
  void tombstoneOlderThanTheCursor() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    try (Shop shop = Shop.open(folder, now::get);
        TillDevice office =
            shop.device(
                shop.server
                    .provisioning()
                    .officeTicket(shop.tenant.id(), shop.store.id(), shop.manager.id()),
                now::get)) {
      Path file = folder.resolve("goods.csv");
      Files.writeString(
          file,
          "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,"
              + "case_cost,bottle_retail,list_date\n1,Gin,GIN,V,750,6,80,,,1,6,10.00,2020-01-01\n");
      var desk = shop.server.provisioning();
      desk.importCatalogue(shop.tenant.id(), file);
      var leaver = desk.addUser(shop.tenant.id(), "Kim", "cashier", shop.store.id());
      office.pull();
      UUID gin = office.open.catalogue().page(1, 0).getFirst().id();
      assertThat(office.open.users().list()).anyMatch(user -> user.name().equals("Kim"));
      long before = office.open.replica().cursor();
      office.price(gin, 1_234);

      desk.endUser(shop.tenant.id(), leaver.id());
      desk.addUser(shop.tenant.id(), "Alex", "cashier", shop.store.id());
      now.updateAndGet(instant -> instant.plus(Duration.ofDays(100)));
      assertThat(shop.server.compaction().step(shop.tenant.id())).isPositive();

      UUID epoch = office.open.replica().epoch();
      assertThat(office.pull()).isInstanceOf(PullOutcome.UpToDate.class);
      assertThat(office.open.replica().epoch()).isEqualTo(epoch);
      assertThat(office.open.replica().cursor()).isGreaterThan(before);
      assertThat(office.open.users().list())
          .noneMatch(user -> user.name().equals("Kim"))
          .anyMatch(user -> user.name().equals("Alex"));
      assertThat(office.open.catalogue().page(1, 0).getFirst().price().minor()).isEqualTo(1_234);
      assertThat(office.open.outbox().state().waiting()).isEqualTo(1);
      assertThat(office.push()).isInstanceOf(PushOutcome.AllSent.class);
    }
  }
}
