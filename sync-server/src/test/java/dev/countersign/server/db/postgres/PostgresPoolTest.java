package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.sql.Db;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.ingest.TestShop;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever work does with a connection, the next to have it is in nobody's tenant. */
class PostgresPoolTest {
  @TempDir Path one;
  @TempDir Path other;
  private TestShop shop;
  private TestShop neighbour;
  private Postgres postgres;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(one, Stored.IN_POSTGRES);
    neighbour = new TestShop(other, Stored.IN_POSTGRES);
    SellingTill till = shop.enrol();
    shop.accept(till.seal(List.of(till.opening(), till.sale(shop.product, 1999))));
    postgres = TestPostgres.open();
  }

  @AfterEach
  void close() throws Exception {
    postgres.close();
    neighbour.close();
    shop.close();
  }

  private static long sales(Db db) throws SQLException {
    return db.first("SELECT count(*) FROM sale", row -> row.integer(1)).orElseThrow();
  }

  private void assertNobodysTenantIsLeft() throws Exception {
    assertThat(postgres.<Long>control(db -> sales(db))).isZero();
    assertThat(postgres.<Long, SQLException>read(neighbour.tenant, db -> sales(db))).isZero();
    assertThat(postgres.<Long, SQLException>write(neighbour.tenant, db -> sales(db))).isZero();
    assertThat(postgres.<Long, SQLException>read(shop.tenant, db -> sales(db))).isEqualTo(1);
    // The control data is there again.
    postgres.control(db -> db.update("INSERT INTO device_index VALUES (?, ?)", id(), shop.tenant));
    assertThat(
            postgres.<Long>control(
                db ->
                    db.first("SELECT count(*) FROM device_index", row -> row.integer(1))
                        .orElseThrow()))
        .isPositive();
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  @Test
  void workThatThrowsAnythingMidwayLeavesNothing() throws Exception {
    for (Throwable thrown :
        List.of(new SQLException("x"), new IllegalStateException("x"), new AssertionError("x"))) {
      assertThatThrownBy(
              () ->
                  postgres.<Long, Exception>write(
                      shop.tenant,
                      db -> {
                        db.update("UPDATE store SET name = 'Half done'");
                        if (thrown instanceof Error error) {
                          throw error;
                        }
                        throw (Exception) thrown;
                      }))
          .isSameAs(thrown);
      assertNobodysTenantIsLeft();
    }
    assertThat(shop.db().first("SELECT name FROM store", row -> row.text(1)))
        .contains("Main Street");
  }

  @Test
  void workThatBreaksItsTransactionLeavesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                postgres.<Integer, SQLException>write(
                    shop.tenant, db -> db.update("UPDATE nothing SET name = 'x'")))
        .isInstanceOf(SQLException.class);
    assertNobodysTenantIsLeft();
  }

  @Test
  void workThatTellsTheWholeSessionATenantDoesNotTellTheNext() throws Exception {
    for (int round = 0; round < 3; round++) {
      postgres.<Boolean, SQLException>write(
          shop.tenant,
          db -> {
            db.execute("SET app.tenant = '" + shop.tenant + "'");
            return true;
          });
      assertNobodysTenantIsLeft();
    }
  }

  @Test
  void workThatEndsItsTransactionItselfIsInNobodysTenant() throws Exception {
    assertThat(
            postgres.<Long, SQLException>read(
                shop.tenant,
                db -> {
                  db.execute("COMMIT");
                  return sales(db);
                }))
        .isZero();
    assertNobodysTenantIsLeft();
  }

  /** After some runs the driver keeps a statement on the server's side, with its plan. */
  @Test
  void aStatementThatIsKeptPreparedShowsEachTenantItsOwn() throws Exception {
    for (int round = 0; round < 15; round++) {
      assertThat(postgres.<Long, SQLException>read(shop.tenant, db -> sales(db))).isEqualTo(1);
      assertThat(postgres.<Long, SQLException>read(neighbour.tenant, db -> sales(db))).isZero();
      assertThat(postgres.<Long, SQLException>read(id(), db -> sales(db))).isZero();
    }
  }

  @Test
  void manyAtOnceEachSeeTheirOwnAndNothingElse() throws Exception {
    List<Callable<Long>> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      UUID tenant = i % 3 == 0 ? shop.tenant : i % 3 == 1 ? neighbour.tenant : id();
      long wanted = i % 3 == 0 ? 1 : 0;
      all.add(
          () ->
              postgres.<Long, SQLException>read(tenant, db -> sales(db) + sales(db)) - 2 * wanted);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(all)) {
        assertThat(answer.get()).isZero();
      }
    }
    assertNobodysTenantIsLeft();
  }
}
