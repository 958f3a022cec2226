package dev.countersign.server.export;

import dev.countersign.common.protocol.Limits;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Cuts the entries of an export into runs that can be looked at apart from each other. */
final class EntryRuns {
  /** From here on a run ends where the next batch begins: enough to be worth another core. */
  private static final int ENOUGH = 256;

  /** A batch, its payload, its changes and a proof below each still fit behind that. */
  private static final int MOST = ENOUGH + 2 + 2 * Limits.BATCH_CHANGES;

  /** More than any honest run has. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final ExportLines lines;
  private final int[] ends = new int[MOST];
  private int count;

  /** Takes lines that stand at the first entry. */
  EntryRuns(ExportLines lines) {
    this.lines = lines;
  }

  /**
   * The next run. Afterwards the lines stand behind it, or one further: the entry of the next batch
   * is known by its payload and belongs to the next run.
   *
   * @return empty when the lines stand at something else than an entry
   */
  Optional<EntryRun> next() throws IOException, BrokenExportException {
    while (ExportFormat.isOfEntries(lines.kind())) {
      if (lines.kind() == 'P' && count > ENOUGH) {
        return Optional.of(take(count - 1));
      }
      if (count == MOST || count > 0 && ends[count - 1] - lines.held() > MOST_BYTES) {
        return Optional.of(take(count));
      }
      if (count == 0) {
        lines.hold();
      }
      ends[count++] = lines.stop();
      if (!lines.next()) {
        throw lines.broken("the export is cut off");
      }
    }
    return count == 0 ? Optional.empty() : Optional.of(take(count));
  }

  /** The first lines of those that are held, with the array that they stand in. */
  private EntryRun take(int lineCount) {
    int[] taken = Arrays.copyOf(ends, lineCount);
    long firstNumber = lines.number() - count;
    int from = lines.held();
    int rest = taken[lineCount - 1] + 1;
    int kept = count - lineCount;
    if (kept > 0) {
      ends[0] = ends[count - 1] - rest;
    }
    count = kept;
    return new EntryRun(lines.handOver(rest, kept > 0), from, taken, firstNumber);
  }
}
