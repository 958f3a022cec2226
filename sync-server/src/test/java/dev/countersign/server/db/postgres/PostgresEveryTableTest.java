package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.ingest.TestShop;
import dev.countersign.server.launch.Schema;
import dev.countersign.server.tenant.TableShape;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every table there is, taken from the database and not from a list. */
class PostgresEveryTableTest {
  @TempDir Path folder;
  private TestShop shop;
  private List<TableShape> shapes;
  private List<String> control;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, Stored.IN_POSTGRES);
    SellingTill till = shop.enrol();
    shop.accept(till.seal(List.of(till.opening(), till.sale(shop.product, 1999))));
    List<String> tables;
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      tables = TestPostgres.tenantTables(admin);
      control = TestPostgres.controlTables(admin);
    }
    try (Db file = new Db(DriverManager.getConnection("jdbc:sqlite::memory:"))) {
      new Migrations(Schema.scripts()).apply(file);
      shapes = TableShape.in(file);
    }
    assertThat(shapes.stream().map(TableShape::name)).containsExactlyInAnyOrderElementsOf(tables);
    assertThat(shapes).hasSizeGreaterThan(20);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private static Object anything(TableShape.Column column) {
    return switch (column.kind()) {
      case INTEGER -> 1L;
      case TEXT -> "x";
      case BLOB -> new byte[16];
    };
  }

  private static String insertFor(TableShape shape, String tenant) {
    return "INSERT INTO "
        + shape.name()
        + " ("
        + shape.columnList()
        + ", tenant_id) VALUES ("
        + shape.columns().stream().map(_ -> "?").collect(Collectors.joining(", "))
        + ", "
        + tenant
        + ")";
  }

  private static void assertRefused(Db db, TableShape shape, String tenant) {
    Object[] values = shape.columns().stream().map(it -> anything(it)).toArray();
    assertThatThrownBy(() -> db.update(insertFor(shape, tenant), values))
        .as(shape.name())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("row-level security");
  }

  @Test
  void noTenantSetNoRowsAndNoWrites() throws Exception {
    try (Db db = new Db(TestPostgres.connect("countersign_app"))) {
      for (TableShape shape : shapes) {
        assertThat(count(db, shape)).as(shape.name()).isZero();
        assertRefused(db, shape, "NULL");
        assertRefused(db, shape, "CAST('" + shop.tenant + "' AS uuid)");
        assertThat(changed(db, shape)).as(shape.name()).isZero();
      }
    }
    for (TableShape shape : List.of(shape("sale"), shape("store"), shape("audit_run"))) {
      assertThat(count(shop.db(), shape))
          .as(shape.name())
          .isEqualTo(shape.name().equals("audit_run") ? 2 : 1);
    }
  }

  @Test
  void forAnotherTenantNoTableShowsOrTakesOrChangesARow() throws Exception {
    try (Postgres postgres = TestPostgres.open()) {
      for (TableShape shape : shapes) {
        UUID other = UUID.randomUUID();
        assertThat(postgres.<Long, SQLException>read(other, db -> count(db, shape))).isZero();
        assertThat(postgres.<Integer, SQLException>write(other, db -> changed(db, shape)))
            .as(shape.name())
            .isZero();
        assertThatThrownBy(
                () ->
                    postgres.<Integer, SQLException>write(
                        other,
                        db ->
                            db.update(
                                insertFor(shape, "CAST('" + shop.tenant + "' AS uuid)"),
                                shape.columns().stream().map(it -> anything(it)).toArray())))
            .as(shape.name())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("row-level security");
      }
    }
  }

  /** Where changing or deleting is not granted at all, that is the answer. */
  private static int changed(Db db, TableShape shape) throws SQLException {
    int rows = 0;
    String column = shape.columns().getFirst().quoted();
    for (String sql :
        List.of(
            "UPDATE " + shape.name() + " SET " + column + " = " + column,
            "DELETE FROM " + shape.name())) {
      try {
        rows += db.update(sql);
      } catch (SQLException e) {
        if (!String.valueOf(e.getMessage()).contains("permission denied")) {
          throw e;
        }
        return rows;
      }
    }
    return rows;
  }

  @Test
  void everyRowOfOneTenantCanStandAtAnotherToo() throws Exception {
    UUID other = UUID.randomUUID();
    try (Postgres postgres = TestPostgres.open()) {
      List<List<Object>> all = new ArrayList<>();
      for (TableShape shape : shapes) {
        List<List<Object>> rows =
            shop.db()
                .list(
                    "SELECT " + shape.columnList() + " FROM " + shape.name(),
                    row -> new ArrayList<>(shape.read(row)));
        all.addAll(rows);
        for (List<Object> row : rows) {
          assertThat(
                  postgres.<Integer, SQLException>write(
                      other, db -> db.update(shape.insert(1), row.toArray())))
              .as(shape.name())
              .isEqualTo(1);
        }
      }
      assertThat(all).hasSizeGreaterThan(10);
    }
  }

  @Test
  void aTenantsWorkReachesNoTableBesideTheTenants() throws Exception {
    assertThat(control).contains("tenant", "device_index", "code_index", "server_key");
    try (Postgres postgres = TestPostgres.open();
        Db admin = new Db(TestPostgres.connect("postgres"))) {
      admin.update("INSERT INTO device_index VALUES (?, ?)", UUID.randomUUID(), shop.tenant);
      for (String table : control) {
        assertThat(
                postgres.<Long, SQLException>read(
                    shop.tenant,
                    db ->
                        db.first("SELECT count(*) FROM " + table, row -> row.integer(1))
                            .orElseThrow()))
            .as(table)
            .isZero();
      }
    }
  }

  private TableShape shape(String name) {
    return shapes.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static long count(Db db, TableShape shape) throws SQLException {
    return db.first("SELECT count(*) FROM " + shape.name(), row -> row.integer(1)).orElseThrow();
  }
}
