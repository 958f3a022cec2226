package dev.countersign.client.chest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a login's key that stands in for the one Windows has. */
class SealedFileChestTest implements KeyChestContract {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path temp;
  private Secret login = Secret.random(32, RANDOM);

  @Override
  public KeyChest chest() {
    return new SealedFileChest(
        "dpapi", "This login's", new FileKeyChest(temp.resolve("chest")), new Login(login));
  }

  private record Login(Secret key) implements SealedFileChest.Seal {
    @Override
    public byte[] seal(byte[] value, String name) {
      return Sealing.seal(key, value, name.getBytes(StandardCharsets.UTF_8), RANDOM);
    }

    @Override
    public byte[] open(byte[] sealed, String name) {
      try {
        return Sealing.open(key, sealed, name.getBytes(StandardCharsets.UTF_8));
      } catch (WrongKeyException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void theFilesAreWorthNothingToAnotherLogin() throws Exception {
    byte[] value = "a secret in plain sight".getBytes(StandardCharsets.UTF_8);
    chest().write(NAME, value);
    assertThat(Files.readString(temp.resolve("chest").resolve(NAME), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
    login = Secret.random(32, RANDOM);
    assertThatThrownBy(() -> chest().read(NAME)).isInstanceOf(KeyChestException.class);
  }

  @Test
  void aValueDoesNotOpenUnderAnotherName() throws Exception {
    chest().write(NAME, new byte[] {1});
    Path files = temp.resolve("chest");
    Files.copy(files.resolve(NAME), files.resolve(NAME + ".other"));
    assertThatThrownBy(() -> chest().read(NAME + ".other")).isInstanceOf(KeyChestException.class);
  }
}
