package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the chest cannot be had by what lies in the folder, nor be put in its place. */
class KeptApartTest {
  private static final UUID ANNE = UUID.randomUUID();
  private static final UUID BEN = UUID.randomUUID();
  private static final String ANNES = "2580";
  private static final String BENS = "90210";
  private static final Argon2Cost CHEAP = new Argon2Cost(256, 1, 1);

  @TempDir Path temp;
  private Instant now = Instant.parse("2026-03-04T12:00:00Z");
  private UUID id;

  @BeforeEach
  void twoPeopleHaveAPin() throws Exception {
    var title = new DeviceFolder.Title("Tenant", "Store", "Register", "practice");
    try (Pin annes = Pin.typed(ANNES.toCharArray());
        Pin bens = Pin.typed(BENS.toCharArray());
        FolderKeys keys = vault(chest()).create(title, ANNE, "Anne", annes)) {
      vault(chest()).addUser(keys.inner(), BEN, "Ben", bens);
    }
    id = folder().readWraps().folder();
  }

  private DeviceFolder folder() {
    return new DeviceFolder(temp.resolve("device"));
  }

  private FileKeyChest chest() {
    return new FileKeyChest(temp.resolve("chest"));
  }

  private PinVault vault(KeyChest chest) {
    return new PinVault(folder(), chest, () -> now, new SecureRandom(), CHEAP);
  }

  private UnlockOutcome tryPin(UUID user, String digits) {
    try (Pin pin = Pin.typed(digits.toCharArray())) {
      return vault(chest()).unlock(user, pin);
    }
  }

  private Map<Path, byte[]> copy() throws IOException {
    Map<Path, byte[]> copy = new HashMap<>();
    try (Stream<Path> files = Files.walk(temp.resolve("device"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy.put(file, Files.readAllBytes(file));
      }
    }
    return copy;
  }

  /** Every file as it was; one that came into being since goes. */
  private void putBack(Map<Path, byte[]> copy) throws IOException {
    for (Path file : copy().keySet()) {
      Files.delete(file);
    }
    for (Map.Entry<Path, byte[]> file : copy.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  @Test
  void theWholeFolderPutBackBringsNeitherTriesBackNorTheirNumber() throws Exception {
    Map<Path, byte[]> before = copy();
    for (int i = 0; i < 4; i++) {
      tryPin(ANNE, "9999");
    }
    putBack(before);
    assertThat(tryPin(ANNE, "9999")).isEqualTo(new UnlockOutcome.WrongPin(5, now.plusSeconds(30)));
    assertThat(vault(chest()).tryCount().read().tries()).isEqualTo(5);
  }

  @Test
  void whoIsHeldStaysHeldWhenTheWholeFolderIsPutBack() throws Exception {
    Map<Path, byte[]> before = copy();
    vault(chest()).tryCount().heard(3, true);
    putBack(before);
    assertThat(vault(chest()).tryCount().read()).isEqualTo(new TryCount.Said(3, true));
  }

  @Test
  void withoutTheDevicesSecretNoPinIsTriedAndNoTryIsSpent() throws Exception {
    chest().remove(Entries.device(id));
    for (int i = 0; i < 12; i++) {
      assertThat(tryPin(ANNE, ANNES)).isInstanceOf(UnlockOutcome.ChestMissing.class);
    }
    assertThat(vault(chest()).tryCount().read().tries()).isZero();
    assertThat(chest().read(Entries.attempts(id, ANNE)).map(Attempts::decode))
        .hasValueSatisfying(attempts -> assertThat(attempts.failed()).isZero());
  }

  @Test
  void underAnotherDevicesSecretTheRightPinIsAWrongOne() throws Exception {
    chest().write(Entries.device(id), new byte[32]);
    assertThat(tryPin(ANNE, ANNES)).isInstanceOf(UnlockOutcome.WrongPin.class);
  }

  @Test
  void underAnotherPersonsSecretTheRightPinIsAWrongOne() throws Exception {
    byte[] bens = chest().read(Entries.attempts(id, BEN)).orElseThrow();
    chest().write(Entries.attempts(id, ANNE), bens);
    assertThat(tryPin(ANNE, ANNES)).isInstanceOf(UnlockOutcome.WrongPin.class);
  }

  /** Else whoever can write here could come in as somebody else with a PIN of their own. */
  @Test
  void aWrapInAnotherPersonsPlaceDoesNotOpenEvenWithTheSecretThatGoesWithIt() throws Exception {
    Path wraps = temp.resolve("device").resolve("wraps.json");
    Files.writeString(
        wraps,
        Files.readString(wraps)
            .replace(ANNE.toString(), "somebody")
            .replace(BEN.toString(), ANNE.toString())
            .replace("somebody", BEN.toString()));
    byte[] bens = chest().read(Entries.attempts(id, BEN)).orElseThrow();
    chest().write(Entries.attempts(id, ANNE), bens);
    assertThat(tryPin(ANNE, BENS)).isInstanceOf(UnlockOutcome.WrongPin.class);
  }

  @Test
  @Timeout(60)
  void theVaultItselfWaitsNoLongerForItsChestThanItsPatience() {
    CountDownLatch never = new CountDownLatch(1);
    try (Pin pin = Pin.typed(ANNES.toCharArray())) {
      assertThat(vault(new HangingChest(never)).unlock(ANNE, pin))
          .isInstanceOf(UnlockOutcome.ChestHanging.class);
    } finally {
      never.countDown();
    }
  }

  /** As a chest of the system: what it holds does not lie readable beside the folder. */
  private record Strong(FileKeyChest files) implements KeyChest {
    @Override
    public String kind() {
      return "strong";
    }

    @Override
    public String title() {
      return "Strong";
    }

    @Override
    public boolean isWeaker() {
      return false;
    }

    @Override
    public Optional<byte[]> read(String name) throws KeyChestException {
      return files.read(name);
    }

    @Override
    public void write(String name, byte[] value) throws KeyChestException {
      files.write(name, value);
    }

    @Override
    public void remove(String name) throws KeyChestException {
      files.remove(name);
    }
  }

  private ShareKeeper keeper() {
    return vault(new Strong(chest())).shareKeeper();
  }

  private void aShareIsLent() throws Exception {
    try (SigningKey key = SigningKey.generate(new SecureRandom());
        Secret share = Secret.random(32, new SecureRandom())) {
      keeper().prepare(UUID.randomUUID(), "https://server.example", List.of(), key.verifyKey());
      keeper().keep(share, Duration.ofHours(72));
    }
  }

  @Test
  void aLeaseThatWasSeenToEndIsGoneFromTheChestAndNoClockBringsItBack() throws Exception {
    aShareIsLent();
    assertThat(keeper().lease()).isPresent();
    now = now.plus(Duration.ofHours(73));
    assertThat(keeper().lease()).isEmpty();
    now = now.minus(Duration.ofHours(72));
    assertThat(keeper().lease()).isEmpty();
    assertThat(keeper().asking()).as("the key that asks stays").isPresent();
  }

  @Test
  void whenEverythingIsDestroyedTheShareGoesToo() throws Exception {
    aShareIsLent();
    vault(new Strong(chest())).destroyAll();
    assertThat(chest().read(Entries.share(id))).isEmpty();
  }

  @Test
  void aShareThatIsForgottenIsGoneFromTheChest() throws Exception {
    aShareIsLent();
    keeper().forget();
    assertThat(keeper().lease()).isEmpty();
  }
}
