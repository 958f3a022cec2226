package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.sql.Db;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshPlansTest {
  @Test
  void aPlanFromWhenATableWasNearlyEmptyDoesNotStayWithTheConnection() throws Exception {
    try (Connection connection = TestPostgres.connect("postgres");
        Db db = new Db(connection)) {
      connection.setAutoCommit(false);
      db.execute("CREATE TEMP TABLE goods (id INT PRIMARY KEY)");
      db.execute("INSERT INTO goods VALUES (1)");
      db.execute("ANALYZE goods");
      db.execute("SET plan_cache_mode = force_generic_plan");
      db.execute("PREPARE look (INT) AS SELECT id FROM goods WHERE id = $1");
      assertThat(plan(db)).contains("Seq Scan");
      db.execute("INSERT INTO goods SELECT generate_series(2, 20000)");
      FreshPlans plans = new FreshPlans();
      for (int i = 1; i < 16; i++) {
        plans.used(connection, db);
      }
      assertThat(plan(db)).as("what PostgreSQL keeps").contains("Seq Scan");
      plans.used(connection, db);
      assertThat(plan(db)).contains("Index").doesNotContain("Seq Scan");
    }
  }

  private static String plan(Db db) throws Exception {
    List<String> lines = db.list("EXPLAIN EXECUTE look(1)", row -> row.text(1));
    return String.join("\n", lines);
  }
}
