package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  // By the text, as databases and people sort them.
  private static final Comparator<UUID> BY_TEXT = Comparator.comparing(UUID::toString);

  private final AtomicLong now = new AtomicLong(0x017f_22e2_79b0L);
  private final UuidV7 ids =
      new UuidV7(() -> Instant.ofEpochMilli(now.get()), RandomGenerator.of("L64X128MixRandom"));

  @Test
  void carriesTheTimeVersionAndVariantOfRfc9562() {
    UUID id = ids.next();
    assertThat(id.toString()).startsWith("017f22e2-79b0-7");
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void idsOfOneMillisecondGrowEvenBeyondItsCounter() {
    assertThat(take(20_000)).isSortedAccordingTo(BY_TEXT).doesNotHaveDuplicates();
  }

  @Test
  void idsGrowOverASmallStepBackOfTheClock() {
    List<UUID> taken = take(10);
    now.addAndGet(-9_000);
    taken.addAll(take(10));
    assertThat(taken).isSortedAccordingTo(BY_TEXT).doesNotHaveDuplicates();
  }

  @Test
  void aCorrectedClockIsBelieved() {
    now.addAndGet(365L * 24 * 3600 * 1000);
    ids.next();
    now.set(0x017f_22e2_79b0L);
    assertThat(ids.next().toString()).startsWith("017f22e2-79b0-7");
  }

  @Test
  void aClockBeforeTheEpochStillGivesIds() {
    now.set(-5);
    assertThat(ids.next().toString()).startsWith("00000000-0000-7");
  }

  @Test
  void threadsNeverShareAnId() {
    Set<UUID> seen = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.submit(() -> seen.addAll(take(200)));
      }
    }
    assertThat(seen).hasSize(10_000);
  }

  private List<UUID> take(int count) {
    List<UUID> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(ids.next());
    }
    return taken;
  }
}
