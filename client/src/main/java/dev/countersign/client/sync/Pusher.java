package dev.countersign.client.sync;

import dev.countersign.client.ledger.AcknowledgementRefusedException;
import dev.countersign.client.ledger.Outbox;
import dev.countersign.client.ledger.SealedBatch;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends sealed batches in their order, one at a time, and stores the server's countersignature
 * under each. A batch is sent as often as it takes: the server answers a repetition with the same
 * acknowledgement, so that nothing counts twice. Safe for any thread; a second caller waits for the
 * first.
 */
final class Pusher {
  private final ServerConnection connection;
  private final Outbox outbox;
  private final AcknowledgementCheck check;
  private final Witness witness;
  private final Following following;
  private final ReentrantLock sending = new ReentrantLock();

  Pusher(
      ServerConnection connection,
      Outbox outbox,
      AcknowledgementCheck check,
      Witness witness,
      Following following) {
    this.connection = connection;
    this.outbox = outbox;
    this.check = check;
    this.witness = witness;
    this.following = following;
  }

  /** Sends until nothing waits or something stands in the way. */
  PushOutcome push() {
    sending.lock();
    try {
      PushOutcome lacking = offerAgain();
      if (lacking != null) {
        return lacking;
      }
      for (Optional<SealedBatch> next = outbox.nextToSend();
          next.isPresent();
          next = outbox.nextToSend()) {
        PushOutcome obstacle = send(next.get());
        if (obstacle != null) {
          return obstacle;
        }
      }
      return new PushOutcome.AllSent();
    } finally {
      sending.unlock();
    }
  }

  /**
   * A restored server is offered the newest batch that it countersigned before: it has it still, or
   * says from which on it lacks them. Null when nothing stands in the way of sending on.
   */
  private @Nullable PushOutcome offerAgain() {
    if (!witness.isOfFormerEpoch()) {
      return null;
    }
    Optional<SealedBatch> newest = outbox.newestAcknowledged();
    return newest.isPresent() ? send(newest.get()) : null;
  }

  /** Null when the batch is countersigned. */
  private @Nullable PushOutcome send(SealedBatch batch) {
    Reply reply = post(batch);
    if (reply instanceof Reply.Refused refused && refused.problem().code().equals(Problem.GAP)) {
      Long wanted = refused.problem().expected();
      PushOutcome obstacle =
          wanted == null || wanted < 1 || wanted >= batch.number()
              ? new PushOutcome.Ended(StopReason.BATCH_MISSING, refused.detail())
              : resend(wanted, batch.number());
      if (obstacle != null) {
        return obstacle;
      }
      reply = post(batch);
    }
    return taken(batch, reply);
  }

  /**
   * Sends batches again that were countersigned before: a server restored from an older backup
   * lacks them.
   */
  private @Nullable PushOutcome resend(long from, long to) {
    for (long number = from; number < to; number++) {
      Optional<SealedBatch> kept = outbox.batch(number);
      if (kept.isEmpty()) {
        return new PushOutcome.Ended(StopReason.BATCH_MISSING, "batch " + number);
      }
      PushOutcome obstacle = taken(kept.get(), post(kept.get()));
      if (obstacle != null) {
        return obstacle;
      }
    }
    return null;
  }

  private Reply post(SealedBatch batch) {
    return connection.postBinary(Routes.BATCHES, Wire.deflate(batch.envelope().encode()));
  }

  private @Nullable PushOutcome taken(SealedBatch batch, Reply reply) {
    return switch (reply) {
      case Reply.Answered answered -> acknowledged(batch, answered.body());
      case Reply.Refused refused -> refused(refused);
      case Reply.Busy busy ->
          new PushOutcome.Delayed(Obstacle.SERVER_BUSY, busy.retryAfter(), busy.detail());
      case Reply.NoAnswer reason ->
          new PushOutcome.Delayed(Obstacle.of(reason), Duration.ZERO, reason.detail());
    };
  }

  private @Nullable PushOutcome acknowledged(SealedBatch batch, byte[] body) {
    var sent =
        new AcknowledgementCheck.Sent(batch.number(), batch.hash(), batch.first(), batch.last());
    AcknowledgementCheck.Found found = check.check(body, sent);
    if (found instanceof AcknowledgementCheck.Found.Foreign && following.follow()) {
      // The server or its log has another key by now, and the one we knew says so.
      found = check.check(body, sent);
    }
    return switch (found) {
      case AcknowledgementCheck.Found.Foreign foreign ->
          new PushOutcome.Delayed(Obstacle.NOT_SIGNED, Duration.ZERO, foreign.detail());
      case AcknowledgementCheck.Found.Genuine genuine -> {
        Optional<String> contradiction = witness.contradiction(genuine.checkpoint());
        if (contradiction.isPresent()) {
          yield new PushOutcome.Contradicted(contradiction.get());
        }
        yield stored(batch, body, genuine);
      }
    };
  }

  private @Nullable PushOutcome stored(
      SealedBatch batch, byte[] body, AcknowledgementCheck.Found.Genuine genuine) {
    try {
      outbox.acknowledged(batch.number(), body, genuine.acknowledgement());
    } catch (AcknowledgementRefusedException e) {
      return new PushOutcome.Delayed(
          Obstacle.NOT_SIGNED, Duration.ZERO, String.valueOf(e.getMessage()));
    }
    witness.saw(genuine.checkpoint());
    return null;
  }

  private static PushOutcome refused(Reply.Refused refused) {
    return switch (refused.problem().code()) {
      case Problem.FORK -> new PushOutcome.Ended(StopReason.FORKED, refused.detail());
      case Problem.FROZEN -> new PushOutcome.Ended(StopReason.FROZEN, refused.detail());
      case Problem.WIPE_ORDERED -> new PushOutcome.CutOff(refused.problem().document());
      case Problem.OTHER_ENVIRONMENT ->
          new PushOutcome.Ended(StopReason.OTHER_ENVIRONMENT, refused.detail());
      case Problem.TOO_LARGE ->
          new PushOutcome.Ended(StopReason.BATCH_NOT_UNDERSTOOD, refused.detail());
      // "Malformed" too: mostly bytes that were damaged on the way, and another try costs nothing.
      default -> new PushOutcome.Delayed(Obstacle.REFUSED, Duration.ZERO, refused.detail());
    };
  }
}
