package dev.countersign.app.killed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.launch.SyncServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes and SIGKILL. What counts afterwards is the paper, which no program here wrote into
 * its own books.
 */
class KilledProcessesTest {
  /** {@code -Dcountersign.kills=1000} for a long run. */
  private static final int KILLS = Integer.getInteger("countersign.kills", 14);

  private static final int BETWEEN_LOOKS = 100;
  private static final long SEED = Long.getLong("countersign.seed", System.nanoTime());

  @TempDir Path place;

  @Test
  void receiptsHandedOutAreInTheBooksHoweverOftenTillsAndServerAreKilled() throws Exception {
    Killing killing = new Killing(place);
    int offices = 0;
    int receipts = 0;
    for (int done = 0; done < KILLS; done += BETWEEN_LOOKS) {
      killing.kill(Math.min(BETWEEN_LOOKS, KILLS - done), SEED + done);
      try (SyncServer server = killing.server()) {
        receipts = Settling.settle(killing, server, "office-" + ++offices);
      }
      System.out.printf(
          "killed %s (seed %d): %d receipts, all in the books%n",
          killing.account(), SEED, receipts);
    }
    assertThat(receipts).as("receipts, or nothing was tried").isGreaterThan(KILLS / 4);
  }
}
