package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Worker and screen are this thread: what is asked for is over when asking returns. */
class BackgroundTest {
  private final List<String> said = new ArrayList<>();

  @Test
  void anErrorIsHandedOverAndTheNextPieceHasItsTurn() {
    Background lane = new Background(Runnable::run, Runnable::run);
    lane.run(
        () -> {
          throw new UnsatisfiedLinkError("no such library");
        },
        _ -> said.add("done"),
        failure -> {
          assertThat(failure).isInstanceOf(ExecutionException.class);
          said.add(String.valueOf(failure.getCause()));
        });
    lane.run(() -> "next", said::add, failure -> said.add(failure.toString()));
    assertThat(said).containsExactly("java.lang.UnsatisfiedLinkError: no such library", "next");
  }

  @Test
  void aScreenThatTakesNothingStopsNoLane() throws Exception {
    boolean[] closed = {true};
    List<Throwable> uncaught = new ArrayList<>();
    Background lane =
        new Background(
            Runnable::run,
            piece -> {
              if (closed[0]) {
                throw new RejectedExecutionException("closed");
              }
              piece.run();
            });
    Thread asking =
        new Thread(
            () -> {
              lane.run(() -> "lost", said::add, failure -> said.add(failure.toString()));
              closed[0] = false;
              lane.run(() -> "next", said::add, failure -> said.add(failure.toString()));
            });
    asking.setUncaughtExceptionHandler((_, e) -> uncaught.add(e));
    asking.start();
    asking.join();
    assertThat(said).containsExactly("next");
    assertThat(uncaught).hasSize(1);
  }
}
