package dev.countersign.client.chest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyChestTest implements KeyChestContract {
  @TempDir Path temp;

  @Override
  public KeyChest chest() {
    return new FileKeyChest(temp.resolve("chest"));
  }

  @Test
  void onlyThisUserMayReadIt() throws Exception {
    chest().write(NAME, new byte[] {1});
    Path file = temp.resolve("chest").resolve(NAME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(chest().isWeaker()).isTrue();
  }

  @Test
  void aNameIsNoPath() {
    assertThatThrownBy(() -> chest().read("../" + NAME))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
