package dev.countersign.server.export;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.protocol.KeyLine;
import dev.countersign.common.protocol.Succession;
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
 * change, and that no byte is added or missing. One pass, entries on all cores that the executor
 * has; memory does not grow with the export.
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
    UUID tenantId = uuid(lines, tenant[0]);
    next(lines);
    KeyLine keys = keys(lines, tenantId);
    LogKey current = new LogKey(pinned.name(), keys.newest());
    SeenHeads heads = SeenHeads.of(seen, pinned.name(), keys.keys(), lines);
    try {
      VerifyKey.fromBase64(lines.content('V'));
    } catch (IllegalArgumentException _) {
      throw lines.broken("the server's key is no key");
    }
    EntryCheck entries = new EntryCheck(checks, heads);
    heads.compare(lines.number(), new TreeFrontier());
    next(lines);
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

  /** Looks at runs of entries on the executor and puts them in their order here. */
  private void entries(ExportLines lines, UUID tenant, EntryCheck entries)
      throws IOException, BrokenExportException {
    EntryRuns runs = new EntryRuns(lines);
    Deque<CompletableFuture<List<Looked>>> underWay = new ArrayDeque<>();
    try {
      for (var run = runs.next(); run.isPresent(); run = runs.next()) {
        EntryRun next = run.get();
        if (underWay.size() == RUNS_UNDER_WAY) {
          entries.add(underWay.removeFirst().join());
        }
        underWay.addLast(CompletableFuture.supplyAsync(() -> RunLook.at(tenant, next), executor));
      }
    } catch (BrokenExportException e) {
      // What stands before it may be wrong as well, and was wrong first.
      while (!underWay.isEmpty()) {
        entries.add(underWay.removeFirst().join());
      }
      throw e;
    }
    while (!underWay.isEmpty()) {
      entries.add(underWay.removeFirst().join());
    }
  }

  /**
   * The log's keys from the trusted one to the one in use, which gave way to each other step by
   * step. Afterwards the lines stand behind the statements.
   */
  private KeyLine keys(ExportLines lines, UUID tenant) throws IOException, BrokenExportException {
    String claimed = lines.content('K');
    KeyLine line = KeyLine.of(Succession.Kind.LOG, tenant.toString(), pinned.key());
    next(lines);
    while (lines.kind() == 'N') {
      switch (line.follow(lines.bytes('N'))) {
        case KeyLine.Step.Grown(KeyLine longer, var _) -> line = longer;
        case KeyLine.Step.Forked(String reason) -> throw lines.broken(reason);
        case KeyLine.Step.Known _, KeyLine.Step.Refused _ -> {
          // From before the key that is trusted, or of no use to follow it.
        }
      }
      next(lines);
    }
    require(
        lines,
        claimed.equals(new LogKey(pinned.name(), line.newest()).text()),
        "the export is of another log, or its log has another key, than the one you trust");
    return line;
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

  private static UUID uuid(ExportLines lines, String text) throws BrokenExportException {
    try {
      UUID id = UUID.fromString(text);
      require(lines, id.toString().equals(text), "not a canonical id");
      return id;
    } catch (IllegalArgumentException _) {
      throw lines.broken("not an id");
    }
  }

  private static void require(ExportLines lines, boolean holds, String otherwise)
      throws BrokenExportException {
    if (!holds) {
      throw lines.broken(otherwise);
    }
  }
}
