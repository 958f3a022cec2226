package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.sync.Obstacle;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final TillRuleItem HALF_AN_HOUR = new TillRuleItem(false, 72, 30, 365);
  private static final SyncState SENT = new SyncState.AllAccepted();
  private static final SyncState WAITING =
      new SyncState.Waiting(3, Instant.parse("2026-03-04T12:00:00Z"), Obstacle.NONE);

  private long nanos;
  private final Forgetting forgetting = new Forgetting(() -> nanos);

  @Test
  void aTillThatWasLockedForSoLongForgetsItsKeys() {
    forgetting.locked();
    pass(Duration.ofMinutes(29));
    forgetting.locked();
    assertThat(forgetting.isDue(HALF_AN_HOUR, SENT)).isFalse();
    pass(Duration.ofMinutes(1));
    assertThat(forgetting.isDue(HALF_AN_HOUR, SENT)).isTrue();
  }

  @Test
  void aRightPinBeginsTheTimeAnewBeforeAnybodyIsInside() {
    forgetting.locked();
    pass(Duration.ofHours(10));
    forgetting.opened();
    assertThat(forgetting.isDue(HALF_AN_HOUR, SENT)).isFalse();
    pass(Duration.ofMinutes(30));
    assertThat(forgetting.isDue(HALF_AN_HOUR, SENT)).isTrue();
  }

  @Test
  void whoIsAtTheTillKeepsThem() {
    pass(Duration.ofHours(10));
    assertThat(forgetting.isDue(HALF_AN_HOUR, SENT)).isFalse();
    forgetting.locked();
    pass(Duration.ofMinutes(20));
    forgetting.entered();
    pass(Duration.ofMinutes(20));
    assertThat(forgetting.isDue(HALF_AN_HOUR, SENT)).isFalse();
  }

  @Test
  void salesThatWaitKeepThemLongerButNotForEver() {
    forgetting.locked();
    pass(Duration.ofHours(2));
    assertThat(forgetting.isDue(HALF_AN_HOUR, WAITING)).isFalse();
    pass(Duration.ofMinutes(150));
    assertThat(forgetting.isDue(HALF_AN_HOUR, WAITING)).isTrue();
  }

  @Test
  void zeroKeepsThem() {
    forgetting.locked();
    pass(Duration.ofDays(3));
    assertThat(forgetting.isDue(new TillRuleItem(false, 72, 0, 365), SENT)).isFalse();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
