package dev.countersign.server.ingest;

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
   * @param mentions what its changes speak of
   */
  record Batch(ReadBatch read, List<ReadChange> changes, BatchGround.Mentions mentions)
      implements Reading {}

  /** Not a batch; the reason is for a developer. */
  record NoBatch(String reason) implements Reading {}

  /** Reads a payload and every change in it: strict, bounded and without effect. */
  static Reading of(byte[] payload, Executor executor) {
    try {
      ReadBatch read = BatchCodec.decode(payload);
      List<ReadChange> changes = ReadChange.all(read, executor);
      return new Batch(read, changes, BatchGround.Mentions.of(changes));
    } catch (BatchFormatException e) {
      return new NoBatch(String.valueOf(e.getMessage()));
    }
  }
}
