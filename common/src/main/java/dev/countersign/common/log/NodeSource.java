package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;

/** Where proofs get the hashes of complete subtrees from. */
@FunctionalInterface
public interface NodeSource {
  /**
   * The root of the complete subtree of 2^level leaves that begins at leaf index · 2^level.
   *
   * @param level height of the subtree, 0 for a leaf hash
   * @param index counted among the subtrees of that height
   * @throws IllegalArgumentException if the log does not reach that far
   */
  Hash node(int level, long index);
}
