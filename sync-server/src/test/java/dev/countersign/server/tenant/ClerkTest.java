package dev.countersign.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Everybody in line has their turn, in order, and hears of it. */
class ClerkTest {
  private final ReentrantLock writing = new ReentrantLock(true);

  private static Turn<Boolean, RuntimeException> turn() {
    return new Turn<>(_ -> true);
  }

  @Test
  void manyAreTakenInTheOrderTheyCameAndNotAllAtOnce() throws Exception {
    List<Turn<?, ?>> taken = Collections.synchronizedList(new ArrayList<>());
    List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
    List<Turn<?, ?>> came = new ArrayList<>();
    try (Clerk clerk =
        new Clerk(
            writing,
            group -> {
              groups.add(group.size());
              taken.addAll(group);
              group.forEach(Turn::stands);
            },
            Duration.ofSeconds(10))) {
      writing.lock();
      for (int i = 0; i < 150; i++) {
        came.add(turn());
        clerk.take(came.getLast());
      }
      assertThat(clerk.waiting()).isEqualTo(150);
      writing.unlock();
      began(() -> came.forEach(ClerkTest::awaitEnd)).get(60, TimeUnit.SECONDS);
    }
    assertThat(taken).isEqualTo(came);
    assertThat(groups).containsExactly(64, 64, 22);
  }

  private static void awaitEnd(Turn<?, ?> turn) {
    try {
      turn.result();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Its thread ends all the time here; a turn that came at that moment would wait for ever. */
  @Test
  void nobodyIsForgottenWhileTheClerkComesAndGoes() throws Exception {
    try (Clerk clerk = new Clerk(writing, group -> group.forEach(Turn::stands), Duration.ZERO)) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            began(
                () -> {
                  for (int n = 0; n < 2_000; n++) {
                    Turn<Boolean, RuntimeException> turn = turn();
                    clerk.take(turn);
                    awaitEnd(turn);
                  }
                }));
      }
      for (CompletableFuture<Void> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** On a thread that whoever has waited long enough can leave behind. */
  private static CompletableFuture<Void> began(Runnable work) {
    return CompletableFuture.runAsync(work, task -> Thread.ofVirtual().start(task));
  }

  @Test
  void whoComesAfterTheEndIsStillAnswered() throws Exception {
    Clerk clerk = new Clerk(writing, group -> group.forEach(Turn::stands), Duration.ofSeconds(10));
    clerk.close();
    for (int i = 0; i < 3; i++) {
      Turn<Boolean, RuntimeException> turn = turn();
      clerk.take(turn);
      began(() -> awaitEnd(turn)).get(60, TimeUnit.SECONDS);
    }
    assertThat(clerk.waiting()).isZero();
  }

  /** Whoever is interrupted still learns what became of it, and that they were interrupted. */
  @Test
  void anInterruptedOneWaitsForWhatItCameTo() throws Exception {
    try (Clerk clerk =
        new Clerk(writing, group -> group.forEach(Turn::stands), Duration.ofSeconds(10))) {
      writing.lock();
      CountDownLatch begun = new CountDownLatch(1);
      boolean[] kept = {false};
      Turn<Boolean, RuntimeException> turn = turn();
      CompletableFuture<Void> waiting =
          began(
              () -> {
                Thread.currentThread().interrupt();
                clerk.take(turn);
                begun.countDown();
                awaitEnd(turn);
                kept[0] = Thread.currentThread().isInterrupted();
              });
      begun.await();
      assertThat(waiting).isNotDone();
      writing.unlock();
      waiting.get(60, TimeUnit.SECONDS);
      assertThat(kept[0]).isTrue();
    }
  }
}
