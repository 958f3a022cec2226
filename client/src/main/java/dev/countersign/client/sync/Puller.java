package dev.countersign.client.sync;

import dev.countersign.client.ledger.Replica;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Takes what others changed: a snapshot when this device has nothing, was away for too long, or the
 * server's epoch is a new one, then page after page until there are no more. A page and its cursor
 * are applied in one transaction, so that stopping anywhere loses and repeats nothing. Used by one
 * thread.
 */
final class Puller {
  /** How long a store that has nothing to sell yet may wait for the rest of its first snapshot. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ServerConnection connection;
  private final DeviceSignIn signIn;
  private final Replica replica;
  private final LongConsumer progress;
  private final BooleanSupplier isEnding;

  /**
   * Takes what it works with.
   *
   * @param progress told how many items of a snapshot have come
   * @param isEnding whether what can be done another time is to be left
   */
  Puller(
      ServerConnection connection,
      DeviceSignIn signIn,
      Replica replica,
      LongConsumer progress,
      BooleanSupplier isEnding) {
    this.connection = connection;
    this.signIn = signIn;
    this.replica = replica;
    this.progress = progress;
    this.isEnding = isEnding;
  }

  PullOutcome pull() {
    // Also where the server cannot be reached.
    replica.arrange(isEnding);
    try {
      if (replica.cursor() == 0) {
        Reply reply = snapshot(PATIENCE);
        if (reply instanceof Reply.NoAnswer reason) {
          return new PullOutcome.Delayed(reason);
        }
      }
      return pages(true);
    } catch (Replica.OtherEpochException e) {
      return new PullOutcome.Delayed(new Reply.NotCountersign(String.valueOf(e.getMessage())));
    } catch (JacksonException | NullPointerException e) {
      // A record read from JSON may lack any field; the replica's transaction has been undone.
      return new PullOutcome.Delayed(
          new Reply.NotCountersign("a feed that cannot be read: " + e.getMessage()));
    }
  }

  private PullOutcome pages(boolean mayStartOver) throws Replica.OtherEpochException {
    while (true) {
      Reply reply = signIn.asking(token -> connection.getJson(Routes.FEED, position(), token));
      switch (reply) {
        case Reply.Answered answered -> {
          FeedPage page = Json.decodeKnown(answered.body(), FeedPage.class);
          boolean news = page.cursor() > replica.cursor();
          if (news) {
            replica.apply(page);
          }
          // A page that promises more and brings nothing would be asked for without end.
          if (!page.more() || !news) {
            replica.keepSince(page.since());
            replica.arrange(isEnding);
            return new PullOutcome.UpToDate();
          }
        }
        case Reply.Refused refused when mayStartOver && needsSnapshot(refused) -> {
          if (snapshot(Duration.ZERO) instanceof Reply.NoAnswer reason) {
            return new PullOutcome.Delayed(reason);
          }
          return pages(false);
        }
        case Reply.NoAnswer reason -> {
          return new PullOutcome.Delayed(reason);
        }
      }
    }
  }

  /**
   * The server takes the number as a confirmation of all up to it. What came is carried out before;
   * where that cannot be done yet, it is said, so that nothing is taken for confirmed.
   */
  private Map<String, String> position() {
    boolean carriedOut = replica.isCarriedOut();
    Map<String, String> position = new HashMap<>();
    position.put("after", Long.toString(replica.cursor()));
    position.put("epoch", replica.epoch().toString());
    if (!carriedOut) {
      position.put(Routes.FEED_OPEN, "1");
    }
    return position;
  }

  private static boolean needsSnapshot(Reply.Refused refused) {
    String code = refused.problem().code();
    return code.equals(Problem.EPOCH_CHANGED) || code.equals(Problem.FEED_COMPACTED);
  }

  private Reply snapshot(Duration patience) {
    return signIn.asking(
        token ->
            connection.getPacked(
                Routes.SNAPSHOT, token, (body, packed) -> take(body, packed, patience)));
  }

  /** What comes is read and written on other threads than this one, which only keeps it. */
  private void take(InputStream body, boolean packed, Duration patience) throws IOException {
    SnapshotSpool spool = new SnapshotSpool(progress);
    FutureTask<Boolean> taking =
        new FutureTask<>(
            () -> {
              spool.take(replica::take, patience);
              return true;
            });
    Thread.ofPlatform().daemon().name("snapshot").start(taking);
    IOException cut = null;
    try {
      if (packed) {
        spool.fill(body);
      } else {
        spool.fillPlain(body);
      }
    } catch (IOException e) {
      cut = e;
    }
    await(taking, cut);
  }

  /** It may have been taken whole though the connection broke behind its end. */
  private static void await(FutureTask<Boolean> taking, @Nullable IOException cut)
      throws IOException {
    boolean interrupted = false;
    while (true) {
      try {
        taking.get();
        return;
      } catch (InterruptedException _) {
        interrupted = true;
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case IOException fault -> throw cut == null ? fault : cut;
          case RuntimeException wrong -> throw wrong;
          case null, default -> throw new IllegalStateException(e);
        }
      } finally {
        if (interrupted && taking.isDone()) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
