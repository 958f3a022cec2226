package dev.countersign.client.chest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.client.keys.BoundedChest;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.KeyChestException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real GNOME Keyring on a real session bus; skipped where there is none. */
class SecretServiceChestTest implements KeyChestContract {
  private static final String PASSWORD = "the login's password";

  @TempDir Path temp;
  private Login login;

  @BeforeEach
  void somebodyHasLoggedIn() throws Exception {
    assumeTrue(Login.isPossible(), "no GNOME Keyring on this machine: its chest is not tried");
    login = Login.start(temp.resolve("home"));
    login.keyring(PASSWORD);
  }

  @AfterEach
  void logOut() throws Exception {
    if (login != null) {
      login.close();
    }
  }

  @Override
  public KeyChest chest() {
    return new SecretServiceChest(login.address());
  }

  @Test
  void whatWasWrittenOutlivesAKilledKeyStore() throws Exception {
    chest().write(NAME, new byte[] {1, 2, 3});
    login.kill();
    login.keyring(PASSWORD);
    assertThat(chest().read(NAME)).get().isEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void lockedIsAnAnswer() throws Exception {
    chest().write(NAME, new byte[] {1, 2, 3});
    login.kill();
    login.keyring(null);
    assertThatThrownBy(() -> chest().read(NAME))
        .isInstanceOfSatisfying(
            KeyChestException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING))
        .hasMessageContaining("locked");
    assertThatThrownBy(() -> chest().write(NAME, new byte[] {4}))
        .isInstanceOf(KeyChestException.class);
    login.kill();
    login.keyring(PASSWORD);
    assertThat(chest().read(NAME)).get().isEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void missingIsAnAnswer() throws Exception {
    login.kill();
    assertThatThrownBy(() -> chest().read(NAME)).isInstanceOf(KeyChestException.class);
    KeyChest noBus = new SecretServiceChest("unix:path=" + temp.resolve("nothing-here"));
    assertThatThrownBy(() -> noBus.read(NAME))
        .isInstanceOf(KeyChestException.class)
        .hasMessageContaining("no session bus");
  }

  @Test
  void hangingIsAnAnswerWithinTheBound() throws Exception {
    login.hang();
    KeyChest bounded = new BoundedChest(chest(), Duration.ofMillis(200));
    assertThatThrownBy(() -> bounded.read(NAME))
        .isInstanceOfSatisfying(
            KeyChestException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HANGING));
    login.goOn();
  }

  @Test
  void aNewFolderTakesItAndOneThatHangsIsReplacedByFiles() throws Exception {
    FileKeyChest files = new FileKeyChest(temp.resolve("chest"));
    KeyStores stores = new KeyStores(chest(), files, Duration.ofSeconds(5));
    assertThat(stores.choose(KeyStores.Wish.USUAL, Optional.empty()).isWeaker()).isFalse();
    login.hang();
    KeyStores hanging = new KeyStores(chest(), files, Duration.ofMillis(200));
    assertThat(hanging.choose(KeyStores.Wish.USUAL, Optional.empty())).isSameAs(files);
    assertThat(hanging.choose(KeyStores.Wish.USUAL, Optional.of(SecretServiceChest.KIND)).kind())
        .isEqualTo(SecretServiceChest.KIND);
    login.goOn();
  }
}
