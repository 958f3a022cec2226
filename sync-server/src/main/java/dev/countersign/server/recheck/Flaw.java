package dev.countersign.server.recheck;

/**
 * Something stored that is not what the log committed to.
 *
 * @param entry the index of the entry it was found at
 * @param detail for a person; hashes and numbers, nothing of what a business does
 */
public record Flaw(long entry, Kind kind, String detail) {
  /** What is off. */
  public enum Kind {
    /** Entries are missing, or stand where others should. */
    ENTRIES_MISSING,
    /** An entry is not the one whose hash the tree has. */
    ENTRY_CHANGED,
    /** A stored hash of the tree does not follow from the entries. */
    TREE_CHANGED,
    /** The bytes that an entry rests on are gone. */
    PAYLOAD_MISSING,
    /** The bytes that an entry rests on are others. */
    PAYLOAD_CHANGED,
    /** The entries are not those that the signed checkpoint is over. */
    CHECKPOINT_BROKEN,
    /** The log is not a continuation of what an earlier pass saw. */
    HISTORY_REWRITTEN
  }
}
