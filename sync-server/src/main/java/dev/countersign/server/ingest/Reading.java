package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import java.util.List;
import java.util.concurrent.Executor;

/** What a payload reads as. Believed only once its signature is. */
sealed interface Reading {
  /**
   * A batch.
   *
   * @param hash SHA-256 of the payload
   */
  record Batch(ReadBatch read, Hash hash, List<ReadChange> changes) implements Reading {}

  /** Not a batch; the reason is for a developer. */
  record NoBatch(String reason) implements Reading {}

  /** Reads a payload and every change in it: strict, bounded and without effect. */
  static Reading of(byte[] payload, Executor executor) {
    try {
      ReadBatch read = BatchCodec.decode(payload);
      return new Batch(read, Hash.of(payload), ReadChange.all(read, executor));
    } catch (BatchFormatException e) {
      return new NoBatch(String.valueOf(e.getMessage()));
    }
  }
}
