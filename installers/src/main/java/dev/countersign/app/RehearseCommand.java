package dev.countersign.app;

import dev.countersign.client.bench.ClosedTill;
import dev.countersign.client.launch.TillApplication;
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

  @Override
  public Integer call() throws Exception {
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
}
