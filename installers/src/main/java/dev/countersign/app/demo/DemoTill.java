package dev.countersign.app.demo;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.EnrolOutcome;
import dev.countersign.client.sync.Enrolling;
import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.client.sync.SyncLoop;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A till of the demonstration: enrolled over the network like any other, then opened and closed as
 * needed while its key stays in memory.
 */
final class DemoTill implements AutoCloseable {
  /** How long a step of the demonstration may wait for the server before it gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final DeviceFolder folder;
  private final Secret key;
  private final UUID user;

  private DemoTill(DeviceFolder folder, Secret key, UUID user) {
    this.folder = folder;
    this.key = key;
    this.user = user;
  }

  /** Enrols a new till into a folder, with the first user's PIN, and takes the first snapshot. */
  static DemoTill enrol(Path path, Path chest, EnrolmentTicket ticket, String name, String pin)
      throws IOException, KeyChestException {
    SecureRandom random = new SecureRandom();
    Enrolling enrolling =
        new Enrolling(
            t -> new ServerConnection(t.server(), t.pin(), ServerConnection.Patience.usual()),
            random,
            Environment.DEMO);
    if (!(enrolling.enrol(ticket.text(), name) instanceof EnrolOutcome.Enrolled(var result))) {
      throw new IOException("the server refused the code of " + name);
    }
    DeviceFolder folder = new DeviceFolder(path);
    folder.create();
    Secret key = choosePin(folder, chest, result, pin, random);
    try (var signingKey = result.key();
        OpenDevice device =
            OpenDevice.enrol(
                folder,
                key,
                result.enrolled(),
                signingKey,
                result.epoch(),
                result.firstUser(),
                OpenDevice.Surroundings.ofThisMachine())) {
      sync(device, () -> device.replica().cursor() > 0);
    }
    return new DemoTill(folder, key, result.firstUser().id());
  }

  private static Secret choosePin(
      DeviceFolder folder, Path chest, EnrolmentResult result, String pin, SecureRandom random)
      throws IOException, KeyChestException {
    PinVault vault =
        new PinVault(
            folder, new FileKeyChest(chest), InstantSource.system(), random, Argon2Cost.FLOOR);
    var enrolled = result.enrolled();
    try (Pin chosen = Pin.typed(pin.toCharArray())) {
      FolderKeys keys =
          vault.create(
              new DeviceFolder.Title(
                  enrolled.tenantName(),
                  enrolled.storeName(),
                  enrolled.registerName(),
                  enrolled.environment()),
              result.firstUser().id(),
              result.firstUser().name(),
              chosen);
      keys.inner().close();
      return keys.database();
    }
  }

  /** Who chose the PIN. */
  UUID user() {
    return user;
  }

  OpenDevice open() {
    return OpenDevice.open(folder, key, OpenDevice.Surroundings.ofThisMachine());
  }

  /** Sends everything that waits, and returns when the server has countersigned it. */
  static void sendEverything(OpenDevice device) throws IOException {
    sync(device, () -> device.outbox().state().waiting() == 0);
  }

  private static void sync(OpenDevice device, BooleanSupplier done) throws IOException {
    var enrolled = device.ledger().enrolled();
    ServerConnection connection =
        new ServerConnection(
            enrolled.server(), enrolled.serverPin(), ServerConnection.Patience.usual());
    try (SyncLoop loop =
        new SyncLoop(
            device, connection, SyncLoop.Surroundings.ofThisMachine(new SecureRandom(), _ -> {}))) {
      loop.start();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!done.getAsBoolean()) {
        if (loop.state() instanceof SyncState.Stopped(var reason, long waiting)) {
          throw new IOException("sending has ended: " + reason + ", " + waiting + " wait");
        }
        if (System.nanoTime() > deadline) {
          throw new IOException("the server did not answer within " + PATIENCE);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
