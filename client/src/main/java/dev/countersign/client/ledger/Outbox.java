package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What still has to reach the server. Not a table of its own: changes above the last sealed one
 * wait, batches without an acknowledgement are in flight. Safe for any thread; signing and storing
 * happen under the store's one writer, so two pushers never seal the same changes twice.
 */
public final class Outbox {
  /** Room for the header and for the brackets and commas around the changes. */
  private static final int FRAME = 2048;

  /** Permissions on a device come with its people from the feed; there is one policy so far. */
  private static final long POLICY = 1;

  private static final String BATCH =
      "SELECT number, first, last, hash, signature, payload FROM batch";

  private final TillStore store;
  private final Enrolled enrolled;
  private final OwnKey key;
  private final InstantSource clock;
  private final LongSupplier monotonicNanos;
  private final UUID boot;
  private final Shelf shelf;
  private final Runnable forget;
  private final Listeners listeners;

  /**
   * @param forget drops what readers keep in memory of what may have been judged
   */
  Outbox(
      TillStore store,
      Enrolled enrolled,
      OwnKey key,
      InstantSource clock,
      LongSupplier monotonicNanos,
      UUID boot,
      Shelf shelf,
      Runnable forget,
      Listeners listeners) {
    this.store = store;
    this.enrolled = enrolled;
    this.key = key;
    this.clock = clock;
    this.monotonicNanos = monotonicNanos;
    this.boot = boot;
    this.shelf = shelf;
    this.forget = forget;
    this.listeners = listeners;
  }

  private record Position(UUID epoch, long cursor, @Nullable String stopped) {}

  private record Last(long number, long change, Hash hash) {}

  private record Waiting(long number, byte[] body) {}

  /**
   * The oldest batch that is not acknowledged; else a new one, sealed, signed and on the disk
   * before it is returned; else empty when nothing waits or the device is stopped.
   */
  public Optional<SealedBatch> nextToSend() {
    return store.write(
        db -> {
          Position position = position(db);
          if (position.stopped() != null) {
            return Optional.empty();
          }
          Optional<SealedBatch> inFlight =
              db.first(BATCH + " WHERE ack IS NULL ORDER BY number LIMIT 1", this::batch);
          // While a new key waits for its answer, nobody knows which one the next batch is under.
          return inFlight.isPresent() || OwnKey.pending(db).isPresent()
              ? inFlight
              : seal(db, position);
        });
  }

  /** A batch that was sealed before, acknowledged or not, for a server that lost it. */
  public Optional<SealedBatch> batch(long number) {
    return store.read(db -> db.first(BATCH + " WHERE number = ?", this::batch, number));
  }

  /** The newest batch that was countersigned, unless the device is stopped. */
  public Optional<SealedBatch> newestAcknowledged() {
    return store.read(
        db ->
            position(db).stopped() != null
                ? Optional.empty()
                : db.first(
                    BATCH + " WHERE ack IS NOT NULL ORDER BY number DESC LIMIT 1", this::batch));
  }

  /**
   * Stores the server's countersignature and every verdict that is not plainly accepted. The caller
   * has verified the envelope's signature. Doing it twice is fine; another word on the same batch,
   * from a server that was restored and judged it anew, takes the place of the former.
   *
   * @param envelope the acknowledgement's envelope as received, kept as evidence
   * @throws AcknowledgementRefusedException when it is not for this batch, byte for byte
   */
  public void acknowledged(long number, byte[] envelope, Acknowledgement ack)
      throws AcknowledgementRefusedException {
    boolean news =
        store.write(
            db -> {
              SealedBatch batch =
                  db.first(BATCH + " WHERE number = ?", this::batch, number)
                      .orElseThrow(() -> new AcknowledgementRefusedException("no batch " + number));
              requireFor(batch, ack);
              int updated =
                  db.update(
                      "UPDATE batch SET ack = ? WHERE number = ? AND (ack IS NULL OR ack <> ?)",
                      envelope,
                      number,
                      envelope);
              if (updated == 1) {
                db.update(
                    "DELETE FROM verdict WHERE number BETWEEN ? AND ?",
                    batch.first(),
                    batch.last());
                insertVerdicts(db, ack.verdicts());
                db.update(
                    "UPDATE state SET told_at = max(coalesce(told_at, 0), ?)",
                    ack.received().toEpochMilli());
                shelf.judged(db, batch.first(), batch.last(), ack.verdicts());
                AccountBook.judged(db, batch.first(), batch.last());
                CardBalances.judged(db, batch.first(), batch.last());
                Written.judged(db, batch.first(), batch.last(), ack.verdicts());
              }
              return updated == 1;
            });
    if (news) {
      forget.run();
      listeners.tell();
    }
  }

  /**
   * What the server has not countersigned.
   *
   * @param changes how many records are in the batches
   * @param sales how many of those are sales
   */
  public record Unsent(List<SealedBatch> batches, long changes, long sales) {}

  /**
   * Ends recording for good and seals everything that waits, in one transaction: what is not in the
   * answer was countersigned and is with the server still, and nothing comes after it. Doing it
   * twice gives the same.
   *
   * @param last the number of the last batch that the server says it has; one that was restored
   *     from a backup has less than it once acknowledged
   */
  public Unsent retire(long last) {
    Unsent unsent =
        store.write(
            db -> {
              db.update("UPDATE state SET retired = 1");
              Position position = position(db);
              while (seal(db, position).isPresent()) {
                // Each call takes the next run.
              }
              List<SealedBatch> batches =
                  db.list(
                      BATCH + " WHERE ack IS NULL OR number > ? ORDER BY number",
                      this::batch,
                      last);
              long first = batches.isEmpty() ? Long.MAX_VALUE : batches.getFirst().first();
              long changes =
                  batches.stream().mapToLong(each -> each.last() - each.first() + 1).sum();
              long sales =
                  db.first(
                          "SELECT count(*) FROM sale WHERE number >= ?",
                          row -> row.integer(1),
                          first)
                      .orElse(0L);
              return new Unsent(batches, changes, sales);
            });
    listeners.tell();
    return unsent;
  }

  /** How far the server knows what happened here. */
  public OutboxState state() {
    return store.read(
        db -> {
          long acknowledged =
              db.first(
                      "SELECT last FROM batch WHERE ack IS NOT NULL ORDER BY number DESC LIMIT 1",
                      row -> row.integer(1))
                  .orElse(0L);
          long last =
              db.first("SELECT coalesce(max(number), 0) FROM change", row -> row.integer(1))
                  .orElse(0L);
          var since =
              db.first(
                  "SELECT at FROM change WHERE number = ?",
                  row -> row.instant(1),
                  acknowledged + 1);
          long needsManager =
              db.first("SELECT count(*) FROM verdict WHERE decision IS NULL", row -> row.integer(1))
                  .orElse(0L);
          return new OutboxState(
              Math.max(0, last - acknowledged),
              since.orElse(null),
              needsManager,
              position(db).stopped());
        });
  }

  /** The server refuses everything from this device until a person has looked. */
  public void frozen(String code) {
    store.write(db -> db.update("UPDATE replica SET stopped = ?", code));
    listeners.tell();
  }

  /** A person has looked: sending goes on. */
  public void resume() {
    store.write(db -> db.update("UPDATE replica SET stopped = NULL"));
    listeners.tell();
  }

  /** Signs something other than a batch with the device's key, such as a sign-in's challenge. */
  public Envelope sign(String payloadType, byte[] payload) {
    return key.sign(payloadType, payload);
  }

  private Optional<SealedBatch> seal(Db db, Position position) throws SQLException {
    Last last =
        db.first(
                "SELECT number, last, hash FROM batch ORDER BY number DESC LIMIT 1",
                row -> new Last(row.integer(1), row.integer(2), row.hash(3)))
            .orElse(new Last(0, 0, Hash.ZERO));
    List<byte[]> changes = run(db, last.change());
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    long end = last.change() + changes.size();
    BatchHeader header =
        new BatchHeader(
            enrolled.tenant(),
            enrolled.device(),
            position.epoch(),
            last.number() + 1,
            last.hash(),
            last.change() + 1,
            end,
            boot,
            monotonicNanos.getAsLong(),
            clock.instant(),
            POLICY,
            position.cursor());
    byte[] payload = BatchCodec.encode(header, changes);
    byte[] signature = sign(BatchCodec.PAYLOAD_TYPE, payload).signature();
    Hash hash = Hash.of(payload);
    db.update(
        "INSERT INTO batch (number, first, last, hash, signature, sealed_at, payload)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        header.number(),
        header.firstChange(),
        end,
        hash,
        signature,
        header.wall(),
        payload);
    return Optional.of(
        new SealedBatch(
            enrolled.device(),
            header.number(),
            header.firstChange(),
            end,
            payload,
            signature,
            hash));
  }

  /** The longest run within the limits, at least one change: none over the limit was recorded. */
  private static List<byte[]> run(Db db, long after) throws SQLException {
    List<Waiting> waiting = new ArrayList<>();
    db.each(
        "SELECT number, body FROM change WHERE number > ? ORDER BY number LIMIT ?",
        row -> waiting.add(new Waiting(row.integer(1), row.bytes(2))),
        after,
        Limits.BATCH_CHANGES);
    List<byte[]> run = new ArrayList<>();
    long bytes = FRAME;
    for (Waiting change : waiting) {
      if (change.number() != after + run.size() + 1) {
        throw new IllegalStateException("change " + (after + run.size() + 1) + " is missing");
      }
      bytes += change.body().length + 1;
      if (!run.isEmpty() && bytes > Limits.BATCH_BYTES) {
        break;
      }
      run.add(change.body());
    }
    return run;
  }

  private void requireFor(SealedBatch batch, Acknowledgement ack)
      throws AcknowledgementRefusedException {
    boolean same =
        ack.tenant().equals(enrolled.tenant())
            && ack.device().equals(enrolled.device())
            && ack.batch() == batch.number()
            && ack.batchHash().equals(batch.hash().toHex());
    if (!same) {
      throw new AcknowledgementRefusedException("for another batch");
    }
    long expected = batch.first();
    for (Judged judged : ack.verdicts()) {
      if (judged.number() != expected++) {
        throw new AcknowledgementRefusedException("verdicts for other changes");
      }
    }
    if (expected != batch.last() + 1) {
      throw new AcknowledgementRefusedException("a verdict is missing");
    }
  }

  private static void insertVerdicts(Db db, List<Judged> verdicts) throws SQLException {
    boolean questioned = false;
    for (Judged judged : verdicts) {
      if (judged.verdict() != Verdict.ACCEPTED) {
        questioned = true;
        db.update(
            "INSERT INTO verdict (number, verdict, code, log_index) VALUES (?, ?, ?, ?)",
            judged.number(),
            judged.verdict().name(),
            judged.code(),
            judged.logIndex());
      }
    }
    if (questioned) {
      applyDecisions(db);
    }
  }

  /** What was decided may be told before the verdict that it is about. */
  private static void applyDecisions(Db db) throws SQLException {
    List<byte[]> told =
        db.list("SELECT body FROM reference WHERE kind = 'resolution'", row -> row.bytes(1));
    for (byte[] body : told) {
      decided(db, Json.decode(body, ResolutionItem.class));
    }
  }

  /** A person decided on a change of this device. */
  static void decided(Db db, ResolutionItem resolution) throws SQLException {
    db.update(
        "UPDATE verdict SET decision = ? WHERE number = ?",
        resolution.decision(),
        resolution.number());
  }

  private static Position position(Db db) throws SQLException {
    return db.first(
            "SELECT epoch, cursor, stopped FROM replica",
            row -> new Position(row.uuid(1), row.integer(2), row.textOrNull(3)))
        .orElseThrow(() -> new SQLException("no replica row"));
  }

  private SealedBatch batch(Row row) throws SQLException {
    return new SealedBatch(
        enrolled.device(),
        row.integer(1),
        row.integer(2),
        row.integer(3),
        row.bytes(6),
        row.bytes(5),
        row.hash(4));
  }
}
