package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.util.List;

/**
 * Shows that a log only grew: the older one is a beginning of the newer. Sizes and roots are not
 * part of it: they come from verified checkpoints. Immutable, safe for any thread.
 *
 * @param path hashes in the order of RFC 6962 section 2.1.2, at most 124
 */
public record ConsistencyProof(List<Hash> path) {
  /**
   * Copies the path.
   *
   * @throws IllegalArgumentException if it is too long for any log
   */
  public ConsistencyProof {
    path = ProofPath.checked(path);
  }

  /**
   * True if the log of {@code size1} with {@code root1} is a beginning of the log of {@code size2}
   * with {@code root2} (RFC 9162 section 2.1.4.2). Equal sizes need equal roots and an empty path;
   * the empty log is a beginning of every log. Impossible numbers are false, no error.
   */
  public boolean verify(long size1, Hash root1, long size2, Hash root2) {
    if (size1 < 0 || size1 > size2 || size2 > MerkleTree.MAX_SIZE) {
      return false;
    }
    if (size1 == 0) {
      boolean secondPossible = size2 != 0 || root2.equals(MerkleTree.emptyRoot());
      return path.isEmpty() && root1.equals(MerkleTree.emptyRoot()) && secondPossible;
    }
    if (size1 == size2) {
      return path.isEmpty() && root1.equals(root2);
    }
    return !path.isEmpty() && rebuildsBoth(size1, root1, size2, root2);
  }

  private boolean rebuildsBoth(long size1, Hash root1, long size2, Hash root2) {
    TreeHasher hasher = new TreeHasher();
    boolean firstIsSubtree = Long.bitCount(size1) == 1;
    Hash start = firstIsSubtree ? root1 : path.getFirst();
    List<Hash> rest = firstIsSubtree ? path : path.subList(1, path.size());
    int shared = Long.numberOfTrailingZeros(~(size1 - 1));
    long node = (size1 - 1) >>> shared;
    long last = (size2 - 1) >>> shared;
    Hash older = start;
    Hash newer = start;
    for (Hash sibling : rest) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = hasher.node(sibling, older);
        newer = hasher.node(sibling, newer);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        newer = hasher.node(newer, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && older.equals(root1) && newer.equals(root2);
  }

  /** The hashes one after the other, 32 bytes each. */
  public byte[] encode() {
    return ProofPath.encode(path);
  }

  /**
   * Reads {@link #encode()}.
   *
   * @throws IllegalArgumentException if it is not whole hashes, or too many
   */
  public static ConsistencyProof decode(byte[] bytes) {
    return new ConsistencyProof(ProofPath.decode(bytes));
  }
}
