package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.ReadBatch;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One change of a batch: read, or the reason why it cannot be. Each stands for itself. */
sealed interface ReadChange {
  /** Its number by its place in the batch. */
  long number();

  /** SHA-256 of its bytes. */
  Hash hash();

  /** Understood. */
  record Readable(long number, Hash hash, Change change, FirstLook look) implements ReadChange {}

  /** Not understood; kept as bytes and quarantined. */
  record Unreadable(long number, Hash hash, String code) implements ReadChange {}

  /** From so many changes on it is worth doing half of the work on another core. */
  int WORTH_HALVING = 32;

  /** Where work on so many changes is done best: on the executor, or at once by whoever asks. */
  static Executor beside(int changes, Executor executor) {
    return changes < WORTH_HALVING ? Runnable::run : executor;
  }

  /** Reads every change of a batch, half of a long one on the executor. */
  static List<ReadChange> all(ReadBatch batch, Executor executor) {
    int count = batch.changes().size();
    if (count < WORTH_HALVING) {
      return run(batch, 0, count);
    }
    CompletableFuture<List<ReadChange>> second =
        CompletableFuture.supplyAsync(() -> run(batch, count / 2, count), executor);
    List<ReadChange> read = run(batch, 0, count / 2);
    read.addAll(second.join());
    return read;
  }

  private static List<ReadChange> run(ReadBatch batch, int from, int to) {
    MessageDigest digest = Hash.newDigest();
    List<ReadChange> read = new ArrayList<>(batch.changes().size());
    for (int i = from; i < to; i++) {
      ReadBatch.Slice slice = batch.changes().get(i);
      digest.update(batch.payload(), slice.offset(), slice.length());
      read.add(one(batch.payload(), slice, batch.header().firstChange() + i, Hash.finish(digest)));
    }
    return read;
  }

  private static ReadChange one(byte[] payload, ReadBatch.Slice slice, long number, Hash hash) {
    if (!StrictText.isUnicode(payload, slice.offset(), slice.length())) {
      return new Unreadable(number, hash, Judge.MALFORMED);
    }
    try {
      Change change = ChangeCodec.decode(payload, slice.offset(), slice.length());
      return change.number() == number
          ? new Readable(number, hash, change, FirstLook.at(change))
          : new Unreadable(number, hash, "wrong-number");
    } catch (UnreadableChangeException e) {
      return new Unreadable(number, hash, e.code());
    }
  }
}
