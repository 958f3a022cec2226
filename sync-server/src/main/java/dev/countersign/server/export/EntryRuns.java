package dev.countersign.server.export;

import dev.countersign.common.protocol.Limits;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Cuts the entries of an export into runs that can be looked at apart from each other. */
final class EntryRuns {
  /** From here on a run ends where the next batch begins: enough to be worth another core. */
  private static final int ENOUGH = 256;

  /** A batch, its payload and its changes still fit behind that. */
  private static final int MOST = ENOUGH + 2 + Limits.BATCH_CHANGES;

  /** More than any honest run has. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final ExportLines lines;
  private byte[] bytes = new byte[512 * 1024];
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
    while (lines.kind() == 'E' || lines.kind() == 'P') {
      if (lines.kind() == 'P' && count > ENOUGH) {
        return Optional.of(take(count - 1));
      }
      if (count == MOST || filled() > MOST_BYTES) {
        return Optional.of(take(count));
      }
      append();
      if (!lines.next()) {
        throw lines.broken("the export is cut off");
      }
    }
    return count == 0 ? Optional.empty() : Optional.of(take(count));
  }

  private int filled() {
    return count == 0 ? 0 : ends[count - 1];
  }

  private void append() {
    int from = filled();
    int length = lines.contentLength() + 2;
    if (bytes.length - from < length) {
      bytes = Arrays.copyOf(bytes, Math.max(from + length, bytes.length * 2));
    }
    System.arraycopy(lines.buffer(), lines.contentStart() - 2, bytes, from, length);
    ends[count++] = from + length;
  }

  private EntryRun take(int lineCount) {
    int length = ends[lineCount - 1];
    EntryRun run =
        new EntryRun(
            Arrays.copyOf(bytes, length), Arrays.copyOf(ends, lineCount), lines.number() - count);
    int kept = count - lineCount;
    if (kept > 0) {
      int rest = filled() - length;
      System.arraycopy(bytes, length, bytes, 0, rest);
      ends[0] = rest;
    }
    count = kept;
    return run;
  }
}
