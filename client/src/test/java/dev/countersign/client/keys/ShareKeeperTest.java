package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.SigningKey;
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
  private static final VerifyKey SERVER_KEY = key();

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
    VerifyKey key = vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"), SERVER_KEY);
    assertThat(vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"), SERVER_KEY))
        .isEqualTo(key);
    try (ShareKeeper.Asking asking = vault().shareKeeper().asking().orElseThrow()) {
      assertThat(asking.device()).isEqualTo(DEVICE);
      assertThat(asking.server()).isEqualTo(SERVER);
      assertThat(asking.key().verifyKey()).isEqualTo(key);
    }
  }

  /** A server that shows another certificate is still asked, and with the key it knows. */
  @Test
  void theServersNextCertificateIsRememberedBesideTheKey() throws Exception {
    VerifyKey key = vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"), SERVER_KEY);
    assertThat(vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa", "bb"), SERVER_KEY))
        .isEqualTo(key);
    try (ShareKeeper.Asking asking = vault().shareKeeper().asking().orElseThrow()) {
      assertThat(asking.pins()).containsExactly("aa", "bb");
    }
  }

  @Test
  void anotherDeviceInTheSameFolderAsksWithAKeyOfItsOwn() throws Exception {
    VerifyKey key = vault().shareKeeper().prepare(DEVICE, SERVER, List.of(), SERVER_KEY);
    assertThat(vault().shareKeeper().prepare(UUID.randomUUID(), SERVER, List.of(), SERVER_KEY))
        .isNotEqualTo(key);
  }

  /** From there a device that was off for long finds the server again. */
  @Test
  void theServersNewestKeyIsRemembered() throws Exception {
    vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"), SERVER_KEY);
    VerifyKey next = key();
    vault().shareKeeper().prepare(DEVICE, SERVER, List.of("aa"), next);
    try (ShareKeeper.Asking asking = vault().shareKeeper().asking().orElseThrow()) {
      assertThat(asking.serverKey()).isEqualTo(next);
    }
  }

  private static VerifyKey key() {
    try (SigningKey key = SigningKey.generate(new SecureRandom())) {
      return key.verifyKey();
    }
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
