package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The tree of the log: RFC 6962 section 2.1, the same in RFC 9162. Pure functions over stored
 * nodes, safe for any thread as far as the source is. Sizes and indices are 0 to 2^62.
 */
public final class MerkleTree {
  /** Largest log; far beyond any, and safe from overflow. */
  public static final long MAX_SIZE = 1L << 62;

  private static final Hash EMPTY = Hash.of();

  private MerkleTree() {}

  /** The root of a log without entries: SHA-256 of nothing. */
  public static Hash emptyRoot() {
    return EMPTY;
  }

  /** The hash of an entry: SHA-256(0x00 ‖ data). */
  public static Hash leafHash(byte[] data) {
    return new TreeHasher().leaf(data);
  }

  /** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
  public static Hash nodeHash(Hash left, Hash right) {
    return new TreeHasher().node(left, right);
  }

  /**
   * The root of the first {@code size} entries.
   *
   * @throws IllegalArgumentException if the size is out of range or the source too short
   */
  public static Hash root(long size, NodeSource nodes) {
    requireSize(size);
    return size == 0 ? EMPTY : new Range(nodes).root(0, size);
  }

  /**
   * The proof that a leaf is in the log of that size (RFC 6962 section 2.1.1).
   *
   * @throws IllegalArgumentException unless 0 ≤ index &lt; size
   */
  public static InclusionProof inclusion(long index, long size, NodeSource nodes) {
    requireSize(size);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no entry " + index + " in a log of " + size);
    }
    Range range = new Range(nodes);
    List<Hash> path = new ArrayList<>();
    long low = 0;
    long high = size;
    while (high - low > 1) {
      long middle = low + split(high - low);
      if (index < middle) {
        path.add(range.root(middle, high));
        high = middle;
      } else {
        path.add(range.root(low, middle));
        low = middle;
      }
    }
    Collections.reverse(path);
    return new InclusionProof(path);
  }

  /**
   * The proof that the log of the first size is a beginning of the log of the second (RFC 6962
   * section 2.1.2). Empty if the sizes are equal or the first is 0.
   *
   * @throws IllegalArgumentException unless 0 ≤ first ≤ second
   */
  public static ConsistencyProof consistency(long first, long second, NodeSource nodes) {
    requireSize(second);
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("no log of " + first + " within one of " + second);
    }
    if (first == 0 || first == second) {
      return new ConsistencyProof(List.of());
    }
    Range range = new Range(nodes);
    List<Hash> path = new ArrayList<>();
    long low = 0;
    long high = second;
    while (high != first) {
      long middle = low + split(high - low);
      if (first <= middle) {
        path.add(range.root(middle, high));
        high = middle;
      } else {
        path.add(range.root(low, middle));
        low = middle;
      }
    }
    // A first log that is one complete subtree from the left is known to who asks: left out.
    if (low != 0) {
      path.add(range.root(low, high));
    }
    Collections.reverse(path);
    return new ConsistencyProof(path);
  }

  /** The largest power of two that is smaller than the count, which is at least 2. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }

  private static void requireSize(long size) {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("a log has 0 to 2^62 entries, not " + size);
    }
  }

  /** Roots of runs of leaves that begin where a split of the tree puts them. */
  private static final class Range {
    private final NodeSource nodes;
    private final TreeHasher hasher = new TreeHasher();

    Range(NodeSource nodes) {
      this.nodes = nodes;
    }

    Hash root(long low, long high) {
      long count = high - low;
      if (Long.bitCount(count) == 1) {
        int level = Long.numberOfTrailingZeros(count);
        return nodes.node(level, low >>> level);
      }
      long middle = low + split(count);
      return hasher.node(root(low, middle), root(middle, high));
    }
  }
}
