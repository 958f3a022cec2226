package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.TileNode;
import dev.countersign.common.log.Tiles;
import dev.countersign.common.sql.Db;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.List;

/**
 * The tiles of a log among what its tenant has stored. Each append that reaches one adds a part to
 * it.
 */
public final class StoredTiles implements Tiles {
  private final Db db;

  public StoredTiles(Db db) {
    this.db = db;
  }

  @Override
  public byte[] tile(int level, long index) {
    try {
      return stored(level, index);
    } catch (SQLException e) {
      throw new IllegalStateException("a tile of the audit log cannot be read", e);
    }
  }

  /** Writes leaf hashes that follow the first {@code first}, and the nodes that they completed. */
  void append(long first, List<Hash> leafHashes, List<TileNode> nodes) throws SQLException {
    int done = 0;
    while (done < leafHashes.size()) {
      long at = first + done;
      int count = Math.min(WIDTH - position(at), leafHashes.size() - done);
      appendTo(0, at, leafHashes.subList(done, done + count));
      done += count;
    }
    for (TileNode node : nodes) {
      appendTo(node.level(), node.index(), List.of(node.hash()));
    }
  }

  private static int position(long at) {
    return (int) (at & (WIDTH - 1));
  }

  private void appendTo(int level, long at, List<Hash> hashes) throws SQLException {
    byte[] part = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(part, i * Hash.LENGTH);
    }
    db.updateSoon(
        "INSERT INTO audit_tile (level, idx, part, hashes) VALUES (?, ?, ?, ?)",
        level,
        at >>> HEIGHT,
        position(at),
        part);
  }

  /** The parts of a tile that follow each other without a gap are the tile. */
  private byte[] stored(int level, long index) throws SQLException {
    ByteArrayOutputStream tile = new ByteArrayOutputStream(WIDTH * Hash.LENGTH);
    db.each(
        "SELECT part, hashes FROM audit_tile WHERE level = ? AND idx = ? ORDER BY part",
        row -> {
          if (row.integer(1) * Hash.LENGTH != tile.size()) {
            throw new SQLException("tile " + level + "/" + index + " has a gap or an overlap");
          }
          tile.writeBytes(row.bytes(2));
        },
        level,
        index);
    return tile.toByteArray();
  }
}
