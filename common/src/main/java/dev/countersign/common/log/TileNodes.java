package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.util.HashMap;
import java.util.Map;

/** Computes any node from at most one tile, and remembers the last tile of each level. */
final class TileNodes implements NodeSource {
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Held(long index, byte[] hashes) {}

  private final Tiles tiles;
  private final TreeHasher hasher = new TreeHasher();
  private final Map<Integer, Held> held = new HashMap<>();

  TileNodes(Tiles tiles) {
    this.tiles = tiles;
  }

  @Override
  public Hash node(int level, long index) {
    int tileLevel = level / Tiles.HEIGHT;
    int heightInTile = level % Tiles.HEIGHT;
    long first = index << heightInTile;
    byte[] hashes = tile(tileLevel, first >>> Tiles.HEIGHT);
    return subtree(hashes, (int) (first & (Tiles.WIDTH - 1)), 1 << heightInTile);
  }

  private Hash subtree(byte[] hashes, int first, int count) {
    if (count == 1) {
      return Tiles.hashIn(hashes, first);
    }
    int half = count / 2;
    return hasher.node(subtree(hashes, first, half), subtree(hashes, first + half, half));
  }

  private byte[] tile(int level, long index) {
    Held last = held.get(level);
    if (last == null || last.index != index) {
      last = new Held(index, tiles.tile(level, index));
      held.put(level, last);
    }
    return last.hashes;
  }
}
