package dev.countersign.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.simulate.Act.AtTheCounter;
import dev.countersign.app.simulate.Net.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What simulated worlds found, each told again by itself. */
class FoundFaultsTest {
  @TempDir Path folder;
  private Disks disks;
  private World world;
  private Device till;
  private Device office;

  @BeforeEach
  void begin() throws Exception {
    disks = Disks.standing();
    world = new World(new Scale(1, 1, 1), 1, folder, disks);
    office = world.devices().getFirst();
    till = world.devices().getLast();
    pass();
  }

  @AfterEach
  void end() throws Exception {
    world.end();
    disks.close();
  }

  private void sell(Device at) throws Exception {
    world.counter.act(at, AtTheCounter.SELL_FOR_CASH);
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

  private void restore(Path backup, Told.ServersWord word) throws Exception {
    world.server.restore(backup, 1);
    world.told.putBack(word);
  }

  @Test
  void serverRestoredFromAnOldBackupGetsBackWhatItLacks() throws Exception {
    sell(till);
    pass();
    Path backup = world.server.backup(1);
    Told.ServersWord word = world.told.serversWord();
    sell(till);
    sell(till);
    pass();

    restore(backup, word);
    pass();

    assertThat(new Oracle(world).look().queued()).isZero();
    assertThat(world.told.receipts()).hasSize(3);
  }

  @Test
  void aTillThatIsOfflineWhileTheServerIsRestoredDoesNotTakeItForALiar() throws Exception {
    Path backup = world.server.backup(1);
    Told.ServersWord word = world.told.serversWord();
    sell(till);
    pass();
    world.net.set(till.name(), Weather.GONE);
    restore(backup, word);
    // The log is longer than the till has seen before it hears of the restore.
    for (int i = 0; i < 8; i++) {
      world.newProduct();
    }
    sell(till);
    pass();
    world.net.set(till.name(), Weather.FINE);
    pass();

    assertThat(new Oracle(world).look().queued()).isZero();
  }

  @Test
  void anOfficeReadsOnBehindASaleOfSomebodyWhomTheServerDoesNotKnow() throws Exception {
    Path backup = world.server.backup(1);
    Told.ServersWord word = world.told.serversWord();
    for (int i = 0; i < 30; i++) {
      world.hire("cashier", 0);
    }
    pass();
    world.net.set(till.name(), Weather.GONE);
    for (int i = 0; i < 12; i++) {
      sell(till);
    }
    restore(backup, word);
    world.net.set(till.name(), Weather.FINE);
    pass();

    new Oracle(world).look();
    assertThat(office.open().replica().cursor()).isPositive();
  }

  @Test
  void everyCopyOfAWipedTillHandsOverWhatItHas() throws Exception {
    sell(till);
    pass();
    Device copy = world.cloneOf(till);
    copy.start();
    for (Device each : List.of(till, copy)) {
      world.net.set(each.name(), Weather.GONE);
      sell(each);
      sell(each);
    }
    sell(copy);
    world.server.up().deviceCare().wipe(world.tenant, till.id());
    for (Device each : List.of(till, copy)) {
      world.net.set(each.name(), Weather.FINE);
      pass();
      assertThat(each.isRetired()).as(each.name()).isTrue();
    }

    // One history is quarantined, the other is kept as evidence of the copy; none is lost.
    Oracle.Account account = new Oracle(world).look();
    assertThat(account.receipts()).isEqualTo(6);
    assertThat(account.evidence()).isEqualTo(3);
  }
}
