package dev.countersign.server.ingest;

import dev.countersign.server.ingest.ReadChange.Readable;
import dev.countersign.server.ingest.ReadChange.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a batch with the decision on each, in the batch's order.
 *
 * @param highestReceipt the highest receipt number of the device after the batch
 */
record JudgedBatch(List<Judged> changes, long highestReceipt) {

  /** A change and the decision on it. */
  record Judged(ReadChange read, Judgement judgement) {}

  /** Judges one after the other, each on the ground that the ones before left. */
  static JudgedBatch of(
      Judge judge,
      List<ReadChange> changes,
      Post post,
      BatchGround ground,
      boolean numbered,
      Instant received) {
    List<Judged> judged = new ArrayList<>(changes.size());
    for (ReadChange read : changes) {
      Judgement judgement =
          switch (read) {
            case Unreadable unreadable -> Judgement.quarantined(unreadable.code());
            case Readable _ when !numbered -> Judgement.quarantined("wrong-number");
            case Readable readable -> judge.judge(readable.change(), post, ground, received);
          };
      judged.add(new Judged(read, judgement));
      if (read instanceof Readable readable) {
        ground.carryOn(readable.change(), judgement, post, received);
      }
    }
    return new JudgedBatch(judged, ground.highestReceipt());
  }
}
