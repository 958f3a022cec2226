package dev.countersign.app.bench;

import static java.util.Objects.requireNonNull;

import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.sync.Reply;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.bench.SellingTill;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ingest.1000tills}: many tills of one tenant, each on a connection of its own, send one
 * sale a second each, one sale per batch, over TLS to one server with SQLite in this very process.
 * The time runs from when a sale is due, so that a server that falls behind is not flattered. The
 * floor is the same number of requests in the same rhythm to a route that does nothing.
 */
public final class ManyTills {
  /** Handshakes are measured by nobody; a thousand of them at once would only time out. */
  private static final int CONNECTING_AT_ONCE = 8;

  private ManyTills() {}

  /** One till and its connection. */
  private record Till(SellingTill till, ServerConnection connection, UUID product) {}

  /** What a till does once a second. */
  private interface Turn {
    Reply take(Till till);
  }

  /**
   * Measures.
   *
   * @param tills how many, each one sale a second
   * @param seconds how long after the warm-up
   */
  public static Measured measure(Path scratch, int tills, int seconds) throws Exception {
    try (WholeShop shop = WholeShop.open(scratch.resolve("server"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      shop.stock(scratch.resolve("catalogue.csv"), 1);
      List<Till> all = enrol(shop, tills, threads);
      Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
      all(
          threads,
          all,
          (till, _) -> {
            connecting.acquire();
            requireAnswer(post(till, List.of(till.till().opening())));
            connecting.release();
            return 0;
          });
      run(threads, all, Math.max(1, seconds / 2), ManyTills::sell);
      long[] path = run(threads, all, seconds, ManyTills::sell);
      long[] floor =
          run(
              threads,
              all,
              Math.max(1, seconds / 2),
              till -> till.connection().getJson(Routes.HEALTH, Map.of(), null));
      for (Till till : all) {
        till.connection().close();
        till.till().key().close();
      }
      return new Measured(
          Measured.percentile(path, 50),
          "µs",
          Measured.percentile(floor, 50),
          Measured.percentile(path, 99));
    }
  }

  private static List<Till> enrol(WholeShop shop, int count, ExecutorService threads)
      throws Exception {
    List<Till> tills = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EnrolmentResult result = shop.enrol(i + 1);
      var device = result.enrolled();
      SellingTill till =
          new SellingTill(
              new SellingTill.Registered(
                  device.tenant(),
                  device.device(),
                  device.store(),
                  requireNonNull(device.register()),
                  device.series(),
                  device.currency().getCurrencyCode(),
                  shop.cashier()),
              result.key(),
              Clock.systemUTC(),
              new SecureRandom());
      tills.add(new Till(till, shop.connection(), shop.product()));
    }
    return tills;
  }

  private interface One {
    long take(Till till, int place) throws Exception;
  }

  private static long[] all(ExecutorService threads, List<Till> tills, One one) throws Exception {
    List<Callable<Long>> work = new ArrayList<>();
    for (int i = 0; i < tills.size(); i++) {
      int place = i;
      work.add(() -> one.take(tills.get(place), place));
    }
    long[] results = new long[work.size()];
    int at = 0;
    for (Future<Long> each : threads.invokeAll(work)) {
      results[at++] = each.get();
    }
    return results;
  }

  /** Every till takes its turn once a second, spread evenly; nanoseconds from when each was due. */
  private static long[] run(ExecutorService threads, List<Till> tills, int seconds, Turn turn)
      throws Exception {
    long second = TimeUnit.SECONDS.toNanos(1);
    long begin = System.nanoTime() + second;
    long[][] times = new long[tills.size()][seconds];
    all(
        threads,
        tills,
        (till, place) -> {
          long due = begin + second * place / tills.size();
          for (int i = 0; i < seconds; i++, due += second) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            requireAnswer(turn.take(till));
            times[place][i] = System.nanoTime() - due;
          }
          return 0;
        });
    return Arrays.stream(times).flatMapToLong(Arrays::stream).toArray();
  }

  private static Reply sell(Till till) {
    return post(till, List.of(till.till().sale(till.product(), 1999)));
  }

  private static Reply post(Till till, List<Change> changes) {
    byte[] body = Wire.deflateFast(till.till().seal(changes).encode());
    return till.connection().postBinary(Routes.BATCHES, body);
  }

  private static void requireAnswer(Reply reply) {
    if (!(reply instanceof Reply.Answered)) {
      throw new IllegalStateException("not answered: " + reply);
    }
  }
}
