package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.sql.Db;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.ingest.TestShop;
import dev.countersign.server.tenant.SqlFaults;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL itself keeps tenants apart and history as it was. */
class PostgresBordersTest {
  @TempDir Path folder;
  private TestShop shop;
  private Postgres postgres;
  private List<String> tables;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, Stored.IN_POSTGRES);
    SellingTill till = shop.enrol();
    shop.accept(till.seal(List.of(till.opening(), till.sale(shop.product, 1999))));
    postgres = TestPostgres.open();
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      tables = TestPostgres.tenantTables(admin);
    }
    assertThat(tables).hasSizeGreaterThan(20);
  }

  @AfterEach
  void close() throws Exception {
    postgres.close();
    shop.close();
  }

  @Test
  void aPooledConnectionReusedForAnotherTenant() throws Exception {
    UUID other = id();
    for (int round = 0; round < 20; round++) {
      assertThat(postgres.<Long, SQLException>read(shop.tenant, db -> count(db, "sale")))
          .isEqualTo(1);
      for (String table : tables) {
        assertThat(postgres.<Long, SQLException>read(other, db -> count(db, table))).isZero();
      }
      assertThat(postgres.<Long>control(db -> count(db, "sale"))).isZero();
    }
  }

  @Test
  void workThatFailsLeavesNoTenantBehind() throws Exception {
    assertThatThrownBy(
            () ->
                postgres.<Long, SQLException>write(
                    shop.tenant,
                    db -> {
                      db.update("UPDATE store SET name = 'Half done'");
                      throw new SQLException("the work failed");
                    }))
        .hasMessage("the work failed");
    assertThat(postgres.<Long>control(db -> count(db, "store"))).isZero();
    assertThat(shop.db().first("SELECT name FROM store", row -> row.text(1)))
        .contains("Main Street");
  }

  @Test
  void noRowCanBeGivenToAnotherTenant() {
    assertThatThrownBy(
            () ->
                postgres.<Integer, SQLException>write(
                    shop.tenant, db -> db.update("UPDATE store SET tenant_id = gen_random_uuid()")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("row-level security");
  }

  @Test
  void aPartitionCannotBeReadPastItsTable() {
    for (int i = 0; i < PostgresDdl.PARTITIONS; i++) {
      String partition = "sale_p" + i;
      assertThatThrownBy(
              () -> postgres.<Long, SQLException>read(shop.tenant, db -> count(db, partition)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void theControlTablesAreOutOfReachOfATenantsWork() throws Exception {
    postgres.control(db -> db.update("INSERT INTO device_index VALUES (?, ?)", id(), shop.tenant));
    assertThat(postgres.<Long>control(db -> count(db, "device_index"))).isPositive();
    assertThat(postgres.<Long, SQLException>read(shop.tenant, db -> count(db, "device_index")))
        .isZero();
  }

  @Test
  void uniqueAndForeignKeyErrorsTellNothingAcrossTenants() throws Exception {
    UUID other = id();
    assertThat(
            postgres.<Integer, SQLException>write(
                other, db -> db.update("INSERT INTO store VALUES (?, '1', 'Theirs')", shop.store)))
        .isEqualTo(1);
    UUID stranger = id();
    assertThatThrownBy(
            () ->
                postgres.<Integer, SQLException>write(
                    stranger,
                    db ->
                        db.update(
                            "INSERT INTO register (id, store, name) VALUES (?, ?, '1')",
                            id(),
                            shop.store)))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(SqlFaults.of(e)).isEqualTo(SqlFaults.Fault.CONSTRAINT);
              assertThat(e.getMessage()).doesNotContain("Main Street", "Key (");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_run SET count = 2",
        "DELETE FROM audit_run",
        "TRUNCATE audit_run",
        "DELETE FROM audit_tile",
        "UPDATE audit_tile SET idx = 77",
        "UPDATE audit_tile SET hashes = substr(hashes, 1, 32)",
        "UPDATE audit_head SET size = 1",
        "DELETE FROM audit_head",
        "UPDATE batch SET number = 9",
        "DELETE FROM batch"
      })
  void historyIsRefusedToTheServerAndToTheOwnerOfTheTables(String sql) throws Exception {
    assertThatThrownBy(
            () -> postgres.<Integer, SQLException>write(shop.tenant, db -> db.update(sql)))
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(permission denied|append-only).*");
    try (Db db = new Db(TestPostgres.connect("postgres"))) {
      assertThatThrownBy(() -> db.update(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(append-only|never changed).*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE unsafe LOGIN SUPERUSER",
        "CREATE ROLE unsafe LOGIN BYPASSRLS IN ROLE countersign_app",
        "CREATE ROLE unsafe LOGIN IN ROLE countersign_app, countersign_owner",
        "CREATE ROLE unsafe LOGIN IN ROLE countersign_app;"
            + " GRANT DELETE ON countersign.batch TO unsafe"
      })
  void aRoleThatCouldReachOverIsRefusedAtTheStart(String made) throws Exception {
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      admin.execute(made);
      try {
        assertThatThrownBy(
                () -> Postgres.open(TestPostgres.address("unsafe"), TestPostgres.SCHEMA).close())
            .isInstanceOf(UnsafeRoleException.class)
            .hasMessageContaining("does not start like this");
      } finally {
        admin.execute("DROP OWNED BY unsafe");
        admin.execute("DROP ROLE unsafe");
      }
    }
  }

  @Test
  void aTableWithoutForcedRowLevelSecurityIsRefusedAtTheStart() throws Exception {
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      admin.execute("ALTER TABLE sale NO FORCE ROW LEVEL SECURITY");
      try {
        assertThatThrownBy(TestPostgres::open)
            .isInstanceOf(UnsafeRoleException.class)
            .hasMessageContaining("sale");
      } finally {
        admin.execute("ALTER TABLE sale FORCE ROW LEVEL SECURITY");
      }
    }
  }

  @Test
  void migratingAgainChangesNothing() throws Exception {
    assertThat(TestPostgres.SCHEMA.migrate(TestPostgres.connect("countersign_migrator"))).isZero();
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  private static long count(Db db, String table) throws SQLException {
    return db.first("SELECT count(*) FROM " + table, row -> row.integer(1)).orElseThrow();
  }
}
