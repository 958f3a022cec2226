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

  /** Writes leaf hashes that follow the first {@code first}, and the nodes that they completed. */
  void append(long first, List<Hash> leafHashes, List<TileNode> nodes) throws SQLException {
    appendRun(0, first, leafHashes);
    for (TileNode node : nodes) {
      appendRun(node.level(), node.index(), List.of(node.hash()));
    }
  }

  private void appendRun(int level, long first, List<Hash> hashes) throws SQLException {
    int done = 0;
    while (done < hashes.size()) {
      long at = first + done;
      int position = (int) (at & (WIDTH - 1));
      int count = Math.min(WIDTH - position, hashes.size() - done);
      appendTo(level, at >>> HEIGHT, position, hashes.subList(done, done + count));
      done += count;
    }
  }

  private void appendTo(int level, long index, int position, List<Hash> hashes)
      throws SQLException {
    byte[] before = position == 0 ? new byte[0] : stored(level, index);
    if (before.length != position * Hash.LENGTH) {
      throw new SQLException("tile " + level + "/" + index + " is not as long as the log says");
    }
    byte[] after = Arrays.copyOf(before, before.length + hashes.size() * Hash.LENGTH);
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(after, before.length + i * Hash.LENGTH);
    }
    if (position == 0) {
      db.update(
          "INSERT INTO audit_tile (level, idx, hashes) VALUES (?, ?, ?)", level, index, after);
    } else {
      db.update(
          "UPDATE audit_tile SET hashes = ? WHERE level = ? AND idx = ?", after, level, index);
    }
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
