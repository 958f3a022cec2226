package dev.countersign.server.bench;

import dev.countersign.common.json.Json;
import dev.countersign.server.db.postgres.Postgres;
import dev.countersign.server.db.postgres.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Map;

/**
 * {@code ingest.postgres}: what {@code ingest.sqlite} measures, on a PostgreSQL that begins and
 * ends with it, with row-level security and every commit synced. The floor is a plain batched
 * INSERT of the same changes into a table of their own, over one connection to the same server. It
 * stands among the tests because the program comes without a PostgreSQL.
 */
public final class PostgresBench {
  private PostgresBench() {}

  /** Measures and prints a line and a JSON object, as {@code countersign bench} does. */
  public static void main(String[] arguments) throws Exception {
    Figure figure = measure(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.printf(
        "%-18s %,14.1f %-10s floor %,14.1f  ratio %.3f  p99 %,.0f µs%n",
        figure.key(), figure.value(), figure.unit(), figure.floor(), figure.ratio(), figure.p99());
    System.out.println(
        new String(Json.encode(Map.of(figure.key(), figure)), StandardCharsets.UTF_8));
    System.exit(0);
  }

  static Figure measure(Path scratch, int sales) throws Exception {
    TestPostgres.syncEveryCommit();
    try (Postgres pool = TestPostgres.open();
        BenchServer server =
            new BenchServer(scratch.resolve("server"), _ -> TestPostgres.tenants(pool));
        Connection plain = TestPostgres.connect("postgres")) {
      try (Statement statement = plain.createStatement()) {
        statement.execute(
            "CREATE TABLE bench_floor (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " body BYTEA NOT NULL)");
      }
      plain.setAutoCommit(false);
      try (PreparedStatement insert =
          plain.prepareStatement("INSERT INTO bench_floor (body) VALUES (?)")) {
        Figure figure =
            IngestBench.ingest(
                "ingest.postgres",
                server,
                changes -> {
                  for (byte[] change : changes) {
                    insert.setBytes(1, change);
                    insert.addBatch();
                  }
                  insert.executeBatch();
                  plain.commit();
                },
                sales,
                sales);
        plain.setAutoCommit(true);
        try (Statement statement = plain.createStatement()) {
          // Whoever stops it does not wait for long.
          statement.execute("CHECKPOINT");
        }
        return figure;
      }
    }
  }
}
