package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.ReadBatch;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** One change of a batch: read, or the reason why it cannot be. Each stands for itself. */
sealed interface ReadChange {
  /** Its number by its place in the batch. */
  long number();

  /** SHA-256 of its bytes. */
  Hash hash();

  /** Understood. */
  record Readable(long number, Hash hash, Change change) implements ReadChange {}

  /** Not understood; kept as bytes and quarantined. */
  record Unreadable(long number, Hash hash, String code) implements ReadChange {}

  /** Reads every change of a batch. */
  static List<ReadChange> all(ReadBatch batch) {
    MessageDigest digest = Hash.newDigest();
    List<ReadChange> read = new ArrayList<>(batch.changes().size());
    long number = batch.header().firstChange();
    for (ReadBatch.Slice slice : batch.changes()) {
      digest.update(batch.payload(), slice.offset(), slice.length());
      read.add(one(batch.payload(), slice, number++, Hash.finish(digest)));
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
          ? new Readable(number, hash, change)
          : new Unreadable(number, hash, "wrong-number");
    } catch (UnreadableChangeException e) {
      return new Unreadable(number, hash, e.code());
    }
  }
}
