package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] FOR = "wrap of till 1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLAIN = "database key".getBytes(StandardCharsets.US_ASCII);

  private final Secret key = Secret.random(32, RANDOM);

  @Property(tries = 200)
  void whatIsSealedOpensToTheSame(@ForAll byte[] plain, @ForAll byte[] associated)
      throws WrongKeyException {
    byte[] sealed = Sealing.seal(key, plain, associated, RANDOM);
    assertThat(sealed).hasSize(plain.length + Sealing.OVERHEAD);
    assertThat(Sealing.open(key, sealed, associated)).isEqualTo(plain);
  }

  @Test
  void sealingTwiceGivesDifferentBytes() {
    assertThat(Sealing.seal(key, PLAIN, FOR, RANDOM))
        .isNotEqualTo(Sealing.seal(key, PLAIN, FOR, RANDOM));
  }

  @Test
  void anotherKeyOrPurposeDoesNotOpen() {
    byte[] sealed = Sealing.seal(key, PLAIN, FOR, RANDOM);
    Secret other = Secret.random(32, RANDOM);
    assertThatThrownBy(() -> Sealing.open(other, sealed, FOR))
        .isInstanceOf(WrongKeyException.class);
    assertThatThrownBy(() -> Sealing.open(key, sealed, new byte[0]))
        .isInstanceOf(WrongKeyException.class);
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] sealed = Sealing.seal(key, PLAIN, FOR, RANDOM);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatExceptionOfType(WrongKeyException.class)
          .as("bit %d", bit)
          .isThrownBy(() -> Sealing.open(key, changed, FOR));
    }
  }

  @Test
  void everyCutIsRefused() {
    byte[] sealed = Sealing.seal(key, PLAIN, FOR, RANDOM);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatExceptionOfType(WrongKeyException.class)
          .isThrownBy(() -> Sealing.open(key, cut, FOR));
    }
  }

  @Test
  void aShorterKeyIsRefusedNotTakenAsAes128() {
    Secret halved = Secret.random(16, RANDOM);
    assertThatThrownBy(() -> Sealing.seal(halved, PLAIN, FOR, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
