package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.security.SecureRandom;
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
