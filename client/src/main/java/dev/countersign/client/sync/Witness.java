package dev.countersign.client.sync;

import dev.countersign.client.ledger.CheckpointBook;
import dev.countersign.client.ledger.CheckpointBook.Contradiction;
import dev.countersign.client.ledger.CheckpointBook.Witnessed;
import dev.countersign.client.ledger.Replica;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Routes;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Watches that the server's log only grows. Every acknowledgement brings the log's signed
 * checkpoint; a smaller one, or another root under the same size, is refused and kept as evidence,
 * and now and then the server has to prove that the newest is a continuation of the last proven. A
 * server that cannot prove it yet is asked again, always from the same beginning, so that silence
 * hides nothing. Used by one thread.
 */
final class Witness {
  private final CheckpointBook book;
  private final Replica replica;
  private final ServerConnection connection;
  private final UUID tenant;
  private final Supplier<List<LogKey>> logKeys;
  private final InstantSource clock;

  Witness(
      CheckpointBook book,
      Replica replica,
      ServerConnection connection,
      UUID tenant,
      Supplier<List<LogKey>> logKeys,
      InstantSource clock) {
    this.book = book;
    this.replica = replica;
    this.connection = connection;
    this.tenant = tenant;
    this.logKeys = logKeys;
    this.clock = clock;
  }

  /**
   * Why a checkpoint cannot belong to the log that this device knows, or empty when it can. The
   * evidence is stored. A new epoch begins a new log: the server said openly that it was restored,
   * and the old checkpoint is kept as evidence of what was lost.
   */
  Optional<String> contradiction(SignedCheckpoint found) {
    Optional<Witnessed> last = book.last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint seen = read(last.get().seen());
    Checkpoint now = found.checkpoint();
    String reason;
    if (now.size() < seen.size()) {
      reason = "the log went back from " + seen.size() + " to " + now.size() + " entries";
    } else if (now.size() == seen.size() && !now.root().equals(seen.root())) {
      reason = "two logs of " + seen.size() + " entries";
    } else {
      return Optional.empty();
    }
    keep(last.get().seen(), found.text(), reason);
    return last.get().epoch().equals(replica.epoch()) ? Optional.of(reason) : Optional.empty();
  }

  /** Remembers a checkpoint that does not contradict. */
  void saw(SignedCheckpoint found) {
    UUID epoch = replica.epoch();
    String proven =
        book.last()
            .filter(last -> last.epoch().equals(epoch))
            .map(Witnessed::proven)
            .orElse(found.text());
    book.witnessed(new Witnessed(epoch, found.text(), proven));
  }

  /**
   * True when the server was restored from a backup since it last countersigned something here: it
   * may lack what it acknowledged before.
   */
  boolean isOfFormerEpoch() {
    return book.last().filter(last -> !last.epoch().equals(replica.epoch())).isPresent();
  }

  /**
   * Has the server prove that the log it shows now continues the one it showed before; the
   * contradiction when it proves something else, empty when it did or did not answer.
   */
  Optional<String> prove() {
    Optional<Witnessed> last = book.last();
    if (last.isEmpty()
        || last.get().seen().equals(last.get().proven())
        || !last.get().epoch().equals(replica.epoch())) {
      return Optional.empty();
    }
    Checkpoint from = read(last.get().proven());
    Checkpoint to = read(last.get().seen());
    Optional<byte[]> answer = askForProof(from, to);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    if (!proves(answer.get(), from, to)) {
      // Nobody signs a proof, so one that was damaged on the way looks like a lie. A lie is told
      // again, word for word.
      Optional<byte[]> again = askForProof(from, to);
      if (again.isEmpty() || !Arrays.equals(again.get(), answer.get())) {
        return Optional.empty();
      }
      String reason = "the log of " + to.size() + " does not continue that of " + from.size();
      keep(last.get().proven(), last.get().seen(), reason);
      return Optional.of(reason);
    }
    book.witnessed(new Witnessed(last.get().epoch(), last.get().seen(), last.get().seen()));
    return Optional.empty();
  }

  /** How another device's checkpoint stands beside what this one has proven. */
  sealed interface Beside {
    /** One history. */
    record Agrees() implements Beside {}

    /** The server has not shown whether it is. */
    record Unproven() implements Beside {}

    /** Two histories under one key; the evidence is stored. */
    record Contradicts(String reason) implements Beside {}
  }

  /** The newest checkpoint that was shown to continue all before it, in this epoch. */
  Optional<SignedCheckpoint> proven() {
    return book.last()
        .filter(last -> last.epoch().equals(replica.epoch()))
        .map(last -> signed(last.proven()));
  }

  /** Has the server prove that another device was shown the same log. */
  Beside beside(SignedCheckpoint own, SignedCheckpoint other) {
    Checkpoint one = own.checkpoint();
    Checkpoint two = other.checkpoint();
    if (one.equals(two)) {
      return new Beside.Agrees();
    }
    if (one.size() == two.size()) {
      return apart(own, other, "another device was shown another log of " + one.size());
    }
    Checkpoint from = one.size() < two.size() ? one : two;
    Checkpoint to = one.size() < two.size() ? two : one;
    Optional<byte[]> answer = askForProof(from, to);
    if (answer.isEmpty()) {
      return new Beside.Unproven();
    }
    if (proves(answer.get(), from, to)) {
      return new Beside.Agrees();
    }
    // As for its own: what was damaged on the way is not told twice.
    Optional<byte[]> again = askForProof(from, to);
    if (again.isEmpty() || !Arrays.equals(again.get(), answer.get())) {
      return new Beside.Unproven();
    }
    return apart(
        own,
        other,
        "another device was shown a log of " + two.size() + " that is not that of " + one.size());
  }

  private Beside apart(SignedCheckpoint own, SignedCheckpoint other, String reason) {
    keep(own.text(), other.text(), reason);
    return new Beside.Contradicts(reason);
  }

  private Optional<byte[]> askForProof(Checkpoint from, Checkpoint to) {
    Reply reply =
        connection.getBinary(
            Routes.CONSISTENCY.replace("{tenant}", tenant.toString()),
            Map.of("from", Long.toString(from.size()), "to", Long.toString(to.size())));
    return reply instanceof Reply.Answered(byte[] body) ? Optional.of(body) : Optional.empty();
  }

  private static boolean proves(byte[] body, Checkpoint from, Checkpoint to) {
    try {
      return ConsistencyProof.decode(body).verify(from.size(), from.root(), to.size(), to.root());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private void keep(String kept, String found, String reason) {
    book.contradicted(new Contradiction(clock.instant(), kept, found, reason));
  }

  /**
   * What was stored was verified before, perhaps under a key that has given way since; anything
   * else is a damaged store.
   */
  private SignedCheckpoint signed(String text) {
    return believed(text)
        .orElseThrow(() -> new IllegalStateException("the stored checkpoint is damaged"));
  }

  private Checkpoint read(String text) {
    return signed(text).checkpoint();
  }

  /** A checkpoint that one of the log's keys signed. */
  Optional<SignedCheckpoint> believed(String text) {
    for (LogKey key : logKeys.get()) {
      if (Checkpoint.parse(text, key.name(), key.key())
          instanceof CheckpointReading.Verified verified) {
        return Optional.of(verified.checkpoint());
      }
    }
    return Optional.empty();
  }
}
