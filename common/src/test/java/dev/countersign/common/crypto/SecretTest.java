package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void aSecretDoesNotPrintItself() {
    try (Secret secret = Secret.of(new byte[] {'k', 'e', 'y'})) {
      assertThat(secret.toString()).isEqualTo("••••");
      assertThat("" + secret).doesNotContain("key").doesNotContain("107");
    }
  }

  @Test
  void closingWipesTheBytesItOwned() {
    byte[] owned = {1, 2, 3};
    Secret secret = Secret.of(owned);
    secret.close();
    secret.close();
    assertThat(owned).containsOnly(0);
    assertThat(secret.isClosed()).isTrue();
    assertThatThrownBy(secret::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCopyOutlivesItsOriginal() {
    Secret original = Secret.of(new byte[] {1, 2, 3});
    try (Secret copy = original.copy()) {
      original.close();
      assertThat(copy.bytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void equalityIsByContentWhileOpen() {
    Secret one = Secret.of(new byte[] {1, 2});
    Secret same = Secret.of(new byte[] {1, 2});
    Secret other = Secret.of(new byte[] {1, 3});
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    one.close();
    other.close();
    assertThat(one).isNotEqualTo(same).isNotEqualTo(other);
  }

  @Test
  void randomSecretsDiffer() {
    SecureRandom random = new SecureRandom();
    try (Secret one = Secret.random(32, random);
        Secret two = Secret.random(32, random)) {
      assertThat(one.length()).isEqualTo(32);
      assertThat(one).isNotEqualTo(two);
    }
  }

  @Test
  void aSecretOfNothingIsRefused() {
    assertThatThrownBy(() -> Secret.random(0, new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
