package dev.countersign.server.bench;

import dev.countersign.common.json.Json;
import dev.countersign.server.db.postgres.Postgres;
import dev.countersign.server.db.postgres.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ingest.postgres} and {@code ingest.postgres.together}: what those of SQLite measure, on a
 * PostgreSQL that begins and ends with it, with row-level security and every commit synced. The
 * floor is a plain batched INSERT of the same rows ({@link SameRows}), over one connection to the
 * same server. {@code .bytes} measures the same against one of the changes' bytes alone, each a row
 * of a table with nothing else in it. It stands among the tests because the program comes without a
 * PostgreSQL.
 */
public final class PostgresBench {
  private PostgresBench() {}

  /** Measures and prints a line each and a JSON object, as {@code countersign bench} does. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Figure figure : measure(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      System.out.printf(
          "%-30s %,14.1f %-10s floor %,14.1f  ratio %.3f  p99 %,.0f µs%n",
          figure.key(),
          figure.value(),
          figure.unit(),
          figure.floor(),
          figure.ratio(),
          figure.p99());
      figures.put(figure.key(), figure);
    }
    System.out.println(new String(Json.encode(figures), StandardCharsets.UTF_8));
    System.exit(0);
  }

  static List<Figure> measure(Path scratch, int sales) throws Exception {
    TestPostgres.syncEveryCommit();
    try (Postgres pool = TestPostgres.open();
        Connection plain = TestPostgres.connect("postgres")) {
      SameRows.prepare(plain);
      try (Statement statement = plain.createStatement()) {
        statement.execute(
            "CREATE TABLE floor_bytes (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " body BYTEA NOT NULL)");
      }
      plain.setAutoCommit(false);
      List<Figure> figures = new ArrayList<>();
      try (PreparedStatement insert =
          plain.prepareStatement("INSERT INTO floor_bytes (body) VALUES (?)")) {
        IngestBench.Floor bytes = changes -> () -> insert(plain, insert, changes);
        for (String against : List.of("", ".bytes")) {
          String key = "ingest.postgres" + against;
          try (BenchServer server = server(scratch.resolve(key), pool)) {
            IngestBench.Floor rows = new SameRows(plain, server.tenant);
            figures.add(
                IngestBench.ingest(key, server, against.isEmpty() ? rows : bytes, sales, sales));
          }
          key = "ingest.postgres.together" + against;
          try (BenchServer server = server(scratch.resolve(key), pool)) {
            IngestBench.Floor rows = new SameRows(plain, server.tenant);
            figures.add(
                TillsTogether.ingest(key, server, against.isEmpty() ? rows : bytes, sales, sales));
          }
        }
      }
      plain.setAutoCommit(true);
      try (Statement statement = plain.createStatement()) {
        // Whoever stops it does not wait for long.
        statement.execute("CHECKPOINT");
      }
      return figures;
    }
  }

  private static BenchServer server(Path data, Postgres pool) throws Exception {
    TestPostgres.forget();
    return new BenchServer(data, _ -> TestPostgres.tenants(pool));
  }

  private static void insert(Connection plain, PreparedStatement insert, List<byte[]> changes)
      throws SQLException {
    for (byte[] change : changes) {
      insert.setBytes(1, change);
      insert.addBatch();
    }
    insert.executeBatch();
    plain.commit();
  }
}
