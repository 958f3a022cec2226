package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A log kept as a store keeps it: leaf hashes and completed tile hashes, nothing else. */
final class StoredLog implements Tiles {
  private final List<ByteArrayOutputStream> levels = new ArrayList<>();
  private final TreeFrontier frontier = new TreeFrontier();

  static StoredLog of(int size) {
    StoredLog log = new StoredLog();
    List<Hash> leaves = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      leaves.add(MerkleTree.leafHash(entry(i)));
    }
    log.append(leaves);
    return log;
  }

  static byte[] entry(int index) {
    return ("entry " + index).getBytes(StandardCharsets.US_ASCII);
  }

  static Hash leaf(int index) {
    return MerkleTree.leafHash(entry(index));
  }

  void append(List<Hash> leaves) {
    for (Hash leaf : leaves) {
      level(0).writeBytes(leaf.bytes());
    }
    for (TileNode node : frontier.append(leaves)) {
      ByteArrayOutputStream level = level(node.level());
      if (level.size() != node.index() * Hash.LENGTH) {
        throw new AssertionError("hash out of order: " + node);
      }
      level.writeBytes(node.hash().bytes());
    }
  }

  TreeFrontier frontier() {
    return frontier;
  }

  @Override
  public byte[] tile(int level, long index) {
    byte[] all = level(level).toByteArray();
    int from = Math.toIntExact(Math.min(all.length, index * WIDTH * Hash.LENGTH));
    int to = Math.min(all.length, from + WIDTH * Hash.LENGTH);
    return Arrays.copyOfRange(all, from, to);
  }

  private ByteArrayOutputStream level(int level) {
    while (levels.size() <= level) {
      levels.add(new ByteArrayOutputStream());
    }
    return levels.get(level);
  }
}
