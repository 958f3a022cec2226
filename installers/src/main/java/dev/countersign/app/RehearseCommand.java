package dev.countersign.app;

import dev.countersign.client.bench.ClosedTill;
import dev.countersign.client.launch.TillApplication;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Opens a throw-away till until its PIN pad is painted, as {@code till} does, and leaves. Whoever
 * starts Java with {@code -XX:AOTCacheOutput} for this gets a file from which a till starts sooner.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Opens a throw-away till until its PIN pad is painted, and leaves.")
final class RehearseCommand implements Callable<Integer> {
  private static final long PRODUCTS = 20;

  /** A build must not wait for a window that never comes. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public Integer call() throws Exception {
    Thread.ofPlatform().daemon().name("patience").start(RehearseCommand::giveUpInTime);
    try (Scratch scratch = Scratch.make("rehearsal", null)) {
      ClosedTill till = ClosedTill.make(scratch.path(), PRODUCTS);
      return Countersign.run(
          "till",
          "--folder",
          till.folder().toString(),
          "--chest",
          till.chest().toString(),
          TillApplication.UNTIL_PAINTED);
    }
  }

  private static void giveUpInTime() {
    try {
      Thread.sleep(PATIENCE);
      // Whatever hangs would hang an orderly end as well.
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
