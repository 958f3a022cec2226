package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a log: the roots of the complete subtrees that make up its size, at most 62
 * hashes. All that is needed to append and to know the root, whatever the log's length. For one
 * thread; take a {@link #copy()} before a transaction that may be rolled back.
 */
public final class TreeFrontier {
  private static final int LEVELS = 63;

  private final TreeHasher hasher = new TreeHasher();

  /** At each level the complete subtree waiting for its right sibling, where size has that bit. */
  private final @Nullable Hash[] waiting = new @Nullable Hash[LEVELS];

  private long size;

  /** The edge of an empty log. */
  public TreeFrontier() {}

  /**
   * The edge of a log as its store knows it.
   *
   * @throws IllegalArgumentException if the size is out of range or the source too short
   */
  public static TreeFrontier of(long size, NodeSource nodes) {
    if (size < 0 || size > MerkleTree.MAX_SIZE) {
      throw new IllegalArgumentException("a log has 0 to 2^62 entries, not " + size);
    }
    TreeFrontier frontier = new TreeFrontier();
    frontier.size = size;
    for (int level = 0; level < LEVELS; level++) {
      if ((size >>> level & 1) == 1) {
        // The subtree of this height ends where the larger ones before it and itself end.
        frontier.waiting[level] = nodes.node(level, (size >>> level) - 1);
      }
    }
    return frontier;
  }

  /** How many leaves. */
  public long size() {
    return size;
  }

  /** Adds one leaf. */
  public void append(Hash leaf) {
    append(leaf, null);
  }

  /**
   * Adds leaves in order.
   *
   * @return the new hashes of tile levels 1 and up, in the order they were completed
   */
  public List<TileNode> append(List<Hash> leaves) {
    List<TileNode> completed = new ArrayList<>();
    for (Hash leaf : leaves) {
      append(leaf, completed);
    }
    return completed;
  }

  private void append(Hash leaf, @Nullable List<TileNode> completed) {
    if (size >= MerkleTree.MAX_SIZE) {
      throw new IllegalStateException("the log is full");
    }
    Hash subtree = leaf;
    int level = 0;
    for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
      subtree = hasher.node(at(level), subtree);
      waiting[level] = null;
      level++;
      if (level % Tiles.HEIGHT == 0 && completed != null) {
        completed.add(new TileNode(level / Tiles.HEIGHT, size >>> level, subtree));
      }
    }
    waiting[level] = subtree;
    size++;
  }

  /** The root over all leaves so far. */
  public Hash root() {
    Hash root = null;
    for (int level = 0; level < LEVELS; level++) {
      Hash subtree = waiting[level];
      if (subtree != null) {
        root = root == null ? subtree : hasher.node(subtree, root);
      }
    }
    return root == null ? MerkleTree.emptyRoot() : root;
  }

  /** An independent copy. */
  public TreeFrontier copy() {
    TreeFrontier copy = new TreeFrontier();
    copy.size = size;
    System.arraycopy(waiting, 0, copy.waiting, 0, LEVELS);
    return copy;
  }

  /** Size as eight bytes, high byte first, then the subtrees' roots, smallest subtree first. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES + Long.bitCount(size) * Hash.LENGTH);
    out.putLong(size);
    for (Hash subtree : waiting) {
      if (subtree != null) {
        out.put(subtree.bytes());
      }
    }
    return out.array();
  }

  /**
   * Reads {@link #encode()}. The store that kept it is trusted or its root compared with a signed
   * checkpoint: the bytes prove nothing.
   *
   * @throws IllegalArgumentException if size and number of hashes do not fit
   */
  public static TreeFrontier decode(byte[] bytes) {
    if (bytes.length < Long.BYTES) {
      throw new IllegalArgumentException("too short for a frontier");
    }
    long size = ByteBuffer.wrap(bytes).getLong();
    boolean fits = bytes.length == Long.BYTES + Long.bitCount(size) * Hash.LENGTH;
    if (size < 0 || size > MerkleTree.MAX_SIZE || !fits) {
      throw new IllegalArgumentException("size and hashes of a frontier do not fit");
    }
    TreeFrontier frontier = new TreeFrontier();
    frontier.size = size;
    int offset = Long.BYTES;
    for (int level = 0; level < LEVELS; level++) {
      if ((size >>> level & 1) == 1) {
        frontier.waiting[level] = Hash.fromBytes(bytes, offset);
        offset += Hash.LENGTH;
      }
    }
    return frontier;
  }

  private Hash at(int level) {
    Hash subtree = waiting[level];
    if (subtree == null) {
      throw new IllegalStateException("frontier without its subtree of level " + level);
    }
    return subtree;
  }
}
