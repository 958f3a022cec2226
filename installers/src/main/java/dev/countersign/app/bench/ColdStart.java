package dev.countersign.app.bench;

import dev.countersign.client.bench.ClosedTill;
import dev.countersign.client.launch.TillApplication;
import java.nio.file.Path;

/**
 * {@code coldstart}: from the start of the till's process until the people who may unlock and the
 * keys for their PIN are painted. The floor is a window with one label, started the same way. Files
 * are warm in memory after the first turn: what is cold is the process.
 */
public final class ColdStart {
  private ColdStart() {}

  /**
   * Measures, path and floor in turns.
   *
   * @param program whose command {@code till} opens the till
   * @param turns how often; the first only warms up
   */
  public static Measured measure(Path scratch, Class<?> program, int turns) throws Exception {
    ClosedTill till = ClosedTill.make(scratch, 100);
    TillProcess process = new TillProcess(scratch.resolve("errors.txt"));
    long[] path = new long[turns - 1];
    long[] floor = new long[turns - 1];
    for (int i = -1; i < turns - 1; i++) {
      long time =
          process.untilItSays(
              TillApplication.PAINTED,
              program,
              "till",
              "--folder",
              till.folder().toString(),
              "--chest",
              till.chest().toString(),
              TillApplication.UNTIL_PAINTED);
      long least = process.untilItSays(TillApplication.PAINTED, LabelWindow.class);
      if (i >= 0) {
        path[i] = time;
        floor[i] = least;
      }
    }
    return Measured.of(path, floor);
  }
}
