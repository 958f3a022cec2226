package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;

/**
 * Stored hashes of a log, cut into tiles of 256 as C2SP tlog-tiles lays them out: the tile (0, n)
 * holds the leaf hashes 256·n to 256·n+255; each hash of a tile of level L+1 is the root of a full
 * tile of level L.
 */
@FunctionalInterface
public interface Tiles {
  /** Hashes in a full tile. */
  int WIDTH = 256;

  /** Height of the subtree over a full tile. */
  int HEIGHT = 8;

  /**
   * The hashes of a tile, 32 bytes each, one after the other. The last tile of a level may be
   * partial; one that does not exist is empty.
   *
   * @param level 0 for leaf hashes
   * @param index counted among the tiles of that level
   */
  byte[] tile(int level, long index);

  /** How many hashes the tile has in a log of that size: 0 to 256. */
  static int width(int level, long index, long size) {
    int shift = HEIGHT * level;
    long hashes = shift >= Long.SIZE ? 0 : size >>> shift;
    if (index > hashes >>> HEIGHT) {
      return 0;
    }
    return (int) Math.min(WIDTH, hashes - (index << HEIGHT));
  }

  /**
   * Nodes computed from these tiles, for one proof or a run of them. Remembers the tiles last read
   * on each level, so make a new one when the log has grown. For one thread.
   */
  default NodeSource nodes() {
    return new TileNodes(this);
  }

  /**
   * Reads one hash out of a tile.
   *
   * @throws IllegalArgumentException if the tile does not reach that far
   */
  static Hash hashIn(byte[] tile, int position) {
    return Hash.fromBytes(tile, position * Hash.LENGTH);
  }
}
