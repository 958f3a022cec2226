package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who still comes in after somebody has left. */
class UnlockingTest {
  private static final Holder SUPERVISOR = new Holder(TillFixture.SUPERVISOR, "Supervisor Two");

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void twoPeopleHaveAPin() throws Exception {
    till = TillFixture.in(temp);
    try (Pin pin = Pin.typed("24680".toCharArray())) {
      till.vault.addUser(till.keys.inner(), TillFixture.SUPERVISOR, "Supervisor Two", pin);
    }
    till.device().close();
  }

  @Test
  void theWrapOfSomebodyWhoLeftGoesWithTheNextSync() throws Exception {
    try (Unlocking unlocking = unlocking()) {
      OpenDevice device = in(unlocking, TillFixture.SUPERVISOR, "24680");
      leaves(device, TillFixture.CASHIER);
      assertThat(till.vault.holders()).containsExactly(SUPERVISOR);
      assertThat(unlocking.unlock(TillFixture.CASHIER, "2580".toCharArray()))
          .isInstanceOf(Unlocking.Outcome.Gone.class);
      in(unlocking, TillFixture.SUPERVISOR, "24680");
    }
  }

  @Test
  void theWrapGoesAtTheNextUnlockWhenThePlugWasPulledInBetween() throws Exception {
    till.reopen();
    leaves(till.device(), TillFixture.CASHIER);
    till.device().close();
    try (Unlocking unlocking = unlocking()) {
      assertThat(unlocking.unlock(TillFixture.CASHIER, "2580".toCharArray()))
          .isInstanceOf(Unlocking.Outcome.Gone.class);
      assertThat(till.vault.holders()).containsExactly(SUPERVISOR);
    }
  }

  @Test
  void theLastWrapStaysSoThatUnsentSalesCanStillBeSent() throws Exception {
    till.vault.removeUser(TillFixture.SUPERVISOR);
    try (Unlocking unlocking = unlocking()) {
      leaves(in(unlocking, TillFixture.CASHIER, "2580"), TillFixture.CASHIER);
      in(unlocking, TillFixture.CASHIER, "2580");
    }
  }

  @Test
  void forgottenKeysLoseNothingAndTheNextPinOpens() throws Exception {
    try (Unlocking unlocking = unlocking()) {
      OpenDevice device = in(unlocking, TillFixture.CASHIER, "2580");
      sell(device);
      long waiting = device.outbox().state().waiting();
      assertThat(waiting).isPositive();
      List<String> order = new ArrayList<>();
      unlocking.forget(() -> order.add("sending has ended"), null);
      assertThat(order).hasSize(1);
      assertThat(unlocking.joining()).as("no key to give on").isEmpty();
      OpenDevice again = in(unlocking, TillFixture.CASHIER, "2580");
      assertThat(again).isNotSameAs(device);
      assertThat(again.outbox().state().waiting()).isEqualTo(waiting);
    }
  }

  @Test
  void everyKeyIsWipedFromMemoryWhenItIsForgotten() throws Exception {
    FolderKeys keys =
        new FolderKeys(
            till.keys.inner().copy(),
            till.keys.database().copy(),
            Secret.random(32, new SecureRandom()));
    try (Unlocking unlocking = unlocking()) {
      OpenDevice device =
          OpenDevice.open(
              till.folder,
              keys.database(),
              new OpenDevice.Surroundings(
                  () -> TillFixture.NOON, System::nanoTime, new SecureRandom()));
      unlocking.adopt(device, keys);
      unlocking.forget(() -> {}, null);
      assertThat(List.of(keys.inner(), keys.database(), keys.share())).allMatch(Secret::isClosed);
    }
  }

  @Test
  void anOldKeyIsChangedWhenTheKeysAreForgottenAndWhatWaitsIsStillThere() throws Exception {
    byte[] before = Files.readAllBytes(till.folder.path().resolve("key.json"));
    try (Unlocking unlocking = unlocking()) {
      OpenDevice device = in(unlocking, TillFixture.CASHIER, "2580");
      sell(device);
      var batch = device.outbox().nextToSend().orElseThrow();
      long waiting = device.outbox().state().waiting();
      unlocking.forget(() -> {}, Duration.ofDays(1));
      assertThat(till.folder.path().resolve("key.json")).hasBinaryContent(before);
      in(unlocking, TillFixture.CASHIER, "2580");
      unlocking.forget(() -> {}, Duration.ZERO);
      assertThat(till.folder.isKey(till.keys.database())).contains(false);
      OpenDevice again = in(unlocking, TillFixture.SUPERVISOR, "24680");
      assertThat(again.outbox().state().waiting()).isEqualTo(waiting);
      assertThat(again.outbox().nextToSend().orElseThrow().hash()).isEqualTo(batch.hash());
      assertThat(again.damage()).isEmpty();
    }
  }

  @Test
  void aNewKeyByOrderComesWithTheNextPin() throws Exception {
    try (Unlocking unlocking = unlocking()) {
      unlocking.orderNewKey();
      in(unlocking, TillFixture.CASHIER, "2580");
      assertThat(till.folder.isKey(till.keys.database())).contains(false);
    }
    try (Unlocking unlocking = unlocking()) {
      in(unlocking, TillFixture.SUPERVISOR, "24680");
    }
  }

  @Test
  void aPinIsChangedByItsHolderAlsoOnAColdTill() throws Exception {
    try (Unlocking unlocking = unlocking()) {
      ChangingPin changing = unlocking.changingPin();
      assertThat(change(changing, "9999", "8642", "8642"))
          .isInstanceOf(ChangingPin.Outcome.WrongPin.class);
      assertThat(change(changing, "2580", "8642", "8643"))
          .isInstanceOf(ChangingPin.Outcome.Differs.class);
      assertThat(change(changing, "2580", "1234", "1234"))
          .isInstanceOf(ChangingPin.Outcome.Weak.class);
      assertThat(change(changing, "2580", "2580", "2580"))
          .isInstanceOf(ChangingPin.Outcome.Same.class);
      assertThat(change(changing, "2580", "8642", "8642"))
          .isInstanceOf(ChangingPin.Outcome.Changed.class);
      assertThat(unlocking.unlock(TillFixture.CASHIER, "2580".toCharArray()))
          .isInstanceOf(Unlocking.Outcome.WrongPin.class);
      in(unlocking, TillFixture.CASHIER, "8642");
    }
  }

  private static ChangingPin.Outcome change(
      ChangingPin changing, String old, String first, String again) {
    return changing.change(
        TillFixture.CASHIER, old.toCharArray(), first.toCharArray(), again.toCharArray());
  }

  private static void sell(OpenDevice device) {
    device
        .ledger()
        .openShift(TillFixture.cashier(), TillFixture.DAY, Money.of(10_000, TillFixture.USD));
    device.ledger().complete(TillFixture.cashier(), TillFixture.draft());
  }

  private Unlocking unlocking() throws Exception {
    return new Unlocking(
        till.folder,
        till.vault,
        new OpenDevice.Surroundings(() -> TillFixture.NOON, System::nanoTime, new SecureRandom()),
        (_, _) -> new ShareSource.Given.Unreachable(),
        _ -> {});
  }

  private static OpenDevice in(Unlocking unlocking, UUID user, String pin) {
    Unlocking.Outcome outcome = unlocking.unlock(user, pin.toCharArray());
    assertThat(outcome).isInstanceOf(Unlocking.Outcome.In.class);
    return ((Unlocking.Outcome.In) outcome).device();
  }

  private static void leaves(OpenDevice device, UUID user) throws Exception {
    FeedItem gone = new FeedItem(11, "user", user, true, null);
    device.replica().apply(new FeedPage(TillFixture.EPOCH, 11, false, List.of(gone)));
  }
}
