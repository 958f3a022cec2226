package dev.countersign.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.killed.KilledTill;
import dev.countersign.app.killed.Killing;
import dev.countersign.app.killed.Settling;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.client.sync.SyncState;
import dev.countersign.server.launch.ServerCommand;
import dev.countersign.server.launch.SyncServer;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real till and a real server whose disk is full, read-only or torn. */
class StorageFaultsTest {
  private static final String TILL = Killing.TILLS.getFirst();

  /** So many pages are left, from none on. */
  private static final int ROOMS = 10;

  @TempDir Path place;
  private final Random random = new Random(11);
  private Disks disks;

  @BeforeEach
  void stand() throws Exception {
    disks = Disks.standing();
  }

  @AfterEach
  void takeAway() throws Exception {
    disks.close();
  }

  private void act(KilledTill till, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      till.act(random);
    }
  }

  private static long sold(KilledTill till) {
    return till.device.books().totals(KilledTill.DAY).sales();
  }

  private void settle(Killing business) throws Exception {
    try (SyncServer server = business.server()) {
      assertThat(Settling.settle(business, server, "office")).isGreaterThan(5);
    }
  }

  /** Sells until the disk has refused so often, with the same words each time and nothing half. */
  private void sellUntilRefused(KilledTill till, int times, StoreFault expected) throws Exception {
    int refused = 0;
    for (int i = 0; i < 20_000 && refused < times; i++) {
      long before = sold(till);
      try {
        till.sell(random);
        assertThat(sold(till)).isEqualTo(before + 1);
      } catch (StoreException e) {
        refused++;
        assertThat(e.fault()).isEqualTo(expected);
        assertThat(sold(till)).as("what was refused does not stand").isEqualTo(before);
      }
      try {
        till.print();
      } catch (StoreException e) {
        assertThat(e.fault()).isEqualTo(expected);
      }
    }
    assertThat(refused).as("times that the disk refused").isEqualTo(times);
  }

  @Test
  void diskFullUnderTheTill() throws Exception {
    try (SmallDisk disk = SmallDisk.under(place.resolve(TILL), disks)) {
      Killing business = new Killing(place);
      try (SyncServer server = business.server();
          KilledTill till = KilledTill.open(place, TILL)) {
        act(till, 5);
        till.loop.start();
        // The room ends at another statement each time.
        for (int room = 0; room < ROOMS; room++) {
          disk.fill(room);
          sellUntilRefused(till, 2, new StoreFault.Full());
          disk.free();
          till.print();
        }
        long stands = sold(till);
        till.loop.retryNow();
        act(till, 5);
        assertThat(sold(till)).isGreaterThanOrEqualTo(stands + 5);
        Settling.await("sent by itself", till, () -> till.device.outbox().state().waiting() == 0);
        assertThat(server.provisioning().books(business.tenant()).total().sales())
            .isEqualTo(sold(till));
      }
      settle(business);
    }
  }

  /** A till that is switched on with a full disk opens, or says why not, and harms nothing. */
  @Test
  void startedOnAFullDisk() throws Exception {
    try (SmallDisk tillDisk = SmallDisk.under(place.resolve(TILL), disks);
        SmallDisk serverDisk = SmallDisk.under(place.resolve("server"), disks)) {
      Killing business = new Killing(place);
      try (KilledTill till = KilledTill.open(place, TILL)) {
        act(till, 8);
      }
      tillDisk.fill(0);
      serverDisk.fill(0);
      try (KilledTill till = KilledTill.open(place, TILL)) {
        assertThat(sold(till)).isPositive();
      } catch (StoreException e) {
        assertThat(e.fault()).isEqualTo(new StoreFault.Full());
      }
      try (SyncServer server = business.server()) {
        assertThat(server.provisioning().tenants()).hasSize(1);
      } catch (java.io.IOException | java.sql.SQLException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      tillDisk.free();
      serverDisk.free();
      settle(business);
    }
  }

  /** Selling goes on, the till says that the server is busy, and all goes in once there is room. */
  @Test
  void diskFullUnderTheServer() throws Exception {
    try (SmallDisk disk = SmallDisk.under(place.resolve("server"), disks)) {
      Killing business = new Killing(place);
      try (SyncServer server = business.server();
          KilledTill till = KilledTill.open(place, TILL)) {
        till.loop.start();
        act(till, 5);
        for (int room = 0; room < ROOMS; room++) {
          disk.fill(room);
          for (int i = 0; i < 5_000 && !isWaiting(till); i++) {
            till.act(random);
          }
          Settling.await("it says so", till, () -> isWaiting(till));
          act(till, 5);
          long there = server.provisioning().books(business.tenant()).total().sales();
          assertThat(there).isLessThan(sold(till));
          disk.free();
          till.loop.retryNow();
          Settling.await("all is sent", till, () -> till.device.outbox().state().waiting() == 0);
        }
        act(till, 5);
        Settling.await("sent by itself", till, () -> till.device.outbox().state().waiting() == 0);
      }
      settle(business);
    }
  }

  private static boolean isWaiting(KilledTill till) {
    return till.loop.state() instanceof SyncState.Waiting waiting
        && waiting.reason() == dev.countersign.client.sync.Obstacle.SERVER_BUSY;
  }

  @Test
  void fileSystemReadOnlyAtTheStart() throws Exception {
    try (SmallDisk tillDisk = SmallDisk.under(place.resolve(TILL), disks);
        SmallDisk serverDisk = SmallDisk.under(place.resolve("server"), disks)) {
      Killing business = new Killing(place);
      try (KilledTill till = KilledTill.open(place, TILL)) {
        act(till, 8);
      }
      tillDisk.readOnly();
      serverDisk.readOnly();
      if (tillDisk.isMounted()) {
        assertThatThrownBy(() -> KilledTill.open(place, TILL).close())
            .isInstanceOfSatisfying(
                StoreException.class,
                e -> assertThat(e.fault()).isEqualTo(new StoreFault.ReadOnly()));
        assertThatThrownBy(() -> business.server().close()).hasMessageContaining("ead-only");
      }
      tillDisk.writable();
      serverDisk.writable();
      settle(business);
    }
  }

  /** As systems do it after an error of the disk, under programs that run. */
  @Test
  void fileSystemReadOnlyWhileOpen() throws Exception {
    Disk tillDisk = disks.disk(Files.createDirectories(place.resolve(TILL)));
    Disk serverDisk = disks.disk(Files.createDirectories(place.resolve("server")));
    Killing business = new Killing(place);
    try (SyncServer server = business.server();
        KilledTill till = KilledTill.open(place, TILL)) {
      till.loop.start();
      act(till, 5);
      serverDisk.plan(Disk.Fault.READ_ONLY, 0);
      act(till, 5);
      Settling.await("it says so", till, () -> isWaiting(till));
      tillDisk.plan(Disk.Fault.READ_ONLY, 0);
      sellUntilRefused(till, 10, new StoreFault.ReadOnly());
      tillDisk.heal();
      till.print();
      act(till, 5);
      serverDisk.heal();
      Settling.await("sent by itself", till, () -> till.device.outbox().state().waiting() == 0);
      assertThat(server.provisioning().books(business.tenant()).total().sales())
          .isEqualTo(sold(till));
    }
    settle(business);
  }

  /** It acknowledges nothing that it cannot keep; a backup and the tills bring everything back. */
  @Test
  void tornPageUnderTheServer() throws Exception {
    Killing business = new Killing(place);
    Path server = place.resolve("server");
    try (SyncServer running = business.server();
        KilledTill till = KilledTill.open(place, TILL)) {
      till.loop.start();
      act(till, 60);
      Settling.await("sent", till, () -> till.device.outbox().state().waiting() == 0);
      assertThat(running.provisioning().tenants()).hasSize(1);
    }
    Path backup = place.resolve("backup");
    Machine.copyTree(server, backup);
    tear(server);
    try (KilledTill till = KilledTill.open(place, TILL)) {
      till.loop.start();
      try (SyncServer running = business.server()) {
        act(till, 20);
        for (int i = 0; i < 200 && till.device.outbox().state().waiting() > 0; i++) {
          till.act(random);
        }
        assertThat(till.loop.state()).isNotInstanceOf(SyncState.Stopped.class);
        assertThat(running.uri()).isNotNull();
      } catch (java.io.IOException | java.sql.SQLException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      act(till, 5);
    }
    Machine.remove(server);
    Machine.copyTree(backup, server);
    assertThat(
            new CommandLine(new ServerCommand()).execute("restored", "--data", server.toString()))
        .isZero();
    settle(business);
  }

  /** Every fourth page of every database, but for its first, is half of what it was. */
  private static void tear(Path folder) throws Exception {
    int torn = 0;
    try (var files = Files.walk(folder)) {
      List<Path> databases = files.filter(file -> file.toString().endsWith(".db")).toList();
      for (Path database : databases) {
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
          for (long page = 4; (page + 1) * 4096 <= file.length(); page += 4) {
            file.seek(page * 4096 + 2048);
            file.write(new byte[2048]);
            torn++;
          }
        }
      }
    }
    assertThat(torn).isGreaterThan(5);
  }
}
