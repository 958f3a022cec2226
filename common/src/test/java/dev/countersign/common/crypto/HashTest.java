package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void hashesTheVectorOfFips180() {
    assertThat(Hash.of("abc".getBytes(StandardCharsets.US_ASCII)).toHex()).isEqualTo(OF_ABC);
    assertThat(Hash.sha256("xabcx".getBytes(StandardCharsets.US_ASCII), 1, 3).toHex())
        .isEqualTo(OF_ABC);
    assertThat(Hash.of(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}).toHex())
        .isEqualTo(OF_ABC);
  }

  @Test
  void aRunOutsideTheArrayIsRefused() {
    assertThatThrownBy(() -> Hash.sha256(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Hash.sha256(new byte[3], -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void equalBytesAreEqualHashes() {
    Hash hash = Hash.fromHex(OF_ABC);
    assertThat(Hash.fromBytes(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.ZERO).isNotEqualTo(hash);
    assertThat(Hash.ZERO.bytes()).containsOnly(0);
  }

  @Test
  void theBytesHandedOutAndTakenAreCopies() {
    byte[] given = new byte[32];
    Hash hash = Hash.fromBytes(given);
    given[0] = 1;
    hash.bytes()[1] = 1;
    assertThat(hash).isEqualTo(Hash.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba78",
        "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        " a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      })
  void textThatIsNotTheOneHexFormIsRefused(String text) {
    assertThatThrownBy(() -> Hash.fromHex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherNumberOfBytesIsRefused() {
    assertThatThrownBy(() -> Hash.fromBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.fromBytes(new byte[40], 9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.fromBytes(new byte[40], -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Hash.fromBytes(new byte[40], 8)).isEqualTo(Hash.ZERO);
  }
}
