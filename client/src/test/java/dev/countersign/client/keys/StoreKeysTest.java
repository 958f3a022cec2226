package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.common.crypto.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second level of keys: the database key under the inner key, with and without a share. */
class StoreKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path temp;
  private Instant now = Instant.parse("2026-03-04T12:00:00Z");
  private final Secret inner = Secret.random(32, RANDOM);
  private final Secret share = Secret.random(32, RANDOM);
  private FolderKeys keys;

  @BeforeEach
  void aFolderHasKeys() throws Exception {
    keys = new FolderKeys(inner, storeKeys().create(UUID.randomUUID(), inner), null);
  }

  @Test
  void theInnerKeyOpensTheDatabaseKeyAndNoOtherDoes() {
    assertThat(opened(null).current()).isEqualTo(keys.database());
    assertThat(storeKeys().open(Secret.random(32, RANDOM), null))
        .isInstanceOf(Opening.Damaged.class);
  }

  @Test
  void withAShareTheInnerKeyAloneOpensNothing() throws Exception {
    storeKeys().reseal(keys, share);
    assertThat(storeKeys().isShared()).isTrue();
    assertThat(storeKeys().open(inner, null)).isInstanceOf(Opening.ShareNeeded.class);
    assertThat(storeKeys().open(inner, Secret.random(32, RANDOM)))
        .isInstanceOf(Opening.Damaged.class);
    assertThat(opened(share).current()).isEqualTo(keys.database());
  }

  /** Whoever strikes the mark out does not get around the share. */
  @Test
  void sayingThatNoShareIsNeededDoesNotMakeItSo() throws Exception {
    storeKeys().reseal(keys, share);
    Files.writeString(
        file(), Files.readString(file()).replace("\"shared\":true", "\"shared\":false"));
    assertThat(storeKeys().open(inner, null)).isInstanceOf(Opening.Damaged.class);
  }

  @Test
  void theShareCanBeTurnedOffAgain() throws Exception {
    storeKeys().reseal(keys, share);
    storeKeys().reseal(keys, null);
    assertThat(opened(null).current()).isEqualTo(keys.database());
  }

  @Test
  void sealingAnewKeepsTheAgeOfTheKeyAndRefusesAForeignOne() throws Exception {
    Instant made = now;
    now = now.plusSeconds(3600);
    storeKeys().reseal(keys, share);
    assertThat(storeKeys().made()).isEqualTo(made);
    FolderKeys foreign = new FolderKeys(inner, Secret.random(32, RANDOM), null);
    assertThatThrownBy(() -> storeKeys().reseal(foreign, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNewKeyLiesBesideTheOldOneUntilItIsSettled() throws Exception {
    now = now.plusSeconds(60);
    Secret next = storeKeys().announce(keys);
    assertThat(opened(null).current()).isEqualTo(keys.database());
    assertThat(opened(null).next()).isEqualTo(next).isNotEqualTo(keys.database());
    assertThat(StoreKeys.isKey(folder(), next)).contains(true);
    assertThat(StoreKeys.isKey(folder(), keys.database())).contains(true);
    storeKeys().settle(next);
    storeKeys().settle(next);
    assertThat(opened(null).current()).isEqualTo(next);
    assertThat(opened(null).next()).isNull();
    assertThat(storeKeys().made()).isEqualTo(now);
    assertThat(StoreKeys.isKey(folder(), keys.database())).contains(false);
  }

  @Test
  void aNewKeyThatCameToNothingIsForgotten() throws Exception {
    Secret next = storeKeys().announce(keys);
    storeKeys().settle(keys.database());
    assertThat(opened(null).current()).isEqualTo(keys.database());
    assertThat(StoreKeys.isKey(folder(), next)).contains(false);
  }

  @Test
  void whileAChangeIsNotSettledNoOtherBegins() throws Exception {
    storeKeys().announce(keys).close();
    assertThatThrownBy(() -> storeKeys().announce(keys)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> storeKeys().reseal(keys, share)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> storeKeys().settle(share))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(opened(null).current()).isEqualTo(keys.database());
  }

  @Test
  void aNewKeyIsAnnouncedUnderTheShareWhereThereIsOne() throws Exception {
    storeKeys().reseal(keys, share);
    assertThatThrownBy(() -> storeKeys().announce(keys)).isInstanceOf(IOException.class);
    Secret next = storeKeys().announce(new FolderKeys(inner, keys.database(), share));
    assertThat(storeKeys().open(inner, null)).isInstanceOf(Opening.ShareNeeded.class);
    assertThat(opened(share).next()).isEqualTo(next);
  }

  /** What a power cut in the middle of writing leaves: the old file, and half a new one beside. */
  @Test
  void halfAFileBesideTheOldOneDoesNoHarm() throws Exception {
    Path half = file().resolveSibling("key.json.new");
    Files.writeString(half, Files.readString(file()).substring(0, 40));
    assertThat(opened(null).current()).isEqualTo(keys.database());
    storeKeys().reseal(keys, share);
    assertThat(opened(share).current()).isEqualTo(keys.database());
    assertThat(half).doesNotExist();
  }

  @Test
  void aDamagedFileIsAnAnswer() throws Exception {
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file(), java.util.Arrays.copyOf(whole, length));
      assertThat(storeKeys().open(inner, null)).isInstanceOf(Opening.Damaged.class);
    }
    Files.delete(file());
    assertThat(storeKeys().open(inner, null)).isInstanceOf(Opening.Damaged.class);
    assertThat(StoreKeys.isKey(folder(), keys.database())).isEmpty();
  }

  @Test
  void noKeyIsReadableInTheFile() throws Exception {
    String text = Files.readString(file());
    for (Secret secret : java.util.List.of(inner, keys.database())) {
      assertThat(text)
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(secret.bytes()))
          .doesNotContain(java.util.HexFormat.of().formatHex(secret.bytes()));
    }
  }

  private Opening.Open opened(@Nullable Secret half) {
    Opening opening = storeKeys().open(inner, half);
    assertThat(opening).isInstanceOf(Opening.Open.class);
    return (Opening.Open) opening;
  }

  private StoreKeys storeKeys() {
    return new StoreKeys(folder(), () -> now, RANDOM);
  }

  private DeviceFolder folder() {
    return new DeviceFolder(temp.resolve("device"));
  }

  private Path file() {
    return temp.resolve("device/key.json");
  }
}
