package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
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
   * @param keys of the log, from the trusted one to the one in use
   */
  static SeenHeads of(List<String> texts, String origin, List<VerifyKey> keys, ExportLines lines)
      throws BrokenExportException {
    SeenHeads heads = new SeenHeads();
    for (String text : texts) {
      Checkpoint seen = read(text, origin, keys, lines);
      Hash other = heads.roots.putIfAbsent(seen.size(), seen.root());
      if (other != null && !other.equals(seen.root())) {
        throw lines.broken("two logs of " + seen.size() + " entries were seen");
      }
    }
    return heads;
  }

  private static Checkpoint read(
      String text, String origin, List<VerifyKey> keys, ExportLines lines)
      throws BrokenExportException {
    for (VerifyKey key : keys) {
      if (Checkpoint.parse(text, origin, key) instanceof CheckpointReading.Verified(var signed)) {
        return signed.checkpoint();
      }
    }
    throw lines.broken("a checkpoint that was seen is not signed by a key of this log");
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
