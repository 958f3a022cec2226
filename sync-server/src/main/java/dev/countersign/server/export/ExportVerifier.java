package dev.countersign.server.export;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Verifies an export with nothing but the log's public key: that the entries are those of the
 * signed checkpoint, that every batch is the one its entry names and signed by the device whose key
 * the log itself registered, that no device's batches have a gap, that every verdict stands on its
 * change, that no byte is added or missing, and that the log is the one that its witnesses and the
 * Z reports of its tills say it was. One pass, entries on all cores that the executor has; memory
 * does not grow with the export.
 */
public final class ExportVerifier {
  /** Runs that are held at once; each is some hundred kilobytes. */
  private static final int RUNS_UNDER_WAY = 8;

  private final LogKey pinned;
  private final Executor executor;
  private final List<String> seen;

  /**
   * Takes the key that is trusted.
   *
   * @param pinned the log's key as its owner keeps it, never as the export claims it
   * @param executor looks at entries and checks signatures beside the reading
   */
  public ExportVerifier(LogKey pinned, Executor executor) {
    this(pinned, executor, List.of());
  }

  /**
   * Takes the key that is trusted, and what tills or other witnesses saw of the log before: who
   * holds the log's key can rewrite all that no device signed, and only this shows it.
   *
   * @param seen whole signed checkpoints; the log must be a continuation of each
   */
  public ExportVerifier(LogKey pinned, Executor executor, List<String> seen) {
    this.pinned = pinned;
    this.executor = executor;
    this.seen = List.copyOf(seen);
  }

  /**
   * Reads the stream to its end, or to the first thing that is wrong.
   *
   * @throws IOException only if reading fails
   */
  public ExportReport verify(InputStream in) throws IOException {
    SignatureChecks checks = new SignatureChecks(executor);
    try {
      ExportReport report = check(new ExportLines(in), checks);
      checks.finish();
      return report;
    } catch (BrokenExportException e) {
      return checks.firstBroken().orElse(e).report();
    }
  }

  private ExportReport check(ExportLines lines, SignatureChecks checks)
      throws IOException, BrokenExportException {
    require(lines, lines.next(), "the file is empty");
    require(
        lines,
        lines.whole().equals(ExportFormat.FIRST_LINE),
        "not an export of this format and version");
    next(lines);
    String[] tenant = lines.content('T').split(" ", -1);
    require(
        lines,
        tenant.length == 2 && tenant[1].matches("[A-Z]{3}"),
        "the line must name tenant and currency");
    UUID tenantId = lines.uuid(tenant[0]);
    next(lines);
    LogKeys keys = LogKeys.read(lines, tenantId, pinned);
    LogKey current = keys.current();
    SeenHeads heads = SeenHeads.of(seen, keys, lines);
    try {
      VerifyKey.fromBase64(lines.content('V'));
    } catch (IllegalArgumentException _) {
      throw lines.broken("the server's key is no key");
    }
    next(lines);
    WitnessWords witnesses = WitnessWords.read(lines, keys);
    EntryCheck entries = new EntryCheck(checks, heads, witnesses, lines.number());
    entries(lines, tenantId, entries);
    checkpoint(lines, entries, current);
    heads.finish(lines);
    next(lines);
    byte[] signature = lines.bytes('S');
    require(
        lines,
        current.key().verify(ExportFormat.signedBytes(lines.hashOfFrame()), signature),
        "the signature under the export is not the log key's over these bytes");
    require(lines, !lines.next(), "something follows the end");
    return entries.report(tenant[1]);
  }

  /** A run that is looked at. */
  private record Look(EntryRun run, CompletableFuture<List<Looked>> looked) {}

  /** Looks at runs of entries on the executor and puts them in their order here. */
  private void entries(ExportLines lines, UUID tenant, EntryCheck entries)
      throws IOException, BrokenExportException {
    EntryRuns runs = new EntryRuns(lines);
    Deque<Look> underWay = new ArrayDeque<>();
    try {
      for (var run = runs.next(); run.isPresent(); run = runs.next()) {
        EntryRun next = run.get();
        if (underWay.size() == RUNS_UNDER_WAY) {
          finish(underWay.removeFirst(), lines, entries);
        }
        underWay.addLast(
            new Look(
                next, CompletableFuture.supplyAsync(() -> RunLook.at(tenant, next), executor)));
      }
    } catch (BrokenExportException e) {
      // What stands before it may be wrong as well, and was wrong first.
      finishAll(underWay, lines, entries);
      throw e;
    }
    finishAll(underWay, lines, entries);
  }

  private static void finishAll(Deque<Look> underWay, ExportLines lines, EntryCheck entries)
      throws BrokenExportException {
    while (!underWay.isEmpty()) {
      finish(underWay.removeFirst(), lines, entries);
    }
  }

  private static void finish(Look look, ExportLines lines, EntryCheck entries)
      throws BrokenExportException {
    entries.add(look.looked().join());
    lines.giveBack(look.run().bytes());
  }

  private static void checkpoint(ExportLines lines, EntryCheck entries, LogKey current)
      throws BrokenExportException {
    String text = new String(lines.bytes('C'), StandardCharsets.UTF_8);
    CheckpointReading reading = Checkpoint.parse(text, current.name(), current.key());
    if (!(reading instanceof CheckpointReading.Verified(var signed))) {
      throw lines.broken("the checkpoint is not signed by the log's key");
    }
    require(
        lines,
        signed.checkpoint().size() == entries.count(),
        "the checkpoint is over "
            + signed.checkpoint().size()
            + " entries, the export has "
            + entries.count());
    require(
        lines,
        signed.checkpoint().root().equals(entries.root()),
        "the entries are not those that the checkpoint signs: one was changed, swapped or"
            + " replaced");
  }

  private static void next(ExportLines lines) throws IOException, BrokenExportException {
    require(lines, lines.next(), "the export is cut off");
  }

  private static void require(ExportLines lines, boolean holds, String otherwise)
      throws BrokenExportException {
    if (!holds) {
      throw lines.broken(otherwise);
    }
  }
}
