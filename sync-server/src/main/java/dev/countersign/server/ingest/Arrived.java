package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A batch that was read and packed, and of which nothing is believed yet. */
public final class Arrived {
  private final Envelope envelope;
  private final CompletableFuture<byte[]> packed;
  private final Reading reading;

  private Arrived(Envelope envelope, CompletableFuture<byte[]> packed, Reading reading) {
    this.envelope = envelope;
    this.packed = packed;
    this.reading = reading;
  }

  static Arrived of(Envelope envelope, Executor executor) {
    Reading reading = Reading.of(envelope.payload(), executor);
    // After the reading, whose other half is waited for; this is not until the rows are written.
    int changes = reading instanceof Reading.Batch batch ? batch.changes().size() : 0;
    var packed =
        CompletableFuture.supplyAsync(
            () -> StoredBatch.pack(envelope.payload()), ReadChange.beside(changes, executor));
    return new Arrived(envelope, packed, reading);
  }

  Envelope envelope() {
    return envelope;
  }

  /** The payload as it is stored. */
  CompletableFuture<byte[]> packed() {
    return packed;
  }

  Reading reading() {
    return reading;
  }
}
