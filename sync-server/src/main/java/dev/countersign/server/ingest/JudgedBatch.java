package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.ingest.ReadChange.Readable;
import dev.countersign.server.ingest.ReadChange.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
            case Readable readable ->
                judge.judge(readable.change(), readable.look(), post, ground, received);
          };
      judged.add(new Judged(read, judgement));
      if (read instanceof Readable readable) {
        ground.carryOn(readable.change(), readable.look(), judgement, post, received);
      }
    }
    return new JudgedBatch(judged, ground.highestReceipt());
  }

  /** Whether every sale of it goes into the books. */
  boolean everySaleCounts() {
    return changes.stream()
        .allMatch(
            one ->
                one.judgement().counts()
                    || !(one.read() instanceof Readable readable)
                    || !(readable.change().body() instanceof SaleCompleted));
  }

  /** What the audit log says of the batch, and of each change. */
  List<AuditEntry> entries(
      UUID device,
      BatchHeader header,
      Hash hash,
      Envelope envelope,
      String address,
      Instant received) {
    List<AuditEntry> entries = new ArrayList<>(changes.size() + 1);
    entries.add(
        AuditEntry.batch(received, device, address, header.number(), hash, envelope.signature()));
    for (Judged one : changes) {
      String who = AuditEntry.DEVICE;
      String what = "unreadable";
      String entity = "";
      if (one.read() instanceof Readable(long _, var _, Change change, var _)) {
        who = change.actor().toString();
        what = change.type().wireName();
        entity = change.entity().toString();
      }
      entries.add(
          AuditEntry.change(
              received,
              who,
              device,
              what,
              entity,
              one.judgement().verdict(),
              one.judgement().code(),
              one.read().hash()));
    }
    return entries;
  }
}
