package dev.countersign.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.simulate.Act.AtTheCounter;
import dev.countersign.app.simulate.Net.Weather;
import dev.countersign.app.simulate.Told.Receipt;
import dev.countersign.app.simulate.Told.Shelf;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle of the simulator is satisfied by a sound world, and by no other. */
class OracleTest {
  @TempDir Path folder;
  private Disks disks;
  private World world;
  private Device till;

  @BeforeEach
  void aDayAtTheCounter() throws Exception {
    disks = Disks.standing();
    world = new World(new Scale(1, 2, 1), 3, folder, disks);
    till = world.devices().getLast();
    pass();
    for (Device each : world.tillsOn()) {
      for (AtTheCounter act :
          List.of(
              AtTheCounter.SELL_FOR_CASH,
              AtTheCounter.SELL_BY_CARD,
              AtTheCounter.SELL_FOR_BOTH,
              AtTheCounter.REFUND)) {
        world.counter.act(each, act);
      }
    }
    pass();
  }

  @AfterEach
  void end() throws Exception {
    world.end();
    disks.close();
  }

  private void pass() throws Exception {
    for (int i = 0; i < 3; i++) {
      for (Device device : List.copyOf(world.devices())) {
        device.retryNow();
      }
      world.time.runUntil(world.time.instant().plus(Duration.ofMinutes(5)));
    }
  }

  private Receipt told(UUID sale, String number, long total, long cash, long card) {
    Receipt like = world.told.receipts().iterator().next();
    return new Receipt(
        sale, like.till(), number, like.store(), like.day(), total, cash, card, 0, 0, false);
  }

  private void assertFinds(String what) {
    assertThatThrownBy(() -> new Oracle(world).look())
        .isInstanceOf(FindingException.class)
        .hasMessageContaining(what);
  }

  @Test
  void receiptsPrintedAreAcceptedFlaggedQuarantinedOrStillQueued() throws Exception {
    world.net.set(till.name(), Weather.GONE);
    world.counter.act(till, AtTheCounter.SELL_FOR_CASH);
    pass();
    assertThat(till.open().outbox().state().waiting()).isPositive();
    world.net.set(till.name(), Weather.FINE);
    pass();
    Oracle.Account account = new Oracle(world).look();
    long judged = account.verdicts().values().stream().mapToLong(Long::longValue).sum();
    assertThat(account.verdicts()).containsKey(Verdict.ACCEPTED);
    assertThat(account.receipts()).isEqualTo(judged + account.queued()).isGreaterThan(8);
    world.told.printed(told(UUID.randomUUID(), "1-9-000001", 100, 100, 0));
    assertFinds("is nowhere");
  }

  @Test
  void moneyByTenderIsTheSumOfTheFacts() throws Exception {
    new Oracle(world).look();
    // Somebody was given another paper than the program says: by a cent, or by another means.
    Receipt real = world.told.receipts().iterator().next();
    for (Receipt wrong :
        List.of(
            told(real.sale(), real.number(), real.total(), real.cash() - 1, real.card() + 1),
            told(real.sale(), real.number(), real.total() + 1, real.cash() + 1, real.card()))) {
      world.told.receipts().remove(real);
      world.told.printed(wrong);
      assertFinds("is another one in the log");
      world.told.receipts().remove(wrong);
      world.told.printed(real);
    }
    new Oracle(world).look();
  }

  @Test
  void afterQuietAllReplicasAgree() throws Exception {
    new Oracle(world).look();
    Shelf shelf = world.told.catalogue().getFirst();
    world.told.priced(new Shelf(shelf.sku(), shelf.name(), shelf.price() + 1));
    assertFinds("were told, the program says");
    world.told.priced(shelf);
    new Oracle(world).look();
    // A till that stopped listening is found.
    world.net.set(till.name(), Weather.GONE);
    world.newProduct();
    pass();
    assertThatThrownBy(() -> new Oracle(world).look()).isInstanceOf(FindingException.class);
    world.net.set(till.name(), Weather.FINE);
    pass();
    new Oracle(world).look();
  }

  @Test
  void parkedSalesAreListedUntilTheyAreTakenUpAndASecondTimeIsQuestioned() throws Exception {
    Device first = world.tillsOn().getFirst();
    world.counter.act(first, AtTheCounter.PARK);
    pass();
    new Oracle(world).look();
    assertThat(till.open().parked().list()).hasSize(1);
    // Somebody was told that a sale is parked, and no machine knows of it.
    UUID nowhere = UUID.randomUUID();
    world.told.parked(nowhere, first.name());
    assertFinds("never told of a sale that was parked there");
    world.told.parked().remove(nowhere);
    world.net.set(till.name(), Weather.GONE);
    world.counter.act(till, AtTheCounter.RECALL);
    world.counter.act(first, AtTheCounter.RECALL);
    pass();
    world.net.set(till.name(), Weather.FINE);
    pass();
    new Oracle(world).look();
    assertThat(till.open().parked().list()).isEmpty();
    assertThat(till.open().books().needsManager())
        .anySatisfy(view -> assertThat(view.code()).isEqualTo("recalled-twice"));
  }
}
