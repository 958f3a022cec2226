package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;

/**
 * A hash that a store of tiles keeps: the root of a full tile of the level below.
 *
 * @param level tile level, at least 1 (level 0 are the leaf hashes, which the caller has)
 * @param index counted among the hashes of that level, not among its tiles
 * @param hash the root of 256^level leaves
 */
public record TileNode(int level, long index, Hash hash) {
  /** The tile it is in. */
  public long tile() {
    return index >>> Tiles.HEIGHT;
  }

  /** Its place in that tile, 0 to 255. */
  public int position() {
    return (int) (index & (Tiles.WIDTH - 1));
  }
}
