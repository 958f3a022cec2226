package dev.countersign.server.export;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.OpenBatch;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.ReadLeaf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the entries of a run by themselves: that each payload and each change is the one its
 * entry names, and says what the entry says. On any core; what stands before the run is compared
 * afterwards.
 */
final class RunLook {
  private static final byte[] ACCEPTED =
      Verdict.ACCEPTED.name().getBytes(StandardCharsets.US_ASCII);

  private final UUID tenant;
  private final EntryRun run;
  private final MessageDigest digest = Hash.newDigest();
  private final List<Looked> looked;
  private int line;

  private @Nullable OpenBatch batch;
  private String device = "";
  private byte[] deviceBytes = {};
  private long batchLine;

  /** Where its next change begins, and how many were before. */
  private int next;

  private int done;

  private RunLook(UUID tenant, EntryRun run) {
    this.tenant = tenant;
    this.run = run;
    this.looked = new ArrayList<>(run.count());
  }

  /** What the run holds, up to the first thing that is wrong. */
  static List<Looked> at(UUID tenant, EntryRun run) {
    RunLook look = new RunLook(tenant, run);
    while (look.line < run.count()) {
      long number = run.number(look.line);
      Looked next = look.next();
      look.looked.add(next);
      if (next instanceof Looked.Wrong) {
        return look.looked;
      }
      if (run.number(look.line) == number) {
        throw new IllegalStateException("a look that does not go on");
      }
    }
    if (look.batch != null) {
      look.looked.add(
          new Looked.Wrong(
              run.number(run.count()), -1, "the verdicts on a batch's last changes are missing"));
    }
    return look.looked;
  }

  private Looked next() {
    int at = line++;
    long number = run.number(at);
    if (run.kind(at) != 'E') {
      return new Looked.Wrong(number, -1, "a line that belongs to no entry");
    }
    int start = run.contentStart(at);
    int length = run.contentLength(at);
    digest.update((byte) 0);
    digest.update(run.bytes(), start, length);
    Hash hash = Hash.finish(digest);
    ReadLeaf leaf;
    try {
      leaf = ReadLeaf.parse(run.bytes(), start, length);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return new Looked.Wrong(number, -1, String.valueOf(e.getMessage()));
    }
    try {
      return entry(number, hash, leaf);
    } catch (BrokenExportException e) {
      return new Looked.Wrong(e.line(), leaf.index(), e.reason());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return new Looked.Wrong(number, leaf.index(), String.valueOf(e.getMessage()));
    }
  }

  private Looked entry(long number, Hash hash, ReadLeaf leaf) throws BrokenExportException {
    OpenBatch open = batch;
    if (open != null) {
      return change(number, hash, leaf, open);
    }
    String what = leaf.what();
    if (what.equals(AuditEntry.BATCH)) {
      return batch(number, hash, leaf);
    }
    if (!leaf.verdict().isEmpty()) {
      throw new BrokenExportException(number, "a verdict without a batch");
    }
    return what.equals(AuditEntry.DEVICE_KEY_ROTATED)
        ? new Looked.KeyChange(number, hash, leaf, below(leaf).bytes())
        : new Looked.Event(number, hash, leaf);
  }

  /** What stands on the line below an entry, with its hash. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Payload(byte[] bytes, Hash hash) {}

  /** What stands on the line below an entry, and is what the entry names. */
  private Payload below(ReadLeaf leaf) throws BrokenExportException {
    int at = line++;
    long number = run.number(at);
    if (at >= run.count() || run.kind(at) != 'P') {
      throw new BrokenExportException(number, "a line of kind P is missing here");
    }
    byte[] payload;
    try {
      payload = StrictBase64.decode(run.bytes(), run.contentStart(at), run.contentLength(at));
    } catch (IllegalArgumentException _) {
      throw new BrokenExportException(number, "not canonical Base64");
    }
    Hash hash = Hash.of(payload);
    if (!leaf.names(hash)) {
      throw new BrokenExportException(number, "the payload is not the one that its entry names");
    }
    return new Payload(payload, hash);
  }

  private Looked batch(long number, Hash leafHash, ReadLeaf leaf) throws BrokenExportException {
    Payload below = below(leaf);
    batchLine = number + 1;
    OpenBatch read;
    try {
      read = BatchCodec.open(below.bytes());
    } catch (BatchFormatException _) {
      throw notABatch();
    }
    device = leaf.device();
    deviceBytes = device.getBytes(StandardCharsets.UTF_8);
    if (!read.header().tenant().equals(tenant)
        || !read.header().device().toString().equals(device)
        || read.header().number() != leaf.batch()) {
      throw new BrokenExportException(
          number + 1, "the batch names another tenant, device or number than its entry");
    }
    Envelope envelope =
        new Envelope(
            BatchCodec.PAYLOAD_TYPE, below.bytes(), device, StrictBase64.decode(leaf.signature()));
    batch = read;
    next = read.firstChange();
    done = 0;
    return new Looked.Batch(number, leaf.index(), leafHash, read.header(), below.hash(), envelope);
  }

  private Looked change(long number, Hash leafHash, ReadLeaf leaf, OpenBatch open)
      throws BrokenExportException {
    int from = next;
    byte[] payload = open.payload();
    ChangeGlance change = counts(leaf) ? ChangeGlance.at(payload, from, payload.length) : null;
    int end = change == null ? endOfChange(open) : change.behind();
    digest.update(payload, from, end - from);
    if (!leaf.names(Hash.finish(digest))
        || !leaf.has(ReadLeaf.Field.DEVICE, deviceBytes, 0, deviceBytes.length)) {
      throw new BrokenExportException(
          number, "the entry is not that of the batch's change " + (done + 1));
    }
    goOn(open, end);
    if (change == null) {
      // It may be what somebody who rewrote the log wants nobody to count.
      Looked.Said said = said(number, leaf, ChangeGlance.headIn(payload, from, end - from));
      return new Looked.Change(number, leaf.index(), leafHash, device, false, false, 0, said);
    }
    if (!change.isThatOf(leaf)) {
      throw new BrokenExportException(
          number, "the entry says something else than the change it names");
    }
    boolean sale = change.isSale();
    Looked.Said said = sale ? null : said(number, leaf, change.saidHead());
    return new Looked.Change(
        number, leaf.index(), leafHash, device, true, sale, sale ? change.total() : 0, said);
  }

  private int endOfChange(OpenBatch open) throws BrokenExportException {
    try {
      return open.endOfChange(next);
    } catch (BatchFormatException _) {
      throw notABatch();
    }
  }

  /** To the batch's next change; behind the last one, nothing is left of it. */
  private void goOn(OpenBatch open, int end) throws BrokenExportException {
    try {
      next = open.behind(end, done);
    } catch (BatchFormatException _) {
      throw notABatch();
    }
    if (++done == open.count()) {
      batch = null;
    }
  }

  private BrokenExportException notABatch() {
    return new BrokenExportException(batchLine, "the payload is not a batch");
  }

  private static boolean counts(ReadLeaf leaf) {
    if (leaf.has(ReadLeaf.Field.VERDICT, ACCEPTED, 0, ACCEPTED.length)) {
      return true;
    }
    return switch (Verdict.valueOf(leaf.verdict())) {
      case ACCEPTED, FLAGGED -> true;
      case QUARANTINED, SUPERSEDED -> false;
    };
  }

  /** With the proof on the line below, which stands there where there can be one. */
  private Looked.@Nullable Said said(long number, ReadLeaf leaf, Optional<SaidHead> head)
      throws BrokenExportException {
    if (head.isEmpty()) {
      return null;
    }
    if (!head.get().isBefore(leaf.index())) {
      return new Looked.Said(head.get(), null);
    }
    int at = line++;
    if (at >= run.count() || run.kind(at) != 'Q') {
      throw new BrokenExportException(number + 1, "a line of kind Q is missing here");
    }
    try {
      return new Looked.Said(
          head.get(),
          ConsistencyProof.decode(
              StrictBase64.decode(run.bytes(), run.contentStart(at), run.contentLength(at))));
    } catch (IllegalArgumentException e) {
      throw new BrokenExportException(number + 1, String.valueOf(e.getMessage()));
    }
  }
}
