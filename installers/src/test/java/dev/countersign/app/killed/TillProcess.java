package dev.countersign.app.killed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Tills in a process of their own that sell and send until it is killed. Arguments: the folder, and
 * the names of the tills in it. Says {@code open} when all of them are, and {@code sold} when the
 * first receipt was handed out.
 */
final class TillProcess {
  /** At most so long between two customers. */
  private static final int PAUSE_NANOS = 4_000_000;

  private TillProcess() {}

  public static void main(String[] args) throws Exception {
    Path place = Path.of(args[0]);
    List<KilledTill> tills = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      tills.add(KilledTill.open(place, args[i]));
    }
    System.out.println("open");
    for (KilledTill till : tills) {
      till.loop.start();
      Thread.ofPlatform().start(() -> sell(till));
    }
  }

  private static void sell(KilledTill till) {
    Random random = new Random();
    try {
      till.print();
      till.act(random);
      System.out.println("sold");
      while (true) {
        till.act(random);
        LockSupport.parkNanos(random.nextInt(PAUSE_NANOS));
      }
    } catch (Exception e) {
      e.printStackTrace();
      // A till that gives up is found by whoever waits to kill it.
      Runtime.getRuntime().halt(3);
    }
  }
}
