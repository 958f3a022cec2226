package dev.countersign.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Migrations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillStoreTest {
  private static final String TABLE = "CREATE TABLE note (number INTEGER PRIMARY KEY, text TEXT)";
  private static final Migrations SCHEMA = new Migrations(List.of(TABLE));

  @TempDir Path temp;
  private DeviceFolder folder;
  private Secret key;
  private TillStore store;

  @BeforeEach
  void aStoreWithNotes() throws Exception {
    folder = new DeviceFolder(temp.resolve("device"));
    PinVault vault =
        new PinVault(
            folder,
            new FileKeyChest(temp.resolve("chest")),
            InstantSource.system(),
            new SecureRandom(),
            new Argon2Cost(256, 1, 1));
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      var title = new DeviceFolder.Title("", "", "", "");
      key = vault.create(title, UUID.randomUUID(), "Anne", pin).database();
    }
    store = TillStore.create(folder, key, SCHEMA);
    note(500);
  }

  @AfterEach
  void closeAll() {
    store.close();
    key.close();
  }

  @Test
  void onlyThisUserMayReadTheFilesAlsoInAFolderThatOthersMayEnter() throws Exception {
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TillStore other = TillStore.create(new DeviceFolder(open), key, SCHEMA);
        Stream<Path> files = Files.list(open)) {
      List<Path> stores = files.filter(p -> p.toString().contains("store.db")).toList();
      assertThat(other).isNotNull();
      assertThat(stores).hasSizeGreaterThan(1);
      for (Path file : stores) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void wrongKeyOpensNothing() throws Exception {
    store.close();
    byte[] bytes = Files.readAllBytes(folder.storeFile());
    String start = new String(bytes, 0, 16, StandardCharsets.ISO_8859_1);
    assertThat(start).isNotEqualTo("SQLite format 3\0");
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("a secret note");
    assertThatThrownBy(this::countWithoutKey).isInstanceOf(SQLException.class);
    try (Secret other = Secret.random(32, new SecureRandom())) {
      assertFault(() -> TillStore.open(folder, other, SCHEMA), new StoreFault.WrongKey());
    }
    assertThat(Files.readAllBytes(folder.storeFile())).isEqualTo(bytes);
    store = TillStore.open(folder, key, SCHEMA);
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void aStoreIsOpenOnceInOneProcess() {
    assertFault(() -> TillStore.open(folder, key, SCHEMA), new StoreFault.AlreadyOpen());
    store.close();
    store = TillStore.open(folder, key, SCHEMA);
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void aStoreIsOpenOnceOverAllProcesses() throws Exception {
    store.close();
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                FolderHolder.class.getName(),
                folder.path().toString())
            .redirectErrorStream(true)
            .start();
    try (var lines = other.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("held");
      assertFault(() -> TillStore.open(folder, key, SCHEMA), new StoreFault.AlreadyOpen());
    } finally {
      other.destroyForcibly().waitFor();
    }
    store = TillStore.open(folder, key, SCHEMA);
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void aLostStoreIsNeverReplacedByAnEmptyOne() throws Exception {
    store.close();
    Files.move(folder.storeFile(), temp.resolve("elsewhere"));
    assertFault(() -> TillStore.open(folder, key, SCHEMA), new StoreFault.Missing());
    assertThat(folder.storeFile()).doesNotExist();
  }

  @Test
  void aStoreIsNeverMadeOverAnotherOne() {
    store.close();
    assertThatThrownBy(() -> TillStore.create(folder, key, SCHEMA))
        .isInstanceOf(StoreException.class);
    store = TillStore.open(folder, key, SCHEMA);
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void tornFirstPageIsToldFromAWrongKey() throws Exception {
    store.close();
    byte[] damaged = flip(100);
    assertThatThrownBy(() -> TillStore.open(folder, key, SCHEMA))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.fault()).isInstanceOf(StoreFault.Damaged.class));
    assertThat(Files.readAllBytes(folder.storeFile())).isEqualTo(damaged);
    try (var held = folder.tryHold().orElseThrow()) {
      assertThat(held).as("the folder was let go").isNotNull();
    }
  }

  @Test
  void tornPageInTheMiddleIsFoundInTheBackground() throws Exception {
    assertThat(store.damage()).isEmpty();
    store.close();
    byte[] damaged = flip((int) Files.size(folder.storeFile()) / 2);
    store = TillStore.open(folder, key, SCHEMA);
    Optional<StoreFault> damage = store.damage();
    assertThat(damage).get().isInstanceOf(StoreFault.Damaged.class);
    store.close();
    assertThat(Files.readAllBytes(folder.storeFile())).isEqualTo(damaged);
  }

  @Test
  void aFileOfANewerProgramIsLeftAlone() {
    store.close();
    Migrations newer = new Migrations(List.of(TABLE, "CREATE TABLE more (x)"));
    TillStore.open(folder, key, newer).close();
    assertFault(() -> TillStore.open(folder, key, SCHEMA), new StoreFault.NewerFile());
  }

  @Test
  void aFullDiskIsAFaultThatPassesAndKeepsNothingHalf() {
    store.write(db -> db.first("PRAGMA max_page_count = 1", row -> row.integer(1)));
    assertFault(
        () ->
            store.write(
                db -> {
                  db.update("INSERT INTO note (text) VALUES ('first')");
                  return db.update("INSERT INTO note (text) VALUES (hex(zeroblob(100000)))");
                }),
        new StoreFault.Full());
    assertThat(count()).isEqualTo(500);
    store.write(db -> db.first("PRAGMA max_page_count = 1000000", row -> row.integer(1)));
    note(1);
    assertThat(count()).isEqualTo(501);
  }

  @Test
  void readersCannotWriteAndNeverCheckpoint() throws Exception {
    assertThatThrownBy(() -> store.read(db -> db.update("DELETE FROM note")))
        .isInstanceOf(StoreException.class);
    Optional<Long> pages =
        store.read(db -> db.first("PRAGMA wal_autocheckpoint", row -> row.integer(1)));
    assertThat(pages).contains(0L);
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void everyCommitIsSyncedAndTheWriterIsClosedLast() throws Exception {
    Optional<Long> synchronous =
        store.write(db -> db.first("PRAGMA synchronous", row -> row.integer(1)));
    assertThat(synchronous).as("FULL").contains(2L);
    Path wal = folder.path().resolve("store.db-wal");
    assertThat(wal).exists();
    store.close();
    assertThat(wal).as("checkpointed by the writer").doesNotExist();
  }

  @Test
  void closingWaitsForWhoeverIsReading() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () ->
                    store.read(
                        db -> {
                          reading.countDown();
                          try {
                            goOn.await();
                          } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                          }
                          return db.first("SELECT count(*) FROM note", row -> row.integer(1));
                        }));
    reading.await();
    Thread closer = Thread.ofVirtual().start(store::close);
    goOn.countDown();
    closer.join();
    reader.join();
    assertThatThrownBy(this::count).isInstanceOf(IllegalStateException.class);
  }

  /** Holds a folder in a process of its own until it is killed. */
  static final class FolderHolder {
    public static void main(String[] args) throws Exception {
      try (var _ = new DeviceFolder(Path.of(args[0])).tryHold().orElseThrow()) {
        System.out.println("held");
        new CountDownLatch(1).await();
      }
    }
  }

  private static void assertFault(Runnable act, StoreFault fault) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private byte[] flip(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.storeFile());
    for (int i = at; i < at + 16; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(folder.storeFile(), bytes);
    return bytes;
  }

  private void note(int times) {
    store.write(
        db -> {
          for (int i = 0; i < times; i++) {
            db.update("INSERT INTO note (text) VALUES (?)", "a secret note " + "x".repeat(200));
          }
          return times;
        });
  }

  private long countWithoutKey() throws SQLException {
    try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + folder.storeFile());
        Statement statement = plain.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM note")) {
      return rows.getLong(1);
    }
  }

  private long count() {
    return store
        .read(db -> db.first("SELECT count(*) FROM note", row -> row.integer(1)))
        .orElseThrow();
  }
}
