package dev.countersign.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.StoreKeys;
import dev.countersign.client.store.StoreRekeying.Step;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.SqlCipher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store gets another key, and the plug is pulled in between. */
class StoreRekeyingTest {
  static final UUID ANNE = UUID.fromString("019c0000-0000-7000-8000-0000000000aa");
  static final Migrations SCHEMA =
      new Migrations(
          List.of(
              """
              CREATE TABLE note (number INTEGER PRIMARY KEY, text TEXT NOT NULL)
              ;
              CREATE INDEX note_text ON note (text)
              ;
              CREATE VIRTUAL TABLE note_search USING fts5 (text, content='note', content_rowid='number')\
              """));
  private static final int NOTES = 800;

  @TempDir Path temp;
  private FolderKeys keys;

  @BeforeEach
  void aStoreWithNotes() throws Exception {
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      keys = vault(temp).create(new DeviceFolder.Title("", "", "", ""), ANNE, "Anne", pin);
    }
    try (TillStore store = TillStore.create(folder(temp), keys.database(), SCHEMA)) {
      for (int i = 0; i < NOTES; i++) {
        int number = i;
        store.write(
            db -> {
              db.update("INSERT INTO note (text) VALUES (?)", "note " + number);
              return db.update(
                  "INSERT INTO note_search (rowid, text) VALUES (last_insert_rowid(), ?)",
                  "note " + number);
            });
      }
    }
  }

  @Test
  void theStoreIsWholeUnderTheNewKeyAndOpensUnderTheOldOneNoMore() throws Exception {
    Secret next = new StoreRekeying(folder(temp), vault(temp).storeKeys(), _ -> {}).run(keys);
    assertThat(next).isNotEqualTo(keys.database());
    assertWhole(next);
    assertThatThrownBy(() -> TillStore.open(folder(temp), keys.database(), SCHEMA))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.fault()).isInstanceOf(StoreFault.WrongKey.class));
    assertThat(unlocked()).isEqualTo(next);
  }

  @Test
  void theNewFileIsForThisUserOnlyAndNothingIsLeftBeside() throws Exception {
    new StoreRekeying(folder(temp), vault(temp).storeKeys(), _ -> {}).run(keys).close();
    try (Stream<Path> files = Files.list(folder(temp).path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("store.db")
          .noneMatch(name -> name.contains("next") || name.endsWith(".new"));
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder(temp).storeFile())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @EnumSource
  void brokenOffAfterAnyStepTheStoreOpensAsTheOldOrTheNewOneWhole(Step step) throws Exception {
    StoreRekeying rekeying =
        new StoreRekeying(
            folder(temp),
            vault(temp).storeKeys(),
            passed -> {
              if (passed == step) {
                throw new IllegalStateException("no power");
              }
            });
    assertThatThrownBy(() -> rekeying.run(keys)).hasMessage("no power");
    boolean changed = step.compareTo(Step.REPLACED) >= 0;
    Secret opens = unlocked();
    assertThat(opens.equals(keys.database())).as("still under the old key").isEqualTo(!changed);
    assertWhole(opens);
    assertSettled();
    Secret again =
        new StoreRekeying(folder(temp), vault(temp).storeKeys(), _ -> {})
            .run(new FolderKeys(keys.inner(), opens, null));
    assertWhole(again);
  }

  /** A process of its own, halted without any of its endings. */
  @ParameterizedTest
  @EnumSource
  void keyChangeKilledAfterAnyStep(Step step) throws Exception {
    Process till =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RekeyHarness.class.getName(),
                temp.toString(),
                step.name())
            .redirectErrorStream(true)
            .start();
    String said = new String(till.getInputStream().readAllBytes());
    assertThat(till.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(till.exitValue()).as(said).isEqualTo(RekeyHarness.HALTED);
    assertWhole(unlocked());
    assertSettled();
  }

  @Test
  void aDamagedStoreIsNotCopied() throws Exception {
    byte[] bytes = Files.readAllBytes(folder(temp).storeFile());
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder(temp).storeFile(), bytes);
    StoreRekeying rekeying = new StoreRekeying(folder(temp), vault(temp).storeKeys(), _ -> {});
    assertThatThrownBy(() -> rekeying.run(keys)).isInstanceOf(StoreException.class);
    assertThat(Files.readAllBytes(folder(temp).storeFile())).isEqualTo(bytes);
    assertThat(unlocked()).isEqualTo(keys.database());
  }

  /** What the disk made of the copy is not what was written to it. */
  @ParameterizedTest
  @EnumSource(names = {"COPIED", "ENCRYPTED"})
  void aCopyThatIsNotTheStoreNeverTakesItsPlace(Step after) throws Exception {
    byte[] before = Files.readAllBytes(folder(temp).storeFile());
    StoreRekeying rekeying =
        new StoreRekeying(
            folder(temp),
            vault(temp).storeKeys(),
            passed -> {
              if (passed == after) {
                spoil(folder(temp).unfinishedStoreFile());
              }
            });
    assertThatThrownBy(() -> rekeying.run(keys)).isInstanceOf(StoreException.class);
    assertThat(Files.readAllBytes(folder(temp).storeFile())).isEqualTo(before);
    assertThat(unlocked()).isEqualTo(keys.database());
    assertSettled();
  }

  private static void spoil(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole in itself, every page genuine, and a row short. */
  @Test
  void aCopyThatLacksARowNeverTakesItsPlace() throws Exception {
    StoreRekeying rekeying =
        new StoreRekeying(
            folder(temp),
            vault(temp).storeKeys(),
            passed -> {
              if (passed == Step.COPIED) {
                loseARow(folder(temp).unfinishedStoreFile());
              }
            });
    assertThatThrownBy(() -> rekeying.run(keys)).isInstanceOf(StoreException.class);
    assertWhole(unlocked());
  }

  private void loseARow(Path file) {
    try (Db db = new Db(SqlCipher.openWriter(file, keys.database()))) {
      db.update("DELETE FROM note WHERE number = 7");
      db.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.integer(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aStoreThatIsOpenKeepsItsKey() throws Exception {
    try (TillStore _ = TillStore.open(folder(temp), keys.database(), SCHEMA)) {
      StoreRekeying rekeying = new StoreRekeying(folder(temp), vault(temp).storeKeys(), _ -> {});
      assertThatThrownBy(() -> rekeying.run(keys))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.fault()).isInstanceOf(StoreFault.AlreadyOpen.class));
    }
    assertWhole(keys.database());
  }

  private void assertWhole(Secret key) throws Exception {
    try (TillStore store = TillStore.open(folder(temp), key, SCHEMA)) {
      assertThat(store.damage()).isEmpty();
      assertThat(
              store.<Long, Exception>read(
                  db -> db.first("SELECT count(*) FROM note", row -> row.integer(1)).get()))
          .isEqualTo(NOTES);
      assertThat(
              store.<Long, Exception>read(
                  db ->
                      db.first(
                              "SELECT rowid FROM note_search WHERE note_search MATCH '\"note"
                                  + " 799\"'",
                              row -> row.integer(1))
                          .get()))
          .isEqualTo(NOTES);
    }
  }

  private void assertSettled() throws Exception {
    assertThat(folder(temp).unfinishedStoreFile()).doesNotExist();
    assertThat(Files.readString(folder(temp).path().resolve("key.json")))
        .doesNotContain("\"next\"");
  }

  private Secret unlocked() throws Exception {
    StoreKeys storeKeys = vault(temp).storeKeys();
    var opening = (StoreKeys.Opening.Open) storeKeys.open(keys.inner(), null);
    return StoreKeyChoice.settle(folder(temp), storeKeys, opening);
  }

  static DeviceFolder folder(Path temp) {
    return new DeviceFolder(temp.resolve("device"));
  }

  static PinVault vault(Path temp) {
    return new PinVault(
        folder(temp),
        new FileKeyChest(temp.resolve("chest")),
        InstantSource.system(),
        new SecureRandom(),
        new Argon2Cost(256, 1, 1));
  }
}
