package dev.countersign.client.chest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.chest.KeyStores.Wish;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.common.crypto.Argon2Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which chest a folder's secrets go into, and what happens when that one is not there any more. */
class KeyStoresTest {
  private static final UUID ANNE = UUID.randomUUID();

  @TempDir Path temp;

  @Test
  void aNewFolderTakesTheSystemsStoreWhereItWorks() {
    assertThat(stores(working()).choose(Wish.USUAL, Optional.empty()).isWeaker()).isFalse();
    assertThat(stores(working()).fault()).isEmpty();
    assertThat(temp.resolve("system")).isEmptyDirectory();
  }

  @Test
  void aNewFolderTakesFilesWhereTheSystemHasNoStore() {
    KeyChest chosen = stores(noBus()).choose(Wish.USUAL, Optional.empty());
    assertThat(chosen.isWeaker()).isTrue();
    assertThat(chosen.title()).contains("Files");
    assertThat(stores(noBus()).fault()).isPresent();
  }

  @Test
  void aPersonCanChooseEither() {
    assertThat(stores(working()).choose(Wish.FILE, Optional.empty()).isWeaker()).isTrue();
    assertThat(stores(noBus()).choose(Wish.SYSTEM, Optional.empty()).isWeaker()).isFalse();
  }

  @Test
  void aStoreThatWasUsedAndIsMissingIsAnAnswerAndNotAnEmptyFileChest() throws Exception {
    DeviceFolder folder = new DeviceFolder(temp.resolve("device"));
    KeyChest first = stores(working()).choose(Wish.USUAL, folder.chestKind());
    try (Pin pin = Pin.typed("2580".toCharArray());
        FolderKeys _ =
            vault(folder, first)
                .create(new DeviceFolder.Title("T", "S", "R", "practice"), ANNE, "Anne", pin)) {
      assertThat(folder.chestKind()).contains("dpapi");
      KeyChest later =
          stores(new SecretServiceChest("unix:path=" + temp.resolve("none")))
              .choose(Wish.USUAL, folder.chestKind());
      assertThat(vault(folder, later).unlock(ANNE, pin))
          .isInstanceOf(UnlockOutcome.ChestMissing.class);
      KeyChest forced = stores(working()).choose(Wish.FILE, folder.chestKind());
      assertThat(vault(folder, forced).unlock(ANNE, pin))
          .isInstanceOf(UnlockOutcome.ChestMissing.class);
      assertThat(Files.exists(temp.resolve("files"))).isFalse();
    }
  }

  /** Somebody writes "file" where the folder remembers the system's store: nothing is gained. */
  @Test
  void aFolderThatWasMadeToForgetOpensNothing() throws Exception {
    DeviceFolder folder = new DeviceFolder(temp.resolve("device"));
    try (Pin pin = Pin.typed("2580".toCharArray());
        FolderKeys _ =
            vault(folder, working())
                .create(new DeviceFolder.Title("T", "S", "R", "practice"), ANNE, "Anne", pin)) {
      Path wraps = temp.resolve("device/wraps.json");
      Files.writeString(
          wraps, Files.readString(wraps).replace("\"chest\":\"dpapi\"", "\"chest\":\"file\""));
      KeyChest chosen = stores(working()).choose(Wish.USUAL, folder.chestKind());
      assertThat(vault(folder, chosen).unlock(ANNE, pin))
          .isInstanceOf(UnlockOutcome.ChestMissing.class);
    }
  }

  @Test
  void aStoreOfAnotherSystemIsMissingHere() {
    KeyChest chosen = stores(working()).choose(Wish.USUAL, Optional.of("keychain"));
    assertThatThrownBy(() -> chosen.read("countersign.any"))
        .isInstanceOf(KeyChestException.class)
        .hasMessageContaining("missing");
  }

  private static PinVault vault(DeviceFolder folder, KeyChest chest) {
    return new PinVault(
        folder,
        chest,
        () -> Instant.parse("2026-03-04T12:00:00Z"),
        new SecureRandom(),
        new Argon2Cost(256, 1, 1));
  }

  private KeyStores stores(KeyChest system) {
    return new KeyStores(system, new FileKeyChest(temp.resolve("files")), Duration.ofSeconds(5));
  }

  private KeyChest working() {
    SealedFileChest.Seal open =
        new SealedFileChest.Seal() {
          @Override
          public byte[] seal(byte[] value, String name) {
            return value.clone();
          }

          @Override
          public byte[] open(byte[] sealed, String name) {
            return sealed.clone();
          }
        };
    return new SealedFileChest(
        "dpapi", "The system's", new FileKeyChest(temp.resolve("system")), open);
  }

  private KeyChest noBus() {
    return new SecretServiceChest("unix:path=" + temp.resolve("none"));
  }
}
