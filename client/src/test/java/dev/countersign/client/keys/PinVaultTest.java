package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.UnlockOutcome.ChestHanging;
import dev.countersign.client.keys.UnlockOutcome.ChestMissing;
import dev.countersign.client.keys.UnlockOutcome.Destroyed;
import dev.countersign.client.keys.UnlockOutcome.FolderDamaged;
import dev.countersign.client.keys.UnlockOutcome.NoPin;
import dev.countersign.client.keys.UnlockOutcome.Unlocked;
import dev.countersign.client.keys.UnlockOutcome.Waiting;
import dev.countersign.client.keys.UnlockOutcome.WrongPin;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinVaultTest {
  private static final UUID ANNE = UUID.randomUUID();
  private static final UUID BEN = UUID.randomUUID();
  private static final Argon2Cost CHEAP = new Argon2Cost(256, 1, 1);
  private static final DeviceFolder.Title TITLE =
      new DeviceFolder.Title("Tenant", "Store", "Register", "practice");

  @TempDir Path temp;
  private Instant now = Instant.parse("2026-03-04T12:00:00Z");
  private Secret key;
  private Secret database;

  @BeforeEach
  void anneHasAPin() throws Exception {
    try (Pin pin = pin("2580")) {
      FolderKeys keys = vault().create(TITLE, ANNE, "Anne", pin);
      key = keys.inner();
      database = keys.database();
    }
  }

  @Test
  void theRightPinGivesTheInnerKeyAndThatTheDatabaseKey() throws Exception {
    assertThat(unlocked("2580")).isEqualTo(key);
    assertThat(vault().holders()).containsExactly(new PinVault.Holder(ANNE, "Anne"));
    assertThat(folder().title()).isEqualTo(TITLE);
    assertThat(folder().isKey(database)).contains(true);
    try (var opened = (StoreKeys.Opening.Open) vault().storeKeys().open(key, null)) {
      assertThat(opened.current()).isEqualTo(database).isNotEqualTo(key);
      assertThat(opened.next()).isNull();
    }
    assertThat(folder().isKey(Secret.random(32, new SecureRandom()))).contains(false);
  }

  @Test
  void eachPersonHasAWrapOfTheSameKey() throws Exception {
    try (Pin pin = pin("90210")) {
      vault().addUser(key, BEN, "Ben", pin);
    }
    assertThat(((Unlocked) tryPin(BEN, "90210")).inner()).isEqualTo(key);
    assertThat(tryPin(BEN, "2580")).isInstanceOf(WrongPin.class);
    assertThat(unlocked("2580")).isEqualTo(key);
  }

  @Test
  void nobodyGetsAPinUnderAnotherKeyOrAWeakOne() throws Exception {
    try (Pin good = pin("90210");
        Pin weak = pin("1234")) {
      assertThatThrownBy(
              () -> vault().addUser(Secret.random(32, new SecureRandom()), BEN, "Ben", good))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vault().addUser(key, BEN, "Ben", weak))
          .isInstanceOf(PinVault.PinRefusedException.class);
    }
    assertThat(tryPin(BEN, "90210")).isInstanceOf(NoPin.class);
  }

  @Test
  void fiveWrongPinsBringADelayThatARestartDoesNotEnd() {
    for (int left = 9; left > 5; left--) {
      assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(left, null));
    }
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(5, now.plusSeconds(30)));
    assertThat(tryPin(ANNE, "2580")).isEqualTo(new Waiting(now.plusSeconds(30)));
    now = now.plusSeconds(29);
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(Waiting.class);
    now = now.plusSeconds(1);
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(4, now.plusSeconds(60)));
  }

  @Test
  void aClockSetBackDoesNotLockForLongerThanTheDelay() {
    wrong(5);
    Instant until = now.plusSeconds(30);
    now = now.minus(Duration.ofDays(365));
    assertThat(tryPin(ANNE, "2580")).isEqualTo(new Waiting(now.plusSeconds(30)));
    assertThat(now.plusSeconds(30)).isBefore(until);
  }

  @Test
  void theRightPinForgivesTheWrongOnes() {
    wrong(4);
    unlocked("2580");
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(9, null));
  }

  @Test
  void tenWrongPinsDestroyTheWrapAlsoInACopyOfTheFolder() throws Exception {
    byte[] copy = Files.readAllBytes(wraps());
    wrong(9);
    now = now.plus(Duration.ofHours(1));
    assertThat(tryPin(ANNE, "9999")).isInstanceOf(Destroyed.class);
    now = now.plus(Duration.ofDays(30));
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(Destroyed.class);
    Files.write(wraps(), copy);
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(Destroyed.class);
    try (Stream<Path> entries = Files.list(temp.resolve("chest"))) {
      Path entry = entries.filter(p -> p.toString().contains(ANNE.toString())).findFirst().get();
      assertThat(Files.readString(entry)).doesNotContain("secret");
    }
  }

  @Test
  void someoneElseCanReissueADestroyedPin() throws Exception {
    wrong(10);
    try (Pin pin = pin("24680")) {
      vault().addUser(key, ANNE, "Anne", pin);
    }
    assertThat(unlocked("24680")).isEqualTo(key);
  }

  @Test
  void attemptCounterRolledBackByCopyingTheFolder() throws Exception {
    byte[] copy = Files.readAllBytes(wraps());
    wrong(4);
    Files.write(wraps(), copy);
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(5, now.plusSeconds(30)));
  }

  @Test
  void theTryIsCountedBeforeThePinIsLookedAt() throws Exception {
    // A chest that dies right after the counter was written: the plug is pulled there.
    PinVault cut =
        new PinVault(folder(), new FailingChest(chest(), 2), () -> now, new SecureRandom(), CHEAP);
    try (Pin pin = pin("2580")) {
      assertThat(cut.unlock(ANNE, pin)).isInstanceOf(ChestMissing.class);
    }
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(8, null));
  }

  @Test
  void aCopiedFolderWithoutTheChestOpensWithNoPin() throws Exception {
    Path stolen = temp.resolve("stolen");
    Files.createDirectories(stolen);
    Files.copy(wraps(), stolen.resolve("wraps.json"));
    PinVault thief =
        new PinVault(
            new DeviceFolder(stolen),
            new FileKeyChest(temp.resolve("thiefs-chest")),
            () -> now,
            new SecureRandom(),
            CHEAP);
    try (Pin pin = pin("2580")) {
      assertThat(thief.unlock(ANNE, pin)).isInstanceOf(ChestMissing.class);
    }
  }

  @Test
  void aWrapInAnotherPersonsPlaceDoesNotOpen() throws Exception {
    try (Pin pin = pin("90210")) {
      vault().addUser(key, BEN, "Ben", pin);
    }
    String swapped =
        Files.readString(wraps())
            .replace(ANNE.toString(), "somebody")
            .replace(BEN.toString(), ANNE.toString())
            .replace("somebody", BEN.toString());
    Files.writeString(wraps(), swapped);
    assertThat(tryPin(ANNE, "90210")).isNotInstanceOf(Unlocked.class);
  }

  @Test
  void aRemovedPersonStaysOutAlsoWithAnOldCopyOfTheFolder() throws Exception {
    byte[] copy = Files.readAllBytes(wraps());
    vault().removeUser(ANNE);
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(NoPin.class);
    Files.write(wraps(), copy);
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(ChestMissing.class);
  }

  @Test
  void aHangingChestIsAnAnswer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    KeyChest hanging = new BoundedChest(new HangingChest(never), Duration.ofMillis(20));
    assertThatThrownBy(() -> hanging.read("any"))
        .isInstanceOfSatisfying(
            KeyChestException.class,
            e -> assertThat(e.reason()).isEqualTo(KeyChestException.Reason.HANGING));
    PinVault vault = new PinVault(folder(), hanging, () -> now, new SecureRandom(), CHEAP);
    try (Pin pin = pin("2580")) {
      assertThat(vault.unlock(ANNE, pin)).isInstanceOf(ChestHanging.class);
    }
    never.countDown();
  }

  @Test
  void theNumberOfTriesOnlyGrowsAndTheFolderDoesNotBringItBack() throws Exception {
    byte[] copy = Files.readAllBytes(wraps());
    tryPin(ANNE, "9999");
    tryPin(ANNE, "2580");
    assertThat(vault().tryCount().read()).isEqualTo(new TryCount.Said(2, false));
    Files.write(wraps(), copy);
    assertThat(vault().tryCount().read().tries()).isEqualTo(2);
    vault().tryCount().heard(1, true);
    assertThat(vault().tryCount().read()).isEqualTo(new TryCount.Said(2, true));
    vault().tryCount().heard(7, false);
    tryPin(ANNE, "9999");
    assertThat(vault().tryCount().read()).isEqualTo(new TryCount.Said(8, false));
  }

  @Test
  void aPersonChangesTheirOwnPinWithTheOldOne() throws Exception {
    byte[] copy = Files.readAllBytes(wraps());
    assertThat(change("9999", "8642")).containsInstanceOf(WrongPin.class);
    assertThat(unlocked("2580")).isEqualTo(key);
    assertThat(change("2580", "8642")).isEmpty();
    assertThat(unlocked("8642")).isEqualTo(key);
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(WrongPin.class);
    assertThat(vault().holders()).containsExactly(new PinVault.Holder(ANNE, "Anne"));
    Files.write(wraps(), copy);
    assertThat(tryPin(ANNE, "2580")).as("an old copy of the folder").isInstanceOf(WrongPin.class);
  }

  private Optional<UnlockOutcome> change(String old, String chosen) throws Exception {
    try (Pin before = pin(old);
        Pin after = pin(chosen)) {
      return vault().change(ANNE, before, after);
    }
  }

  /** The chest loses power after so many of its writes: the counting, the trying, the changing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void afterAPowerCutTheOldPinOrTheNewOneOpensNeverNone(int writes) throws Exception {
    PinVault cut =
        new PinVault(
            folder(), new FailingChest(chest(), writes), () -> now, new SecureRandom(), CHEAP);
    try (Pin before = pin("2580");
        Pin after = pin("8642")) {
      cut.change(ANNE, before, after);
    } catch (KeyChestException _) {
      // no power
    }
    List<Boolean> opens =
        Stream.of("2580", "8642").map(pin -> tryPin(ANNE, pin) instanceof Unlocked).toList();
    assertThat(opens).as("after %s writes", writes).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void namesAreNotReadableInTheFolderAndDotsWithoutTheChest() throws Exception {
    assertThat(Files.readString(wraps())).doesNotContain("Anne");
    PinVault thief =
        new PinVault(
            folder(),
            new FileKeyChest(temp.resolve("another-chest")),
            () -> now,
            new SecureRandom(),
            CHEAP);
    assertThat(thief.holders()).containsExactly(new PinVault.Holder(ANNE, "…"));
  }

  @Test
  void aDamagedListOfWrapsIsAnAnswer() throws Exception {
    Files.writeString(wraps(), "{\"folder\":");
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(FolderDamaged.class);
  }

  @Test
  void aWrapUnderTheLeastCostIsNotOpenedAndCostsNoTry() throws Exception {
    String honest = Files.readString(wraps());
    String weak = honest.replace("\"memoryKiB\":256", "\"memoryKiB\":8");
    assertThat(weak).isNotEqualTo(honest);
    Files.writeString(wraps(), weak);
    assertThat(tryPin(ANNE, "2580")).isInstanceOf(FolderDamaged.class);
    Files.writeString(wraps(), honest);
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new WrongPin(9, null));
  }

  @Test
  void aVaultAtTheFloorOpensNothingBelowIt() {
    PinVault real =
        new PinVault(folder(), chest(), () -> now, new SecureRandom(), Argon2Cost.FLOOR);
    try (Pin pin = pin("2580")) {
      assertThat(real.unlock(ANNE, pin)).isInstanceOf(FolderDamaged.class);
    }
  }

  @Test
  void nothingButThisUserMayReadWhatTheChestAndTheFolderHold() throws IOException {
    assertThat(chest().isWeaker()).isTrue();
    try (Stream<Path> files = Stream.of("chest", "device").flatMap(this::list)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .filteredOn(p -> !p.toString().endsWith("lock"))
          .allSatisfy(
              p ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p)))
                      .isEqualTo("rw-------"));
    }
  }

  private Stream<Path> list(String directory) {
    try {
      return Files.list(temp.resolve(directory));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void wrong(int times) {
    for (int i = 0; i < times; i++) {
      now = now.plus(Duration.ofHours(1));
      tryPin(ANNE, "9999");
    }
  }

  private Secret unlocked(String digits) {
    UnlockOutcome outcome = tryPin(ANNE, digits);
    assertThat(outcome).isInstanceOf(Unlocked.class);
    return ((Unlocked) outcome).inner();
  }

  /** Each time over fresh objects, as after a restart. */
  private UnlockOutcome tryPin(UUID user, String digits) {
    try (Pin pin = pin(digits)) {
      return vault().unlock(user, pin);
    }
  }

  private static Pin pin(String digits) {
    return Pin.typed(digits.toCharArray());
  }

  private PinVault vault() {
    return new PinVault(folder(), chest(), () -> now, new SecureRandom(), CHEAP);
  }

  private FileKeyChest chest() {
    return new FileKeyChest(temp.resolve("chest"));
  }

  private DeviceFolder folder() {
    return new DeviceFolder(temp.resolve("device"));
  }

  private Path wraps() {
    return temp.resolve("device").resolve("wraps.json");
  }
}
