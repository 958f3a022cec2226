package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealedBoxTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] TEXT = "unsent".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FOR = "for".getBytes(StandardCharsets.UTF_8);

  @Test
  void thePublicKeyIsTheScalarTimesTheBasePointOfRfc7748() {
    // Section 5.2, the first step of the iteration: scalar and point are both 9.
    byte[] nine = new byte[SealedBox.KEY_LENGTH];
    nine[0] = 9;
    assertThat(HexFormat.of().formatHex(SealedBox.publicKey(Secret.of(nine))))
        .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
  }

  @Test
  void onlyTheRecipientOpensIt() throws Exception {
    try (Secret key = Secret.random(32, RANDOM);
        Secret other = Secret.random(32, RANDOM)) {
      byte[] sealed = SealedBox.seal(SealedBox.publicKey(key), TEXT, FOR, RANDOM);
      assertThat(SealedBox.open(key, sealed, FOR)).isEqualTo(TEXT);
      assertThatThrownBy(() -> SealedBox.open(other, sealed, FOR))
          .isInstanceOf(WrongKeyException.class);
      assertThatThrownBy(() -> SealedBox.open(key, sealed, TEXT))
          .isInstanceOf(WrongKeyException.class);
    }
  }

  @Test
  void anyChangedByteIsSeen() {
    try (Secret key = Secret.random(32, RANDOM)) {
      byte[] sealed = SealedBox.seal(SealedBox.publicKey(key), TEXT, FOR, RANDOM);
      for (int i = 0; i < sealed.length; i++) {
        byte[] changed = sealed.clone();
        changed[i] ^= 1;
        assertThatThrownBy(() -> SealedBox.open(key, changed, FOR))
            .isInstanceOf(WrongKeyException.class);
      }
      assertThatThrownBy(() -> SealedBox.open(key, new byte[10], FOR))
          .isInstanceOf(WrongKeyException.class);
    }
  }

  @Test
  void nothingIsSealedToAPointOfSmallOrder() {
    byte[] zero = new byte[32];
    assertThatThrownBy(() -> SealedBox.seal(zero, TEXT, FOR, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] one = new byte[32];
    one[0] = 1;
    assertThatThrownBy(() -> SealedBox.seal(one, TEXT, FOR, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SealedBox.seal(new byte[31], TEXT, FOR, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
