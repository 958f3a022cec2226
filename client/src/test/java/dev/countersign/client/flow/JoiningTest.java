package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.JoiningCode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoiningTest {
  private static final UUID NEW = UUID.fromString("019c0000-0000-7000-8000-0000000000aa");

  @TempDir Path temp;

  @Test
  void aCodeThatWasUsedPutsNoOtherPinInThePlaceOfTheFirst() throws Exception {
    JoiningCode.Made made =
        JoiningCode.make(TillFixture.NOON.plus(Duration.ofHours(1)), new SecureRandom());
    try (TillFixture till = TillFixture.in(temp)) {
      UserItem person =
          new UserItem(
              NEW, null, "New", "cashier", Map.of("sale.ring", "ALLOWED"), made.joining(), 0);
      till.device()
          .replica()
          .apply(new FeedPage(TillFixture.EPOCH, 11, false, List.of(FeedItem.of(11, NEW, person))));
      Joining joining =
          new Joining(till.device(), till.vault, till.keys.inner(), () -> TillFixture.NOON);
      assertThat(join(joining, made.code(), "97531")).isEqualTo(new Joining.Outcome.Joined(NEW));
      assertThat(join(joining, made.code(), "86420")).isInstanceOf(Joining.Outcome.WrongCode.class);
      try (Pin first = Pin.typed("97531".toCharArray())) {
        assertThat(till.vault.unlock(NEW, first)).isInstanceOf(UnlockOutcome.Unlocked.class);
      }
    }
  }

  private static Joining.Outcome join(Joining joining, String code, String pin) {
    return joining.join(NEW, code, pin.toCharArray(), pin.toCharArray());
  }
}
