package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.VerifyKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a locked device asks for the share, and with which key. */
class ShareKeeperTest {
  private static final UUID DEVICE = UUID.randomUUID();
  private static final String SERVER = "https://server.example:8443";

  @TempDir Path temp;

  @BeforeEach
  void aFolder() throws Exception {
    try (Pin pin = Pin.typed("2580".toCharArray());
        FolderKeys _ =
            vault()
                .create(
                    new DeviceFolder.Title("T", "S", "R", "practice"),
                    UUID.randomUUID(),
                    "Anne",
                    pin)) {
      assertThat(vault().shareKeeper().asking()).isEmpty();
    }
  }

  @Test
  void theKeyThatAsksIsMadeOnce() throws Exception {
    VerifyKey key = vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"));
    assertThat(vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"))).isEqualTo(key);
    try (ShareKeeper.Asking asking = vault().shareKeeper().asking().orElseThrow()) {
      assertThat(asking.device()).isEqualTo(DEVICE);
      assertThat(asking.server()).isEqualTo(SERVER);
      assertThat(asking.key().verifyKey()).isEqualTo(key);
    }
  }

  /** A server that shows another certificate is still asked, and with the key it knows. */
  @Test
  void theServersNextCertificateIsRememberedBesideTheKey() throws Exception {
    VerifyKey key = vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"));
    assertThat(vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa", "bb"))).isEqualTo(key);
    try (ShareKeeper.Asking asking = vault().shareKeeper().asking().orElseThrow()) {
      assertThat(asking.pins()).containsExactly("aa", "bb");
    }
  }

  @Test
  void anotherDeviceInTheSameFolderAsksWithAKeyOfItsOwn() throws Exception {
    VerifyKey key = vault().shareKeeper().prepare(DEVICE, SERVER, List.of());
    assertThat(vault().shareKeeper().prepare(UUID.randomUUID(), SERVER, List.of()))
        .isNotEqualTo(key);
  }

  private PinVault vault() {
    return new PinVault(
        new DeviceFolder(temp.resolve("device")),
        new FileKeyChest(temp.resolve("chest")),
        () -> Instant.parse("2026-03-04T12:00:00Z"),
        new SecureRandom(),
        new Argon2Cost(256, 1, 1));
  }
}
