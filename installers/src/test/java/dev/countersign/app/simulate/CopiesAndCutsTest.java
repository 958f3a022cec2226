package dev.countersign.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.simulate.Act.AtTheCounter;
import dev.countersign.app.simulate.Net.Weather;
import dev.countersign.client.sync.StopReason;
import dev.countersign.client.sync.SyncState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a till that come back or exist twice, and a server whose power goes. */
class CopiesAndCutsTest {
  @TempDir Path folder;
  private Disks disks;
  private World world;
  private Device till;

  @BeforeEach
  void begin() throws Exception {
    disks = Disks.standing();
    world = new World(new Scale(1, 1, 1), 1, folder, disks);
    till = world.devices().getLast();
    pass();
  }

  @AfterEach
  void end() throws Exception {
    world.end();
    disks.close();
  }

  private void sell(Device at, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      world.counter.act(at, AtTheCounter.SELL_FOR_CASH);
    }
  }

  /** Everybody asks the server, a few times over. */
  private void pass() throws Exception {
    for (int i = 0; i < 3; i++) {
      for (Device device : List.copyOf(world.devices())) {
        if (device.isOn()) {
          device.retryNow();
        }
      }
      world.time.runUntil(world.time.instant().plus(Duration.ofMinutes(5)));
    }
  }

  private static void assertStopped(Device device) {
    assertThat(device.state())
        .isInstanceOfSatisfying(
            SyncState.Stopped.class,
            stopped -> assertThat(stopped.reason()).isIn(StopReason.FORKED, StopReason.FROZEN));
  }

  /**
   * What it had sent is safe, what it sells now is kept aside, and it says that it may not send.
   */
  @Test
  void aTillRestoredFromABackup() throws Exception {
    sell(till, 2);
    pass();
    Path copy = till.machine().copy("copy");
    sell(till, 3);
    pass();
    till.putBack(copy);
    world.counter.lostCount(till);
    pass();
    sell(till, 2);
    pass();

    assertStopped(till);
    Oracle.Account account = new Oracle(world).look();
    assertThat(account.receipts()).isEqualTo(7);
    assertThat(account.queued() + account.evidence()).isEqualTo(2);
    assertThat(account.lost()).isZero();
    // It goes on selling: the drawer does not stop for the network.
    sell(till, 1);
    assertThat(new Oracle(world).look().receipts()).isEqualTo(8);
  }

  @Test
  void aClonedTillBothSelling() throws Exception {
    sell(till, 2);
    pass();
    Device copy = world.cloneOf(till);
    copy.start();
    for (Device each : List.of(till, copy)) {
      world.net.set(each.name(), Weather.GONE);
      sell(each, 3);
    }
    for (Device each : List.of(till, copy)) {
      world.net.set(each.name(), Weather.FINE);
      pass();
    }

    // Whoever came first was taken at its word; from the other on, neither is.
    assertStopped(copy);
    sell(till, 1);
    pass();
    assertStopped(till);
    // A manager ends both; each hands over what only it has.
    world.server.up().deviceCare().wipe(world.tenant, till.id());
    pass();
    assertThat(List.of(till, copy)).allMatch(Device::isRetired);
    Oracle.Account account = new Oracle(world).look();
    long judged = account.verdicts().values().stream().mapToLong(Long::longValue).sum();
    assertThat(account.receipts()).isEqualTo(9);
    assertThat(judged + account.evidence()).isEqualTo(9);
    assertThat(account.evidence()).isPositive();
  }

  /** Before it, and after it but before anybody hears of it. */
  @Test
  void serverWithoutPowerBetweenAnyTwoStatementsOfAccepting() throws Exception {
    for (Disk.Fault when : List.of(Disk.Fault.CUT_BEFORE, Disk.Fault.CUT_AFTER)) {
      long cuts = cuts();
      int statements = 0;
      do {
        cuts = cuts();
        // Recorded without the loop being told: what it sends next is the batch.
        world.server.cutWithinARequest(when, statements++);
        sell(till, 1);
        till.retryNow();
        world.time.runUntil(world.time.instant().plus(Duration.ofHours(2)));
        world.server.calm();
        assertThat(statements).isLessThan(400);
      } while (cuts() > cuts);
      assertThat(statements).as("statements that were tried").isGreaterThan(15);
      pass();
      assertThat(new Oracle(world).look().queued()).isZero();
    }
  }

  private long cuts() {
    return world.story.lines().stream()
        .filter(line -> line.contains(ServerMachine.NAME) && line.contains("loses its power"))
        .count();
  }
}
