package dev.countersign.server.bench;

import dev.countersign.common.change.ChangeCodec;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rows that a batch has added, inserted once more in plain batches of statements over one
 * connection: into tables with the same columns and keys, without partitions, policies or triggers,
 * by a role that no policy holds. What a batch changes and what it looks up is left out.
 */
final class SameRows implements IngestBench.Floor {
  private static final List<String> TABLES =
      List.of("sale", "receipt_run", "batch", "audit_run", "audit_tile");

  private final Connection connection;
  private final UUID tenant;
  private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();
  private long logged = -1;

  /**
   * @param connection of a role that sees all tenants
   */
  SameRows(Connection connection, UUID tenant) {
    this.connection = connection;
    this.tenant = tenant;
  }

  /** Makes the tables. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("CREATE TABLE floor_" + table + " (LIKE " + table + " INCLUDING ALL)");
      }
    }
  }

  @Override
  public Work of(List<byte[]> changes) throws SQLException {
    Map<String, List<Object[]>> rows = new LinkedHashMap<>();
    Object[] first =
        rows(
                "SELECT device, batch, seq FROM sale WHERE tenant_id = ? AND id = ?",
                tenant,
                entity(changes.getFirst()))
            .getFirst();
    Object device = first[0];
    long seq = (Long) first[2];
    rows.put(
        "sale",
        rows(
            "SELECT * FROM sale WHERE tenant_id = ? AND seq >= ? AND seq < ?",
            tenant,
            seq,
            seq + changes.size()));
    rows.put(
        "receipt_run",
        rows(
            "SELECT * FROM receipt_run WHERE tenant_id = ? AND device = ? AND seq = ?",
            tenant,
            device,
            seq));
    rows.put(
        "batch",
        rows(
            "SELECT * FROM batch WHERE tenant_id = ? AND device = ? AND number = ?",
            tenant,
            device,
            first[1]));
    // Of several tills not in the order of their batches, but each batch has one.
    List<Object[]> run =
        rows(
            "SELECT * FROM audit_run WHERE tenant_id = ? AND first > ? AND count > 2"
                + " ORDER BY first LIMIT 1",
            tenant,
            logged);
    logged = (Long) run.getFirst()[0];
    rows.put("audit_run", run);
    rows.put(
        "audit_tile",
        rows(
            "SELECT * FROM audit_tile WHERE tenant_id = ? AND level = 0 AND idx >= ? / 256"
                + " AND idx <= ? / 256 AND idx * 256 + part >= ? AND idx * 256 + part <= ?",
            tenant,
            logged,
            logged + changes.size(),
            logged,
            logged + changes.size()));
    connection.commit();
    if (rows.get("sale").size() != changes.size()
        || rows.values().stream().anyMatch(List::isEmpty)) {
      throw new SQLException("not all rows of a batch were found");
    }
    return () -> insert(rows);
  }

  private void insert(Map<String, List<Object[]>> rows) throws SQLException {
    for (Map.Entry<String, List<Object[]>> table : rows.entrySet()) {
      PreparedStatement insert = inserts.get(table.getKey());
      if (insert == null) {
        int columns = table.getValue().getFirst().length;
        insert =
            connection.prepareStatement(
                "INSERT INTO floor_"
                    + table.getKey()
                    + " VALUES ("
                    + String.join(", ", Collections.nCopies(columns, "?"))
                    + ")");
        inserts.put(table.getKey(), insert);
      }
      for (Object[] row : table.getValue()) {
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  private List<Object[]> rows(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = select.executeQuery()) {
        List<Object[]> rows = new ArrayList<>();
        while (result.next()) {
          Object[] row = new Object[result.getMetaData().getColumnCount()];
          for (int i = 0; i < row.length; i++) {
            row[i] = result.getObject(i + 1);
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  private static byte[] entity(byte[] change) throws SQLException {
    try {
      UUID id = ChangeCodec.decode(change, 0, change.length).entity();
      return ByteBuffer.allocate(16)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .array();
    } catch (ChangeCodec.UnreadableChangeException e) {
      throw new SQLException(e);
    }
  }
}
