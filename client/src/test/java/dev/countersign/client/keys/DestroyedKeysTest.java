package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.UnlockOutcome.ChestMissing;
import dev.countersign.client.keys.UnlockOutcome.Destroyed;
import dev.countersign.client.keys.UnlockOutcome.Unlocked;
import dev.countersign.common.crypto.Argon2Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a device's keys after a wipe: nothing, however often the plug is pulled. */
class DestroyedKeysTest {
  private static final UUID ANNE = UUID.randomUUID();
  private static final UUID BEN = UUID.randomUUID();
  private static final UUID CLEO = UUID.randomUUID();
  private static final Argon2Cost CHEAP = new Argon2Cost(256, 1, 1);

  @TempDir Path temp;
  private Instant now = Instant.parse("2026-03-04T12:00:00Z");

  @BeforeEach
  void threePeopleHaveAPinAndOneOfThemHasTriedTooOften() throws Exception {
    try (Pin pin = Pin.typed("2580".toCharArray());
        FolderKeys keys =
            vault().create(new DeviceFolder.Title("T", "S", "R", "practice"), ANNE, "Anne", pin)) {
      vault().addUser(keys.inner(), BEN, "Ben", pin);
      vault().addUser(keys.inner(), CLEO, "Cleo", pin);
    }
    for (int i = 0; i < 10; i++) {
      now = now.plus(Duration.ofHours(2));
      unlock(vault(), CLEO, "9999");
    }
    assertThat(unlock(vault(), CLEO, "2580")).isInstanceOf(Destroyed.class);
  }

  @Test
  void nothingIsLeftInTheChestNorInTheFolder() throws Exception {
    assertThat(files("chest")).hasSize(5);
    vault().destroyAll();
    assertThat(files("chest")).isEmpty();
    assertThat(files("device")).allMatch(name -> name.endsWith("lock"));
    assertThat(new DeviceFolder(temp.resolve("device")).hasPins()).isFalse();
  }

  @Test
  void aCopyOfTheFolderMadeBeforeOpensWithNoPin() throws Exception {
    Path copy = Files.createDirectory(temp.resolve("copy"));
    for (String name : List.of("wraps.json", "key.json")) {
      Files.copy(temp.resolve("device").resolve(name), copy.resolve(name));
    }
    assertThat(unlock(vault(copy, chest()), ANNE, "2580")).isInstanceOf(Unlocked.class);
    vault().destroyAll();
    assertThat(unlock(vault(copy, chest()), ANNE, "2580")).isInstanceOf(ChestMissing.class);
  }

  @Test
  void destroyingTwiceAndDestroyingNothingIsFine() throws Exception {
    vault().destroyAll();
    vault().destroyAll();
    vault(temp.resolve("never"), chest()).destroyAll();
    assertThat(files("chest")).isEmpty();
  }

  /** The chest loses power after so many of its entries have gone. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void afterAPowerCutNoPinOpensAndTheNextCallEndsIt(int entries) throws Exception {
    PinVault cut = vault(temp.resolve("device"), new FailingChest(chest(), entries));
    assertThatThrownBy(cut::destroyAll).isInstanceOf(KeyChestException.class);
    assertThat(unlock(vault(), ANNE, "2580")).isNotInstanceOf(Unlocked.class);
    assertThat(unlock(vault(), BEN, "2580")).isNotInstanceOf(Unlocked.class);
    assertThat(Files.exists(temp.resolve("device/key.json"))).isFalse();
    vault().destroyAll();
    assertThat(files("chest")).isEmpty();
    assertThat(files("device")).allMatch(name -> name.endsWith("lock"));
  }

  @Test
  void afterAPowerCutBeforeTheFirstWrapWasWrittenTheRestGoesToo() throws Exception {
    Files.delete(temp.resolve("device/wraps.json"));
    vault().destroyAll();
    assertThat(files("device")).allMatch(name -> name.endsWith("lock"));
    assertThat(files("chest")).noneMatch(name -> name.endsWith("device"));
  }

  @Test
  void theStoreGoesWithEverythingBesideIt() throws Exception {
    Path device = temp.resolve("device");
    for (String name :
        List.of("store.db", "store.db-wal", "store.db-shm", "store.next.db", "store.next.db-wal")) {
      Files.writeString(device.resolve(name), "x");
    }
    vault().destroyAll();
    new DeviceFolder(device).removeStore();
    new DeviceFolder(device).removeStore();
    assertThat(files("device")).allMatch(name -> name.endsWith("lock"));
  }

  private List<String> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static UnlockOutcome unlock(PinVault vault, UUID user, String digits) {
    try (Pin pin = Pin.typed(digits.toCharArray())) {
      return vault.unlock(user, pin);
    }
  }

  private FileKeyChest chest() {
    return new FileKeyChest(temp.resolve("chest"));
  }

  private PinVault vault() {
    return vault(temp.resolve("device"), chest());
  }

  private PinVault vault(Path folder, KeyChest chest) {
    return new PinVault(new DeviceFolder(folder), chest, () -> now, new SecureRandom(), CHEAP);
  }
}
