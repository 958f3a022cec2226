package dev.countersign.server.launch;

import dev.countersign.server.tenant.TenantMovedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that comes round again and again on a thread of its own, the first time after a while, so
 * that a start is a start. A round that fails is logged and comes again.
 */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Round round;
  private final Duration between;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  /** One round; it rests by {@link Rounds#endsWithin} and returns when that says so. */
  @FunctionalInterface
  interface Round {
    void go(Rounds rounds) throws SQLException, InterruptedException;
  }

  private Rounds(String name, Duration between, Round round) {
    this.round = round;
    this.between = between;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::comeRound);
  }

  static Rounds start(String name, Duration between, Round round) {
    Rounds rounds = new Rounds(name, between, round);
    rounds.thread.start();
    return rounds;
  }

  /** Rests; true as soon as it is to end. */
  boolean endsWithin(long nanos) throws InterruptedException {
    return end.await(nanos, TimeUnit.NANOSECONDS);
  }

  private void comeRound() {
    try {
      while (!endsWithin(between.toNanos())) {
        try {
          round.go(this);
        } catch (TenantMovedException _) {
          // Its new server looks after it.
        } catch (SQLException | RuntimeException e) {
          LOG.error("a round of {} failed; it is tried again", thread.getName(), e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the step under way. */
  @Override
  public void close() {
    end.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
