package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.util.List;

/**
 * Shows that an entry is in the log. Index, size and root are not part of it: they come from where
 * the reader trusts them, a verified checkpoint. Immutable, safe for any thread.
 *
 * @param path sibling hashes from the leaf up, at most 124
 */
public record InclusionProof(List<Hash> path) {
  /**
   * Copies the path.
   *
   * @throws IllegalArgumentException if it is too long for any log
   */
  public InclusionProof {
    path = ProofPath.checked(path);
  }

  /**
   * True if the leaf is entry {@code index} of the log with this size and root (RFC 9162 section
   * 2.1.3.2). Impossible numbers are false, no error.
   */
  public boolean verify(Hash leafHash, long index, long size, Hash root) {
    if (index < 0 || size > MerkleTree.MAX_SIZE || index >= size) {
      return false;
    }
    TreeHasher hasher = new TreeHasher();
    long node = index;
    long last = size - 1;
    Hash computed = leafHash;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        computed = hasher.node(sibling, computed);
        // A right edge without sibling rises until it is a right child.
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        computed = hasher.node(computed, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && computed.equals(root);
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
  public static InclusionProof decode(byte[] bytes) {
    return new InclusionProof(ProofPath.decode(bytes));
  }
}
