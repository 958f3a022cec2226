package dev.countersign.server.export;

import dev.countersign.common.change.ChangeType;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.ReadLeaf;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks entry after entry against the batches they rest on, and adds them to the tree. */
final class EntryCheck {
  /** A batch whose changes' entries are awaited. */
  private static final class Awaited {
    private final String device;
    private final ReadBatch batch;
    private int done;

    Awaited(String device, ReadBatch batch) {
      this.device = device;
      this.batch = batch;
    }
  }

  private final UUID tenant;
  private final SignatureChecks checks;
  private final DeviceChains chains = new DeviceChains();
  private final TreeFrontier tree = new TreeFrontier();
  private final MessageDigest digest = Hash.newDigest();
  private @Nullable Awaited awaited;
  private long batches;
  private long sales;
  private long total;

  EntryCheck(UUID tenant, SignatureChecks checks) {
    this.tenant = tenant;
    this.checks = checks;
  }

  long count() {
    return tree.size();
  }

  Hash root() {
    return tree.root();
  }

  ExportReport report(String currency) {
    return new ExportReport.Sound(tree.size(), batches, sales, total, currency);
  }

  /** Checks the entry on this line, and the payload on the next where one belongs to it. */
  void entry(ExportLines lines) throws IOException, BrokenExportException {
    digest.update((byte) 0);
    digest.update(lines.buffer(), lines.contentStart(), lines.contentLength());
    Hash leafHash = Hash.finish(digest);
    try {
      ReadLeaf leaf = ReadLeaf.parse(lines.buffer(), lines.contentStart(), lines.contentLength());
      if (leaf.index() != tree.size()) {
        throw lines.broken("entry " + leaf.index() + " stands in the place of " + tree.size());
      }
      tree.append(leafHash);
      Awaited open = awaited;
      if (open != null) {
        change(lines, leaf, open);
      } else if (leaf.what().equals(AuditEntry.BATCH)) {
        batch(lines, leaf);
      } else if (!leaf.verdict().isEmpty()) {
        throw lines.broken("a verdict without a batch");
      } else if (leaf.what().equals(AuditEntry.DEVICE_ENROLLED)) {
        chains.enrol(leaf);
      } else if (leaf.what().equals(AuditEntry.DEVICE_KEY_ROTATED)) {
        chains.renew(leaf, below(lines, leaf).bytes());
      } else {
        chains.heard(leaf);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw lines.broken(String.valueOf(e.getMessage()));
    }
  }

  /** At the end of the entries. */
  void finish(ExportLines lines) throws BrokenExportException {
    if (awaited != null) {
      throw lines.broken("the verdicts on a batch's last changes are missing");
    }
  }

  /** What stands on the line below an entry, with its hash. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Payload(byte[] bytes, Hash hash) {}

  /** What stands on the line below an entry, and is what the entry names. */
  private static Payload below(ExportLines lines, ReadLeaf leaf)
      throws IOException, BrokenExportException {
    if (!lines.next()) {
      throw lines.broken("the export is cut off");
    }
    byte[] payload = lines.bytes('P');
    Hash hash = Hash.of(payload);
    if (!hash.toHex().equals(leaf.payload())) {
      throw lines.broken("the payload is not the one that its entry names");
    }
    return new Payload(payload, hash);
  }

  private void batch(ExportLines lines, ReadLeaf leaf) throws IOException, BrokenExportException {
    Payload below = below(lines, leaf);
    byte[] payload = below.bytes();
    ReadBatch batch;
    try {
      batch = BatchCodec.decode(payload);
    } catch (BatchFormatException _) {
      throw lines.broken("the payload is not a batch");
    }
    if (!batch.header().tenant().equals(tenant)
        || !batch.header().device().toString().equals(leaf.device())
        || batch.header().number() != leaf.batch()) {
      throw lines.broken("the batch names another tenant, device or number than its entry");
    }
    VerifyKey key = chains.advance(leaf.device(), batch.header(), below.hash());
    Envelope envelope =
        new Envelope(
            BatchCodec.PAYLOAD_TYPE, payload, leaf.device(), StrictBase64.decode(leaf.signature()));
    checks.add(lines.number(), envelope, key);
    batches++;
    awaited = new Awaited(leaf.device(), batch);
  }

  private void change(ExportLines lines, ReadLeaf leaf, Awaited open) throws BrokenExportException {
    ReadBatch.Slice slice = open.batch.changes().get(open.done);
    digest.update(open.batch.payload(), slice.offset(), slice.length());
    if (!Hash.finish(digest).toHex().equals(leaf.payload()) || !leaf.device().equals(open.device)) {
      throw lines.broken("the entry is not that of the batch's change " + (open.done + 1));
    }
    boolean counts =
        switch (Verdict.valueOf(leaf.verdict())) {
          case ACCEPTED, FLAGGED -> true;
          case QUARANTINED, SUPERSEDED -> false;
        };
    if (counts) {
      counted(lines, leaf, open.batch.payload(), slice);
    }
    if (++open.done == open.batch.changes().size()) {
      awaited = null;
    }
  }

  private void counted(ExportLines lines, ReadLeaf leaf, byte[] payload, ReadBatch.Slice slice)
      throws BrokenExportException {
    if (chains.isCutOff(leaf.device())) {
      throw lines.broken("a change counts that came after its device was cut off");
    }
    ChangeGlance change = ChangeGlance.of(payload, slice.offset(), slice.length());
    boolean same =
        change.type().equals(leaf.what())
            && change.entity().equals(leaf.entity())
            && change.actor().equals(leaf.who());
    if (!same) {
      throw lines.broken("the entry says something else than the change it names");
    }
    if (change.type().equals(ChangeType.SALE_COMPLETED.wireName())) {
      sales++;
      total = Math.addExact(total, change.total());
    }
  }
}
