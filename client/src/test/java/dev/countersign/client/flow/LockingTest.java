package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LockingTest {
  private final AtomicLong nanos = new AtomicLong(17);

  @Test
  void anUntouchedTillIsLockedAfterItsTime() {
    Locking locking = new Locking(nanos::get, () -> Duration.ofSeconds(180));
    nanos.addAndGet(Duration.ofSeconds(179).toNanos());
    assertThat(locking.isDue()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(locking.isDue()).isTrue();
  }

  @Test
  void aTouchBeginsTheTimeAgain() {
    Locking locking = new Locking(nanos::get, () -> Duration.ofSeconds(180));
    nanos.addAndGet(Duration.ofSeconds(179).toNanos());
    locking.touch();
    nanos.addAndGet(Duration.ofSeconds(179).toNanos());
    assertThat(locking.isDue()).isFalse();
  }

  @Test
  void zeroNeverLocks() {
    Locking locking = new Locking(nanos::get, () -> Duration.ZERO);
    nanos.addAndGet(Duration.ofDays(9).toNanos());
    assertThat(locking.isDue()).isFalse();
  }
}
