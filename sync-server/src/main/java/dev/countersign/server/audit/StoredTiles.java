package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.TileNode;
import dev.countersign.common.log.Tiles;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The tiles of a log in its tenant's file. Each is written once per append that reaches it. */
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

  /**
   * Writes leaf hashes that follow the first {@code first}, and the nodes that they completed.
   *
   * @param end what stands in the tiles that the first of them go into
   */
  void append(long first, AuditLog.End end, List<Hash> leafHashes, List<TileNode> nodes)
      throws SQLException {
    int done = 0;
    byte[] before = end.tile();
    while (done < leafHashes.size()) {
      long at = first + done;
      int position = position(at);
      int count = Math.min(WIDTH - position, leafHashes.size() - done);
      appendTo(0, at >>> HEIGHT, position, before, leafHashes.subList(done, done + count));
      before = new byte[0];
      done += count;
    }
    byte[] above = end.above();
    for (TileNode node : nodes) {
      int position = position(node.index());
      long index = node.index() >>> HEIGHT;
      byte[] standing = position == 0 ? new byte[0] : above;
      if (node.level() > 1 && position > 0) {
        standing = stored(node.level(), index);
      }
      byte[] after = appendTo(node.level(), index, position, standing, List.of(node.hash()));
      above = node.level() == 1 ? after : above;
    }
  }

  private static int position(long at) {
    return (int) (at & (WIDTH - 1));
  }

  private byte[] appendTo(int level, long index, int position, byte[] before, List<Hash> hashes)
      throws SQLException {
    if (before.length != position * Hash.LENGTH) {
      throw new SQLException("tile " + level + "/" + index + " is not as long as the log says");
    }
    byte[] after = Arrays.copyOf(before, before.length + hashes.size() * Hash.LENGTH);
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(after, before.length + i * Hash.LENGTH);
    }
    if (position == 0) {
      db.updateSoon(
          "INSERT INTO audit_tile (level, idx, hashes) VALUES (?, ?, ?)", level, index, after);
    } else {
      db.updateSoon(
          "UPDATE audit_tile SET hashes = ? WHERE level = ? AND idx = ?", after, level, index);
    }
    return after;
  }

  private byte[] stored(int level, long index) throws SQLException {
    return db.first(
            "SELECT hashes FROM audit_tile WHERE level = ? AND idx = ?",
            row -> row.bytes(1),
            level,
            index)
        .orElseGet(() -> new byte[0]);
  }
}
