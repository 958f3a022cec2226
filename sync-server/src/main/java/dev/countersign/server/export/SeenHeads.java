package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.TreeFrontier;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Heads of the log that somebody saw before; the log must have been each of them on its way. */
final class SeenHeads {
  private final NavigableMap<Long, Hash> roots = new TreeMap<>();

  private SeenHeads() {}

  /**
   * Reads what was seen.
   *
   * @param keys of the log
   */
  static SeenHeads of(List<String> texts, LogKeys keys, ExportLines lines)
      throws BrokenExportException {
    SeenHeads heads = new SeenHeads();
    for (String text : texts) {
      Checkpoint seen =
          keys.signed(text)
              .orElseThrow(
                  () ->
                      lines.broken("a checkpoint that was seen is not signed by a key of this log"))
              .checkpoint();
      Hash other = heads.roots.putIfAbsent(seen.size(), seen.root());
      if (other != null && !other.equals(seen.root())) {
        throw lines.broken("two logs of " + seen.size() + " entries were seen");
      }
    }
    return heads;
  }

  /** Compares where the log is as long as one that was seen. */
  void compare(long line, TreeFrontier log) throws BrokenExportException {
    if (roots.isEmpty() || roots.firstKey() != log.size()) {
      return;
    }
    Hash root = roots.pollFirstEntry().getValue();
    if (!root.equals(log.root())) {
      throw new BrokenExportException(
          line, "the first " + log.size() + " entries are not those that were signed for before");
    }
  }

  /** At the end of the log. */
  void finish(ExportLines lines) throws BrokenExportException {
    if (!roots.isEmpty()) {
      throw lines.broken("the log is shorter than one of " + roots.lastKey() + " that was seen");
    }
  }
}
