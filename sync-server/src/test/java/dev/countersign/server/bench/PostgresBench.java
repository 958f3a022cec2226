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
 * floor is a plain batched INSERT of the same changes into a table of their own, over one
 * connection to the same server. It stands among the tests because the program comes without a
 * PostgreSQL.
 */
public final class PostgresBench {
  private static final String TOGETHER = "ingest.postgres.together";

  private PostgresBench() {}

  /** Measures and prints a line each and a JSON object, as {@code countersign bench} does. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Figure figure : measure(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      System.out.printf(
          "%-24s %,14.1f %-10s floor %,14.1f  ratio %.3f  p99 %,.0f µs%n",
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
      try (Statement statement = plain.createStatement()) {
        statement.execute(
            "CREATE TABLE bench_floor (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " body BYTEA NOT NULL)");
      }
      plain.setAutoCommit(false);
      List<Figure> figures = new ArrayList<>();
      try (PreparedStatement insert =
          plain.prepareStatement("INSERT INTO bench_floor (body) VALUES (?)")) {
        IngestBench.Floor floor = changes -> insert(plain, insert, changes);
        try (BenchServer server = server(scratch.resolve("server"), pool)) {
          figures.add(IngestBench.ingest("ingest.postgres", server, floor, sales, sales));
        }
        try (BenchServer server = server(scratch.resolve("together"), pool)) {
          figures.add(TillsTogether.ingest(TOGETHER, server, floor, sales, sales));
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
