package dev.countersign.app;

import dev.countersign.client.bench.ClosedTill;
import dev.countersign.client.launch.TillApplication;
import java.time.Duration;

/**
 * Opens a throw-away till until its PIN pad is painted, as {@code till} does, and leaves. Whoever
 * starts Java with {@code -XX:AOTCacheOutput} for this gets a file from which a till starts sooner.
 */
final class Rehearsal {
  /** The launcher and the build ask for it; it is no command of anybody else's. */
  static final String NAME = "rehearse";

  private static final long PRODUCTS = 20;

  /** A build must not wait for a window that never comes. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Rehearsal() {}

  /** Gives the program's exit code. */
  static int open() throws Exception {
    Thread.ofPlatform().daemon().name("patience").start(Rehearsal::giveUpInTime);
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
