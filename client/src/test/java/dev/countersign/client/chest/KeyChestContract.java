package dev.countersign.client.chest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.keys.KeyChest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every chest does, whoever's it is. Each test takes a chest as after a restart. */
interface KeyChestContract {
  String NAME = "countersign.5f0c9d0e-1111-4222-8333-944445555666.device";

  KeyChest chest() throws Exception;

  @Test
  default void whatWasWrittenIsReadAfterARestart() throws Exception {
    for (int length : new int[] {1, 32, 200, 1024}) {
      byte[] value = new byte[length];
      new Random(length).nextBytes(value);
      chest().write(NAME, value);
      assertThat(chest().read(NAME)).get().isEqualTo(value);
    }
  }

  @Test
  default void everyByteComesBackAsItWas() throws Exception {
    byte[] value = new byte[256];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) i;
    }
    chest().write(NAME, value);
    assertThat(chest().read(NAME)).get().isEqualTo(value);
  }

  @Test
  default void theLastWriteStands() throws Exception {
    chest().write(NAME, new byte[] {1});
    chest().write(NAME, new byte[] {2, 3});
    assertThat(chest().read(NAME)).get().isEqualTo(new byte[] {2, 3});
    chest().remove(NAME);
    assertThat(chest().read(NAME)).isEmpty();
  }

  @Test
  default void namesAreApart() throws Exception {
    chest().write(NAME, new byte[] {1});
    assertThat(chest().read(NAME + ".other")).isEmpty();
    chest().write(NAME + ".other", new byte[] {2});
    chest().remove(NAME);
    assertThat(chest().read(NAME)).isEmpty();
    assertThat(chest().read(NAME + ".other")).get().isEqualTo(new byte[] {2});
  }

  @Test
  default void removingWhatIsNotThereIsFine() throws Exception {
    chest().remove(NAME);
    chest().remove(NAME);
    assertThat(chest().read(NAME)).isEmpty();
  }
}
