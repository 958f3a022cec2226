package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Property
  void waitsGrowFromASecondToAMinuteAndNeverBeyond(@ForAll long seed) {
    var backoff = new Backoff(new Random(seed));
    long top = 1_000;
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.afterFailure(Duration.ZERO).toMillis()).isBetween(top / 2, top);
      top = Math.min(60_000, top * 2);
    }
  }

  @Test
  void successBeginsAnew() {
    var backoff = new Backoff(new Random(1));
    IntStream.range(0, 10).forEach(_ -> backoff.afterFailure(Duration.ZERO));
    backoff.succeeded();
    assertThat(backoff.afterFailure(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatTheServerAsksForIsKept() {
    assertThat(new Backoff(new Random(1)).afterFailure(Duration.ofMinutes(3)))
        .isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void tillsOfOneShopDoNotComeBackTogether() {
    assertThat(
            IntStream.range(0, 50)
                .mapToObj(i -> new Backoff(new Random(i)).afterFailure(Duration.ZERO))
                .distinct()
                .count())
        .isGreaterThan(20);
  }
}
