package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A batch that was read and packed, and of which nothing is believed yet. */
public final class Arrived {
  private final Hashed posted;
  private final CompletableFuture<byte[]> packed;
  private final Reading reading;

  private Arrived(Hashed posted, CompletableFuture<byte[]> packed, Reading reading) {
    this.posted = posted;
    this.packed = packed;
    this.reading = reading;
  }

  static Arrived of(Hashed posted, Executor executor) {
    Envelope envelope = posted.envelope();
    Reading reading = Reading.of(envelope.payload(), executor);
    // After the reading, whose other half is waited for; this is not until the rows are written.
    int changes = reading instanceof Reading.Batch batch ? batch.changes().size() : 0;
    var packed =
        CompletableFuture.supplyAsync(
            () -> StoredBatch.pack(envelope.payload()), ReadChange.beside(changes, executor));
    return new Arrived(posted, packed, reading);
  }

  Envelope envelope() {
    return posted.envelope();
  }

  Hashed posted() {
    return posted;
  }

  /** The payload as it is stored. */
  CompletableFuture<byte[]> packed() {
    return packed;
  }

  Reading reading() {
    return reading;
  }
}
