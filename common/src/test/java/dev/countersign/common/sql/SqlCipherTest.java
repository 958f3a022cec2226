package dev.countersign.common.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCipherTest {
  @TempDir Path folder;
  private final Secret key = Secret.random(32, new SecureRandom());
  private Path file;
  private Db db;

  @BeforeEach
  void open() throws SQLException {
    file = folder.resolve("a.db");
    db = new Db(SqlCipher.openWriter(file, key));
    db.execute("CREATE TABLE fact (id BLOB PRIMARY KEY, n INTEGER, words TEXT)");
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  @Test
  void theFileShowsNothingAndOpensWithNoOtherKey() throws SQLException, IOException {
    db.update("INSERT INTO fact VALUES (?, ?, ?)", new UUID(1, 2), 3L, "needle-in-the-file");
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain("needle-in-the-file")
        .doesNotStartWith("SQLite format 3");
    assertThatThrownBy(
            () -> SqlCipher.openReader(file, Secret.random(32, new SecureRandom())).close())
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(
            () -> {
              try (var plain = DriverManager.getConnection("jdbc:sqlite:" + file);
                  var statement = plain.createStatement()) {
                statement.executeQuery("SELECT count(*) FROM sqlite_schema").close();
              }
            })
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aReaderSeesCommittedRowsAndCannotWrite() throws SQLException {
    db.update("INSERT INTO fact VALUES (?, ?, ?)", new UUID(1, 2), 3L, "x");
    try (Db reader = new Db(SqlCipher.openReader(file, key))) {
      assertThat(reader.first("SELECT n FROM fact", row -> row.integer(1))).contains(3L);
      assertThatThrownBy(() -> reader.update("DELETE FROM fact")).isInstanceOf(SQLException.class);
      assertThat(reader.first("PRAGMA wal_autocheckpoint", row -> row.integer(1))).contains(0L);
    }
  }

  @Test
  void aTransactionIsAllOrNothing() throws SQLException {
    assertThatThrownBy(
            () ->
                db.<RuntimeException>atomically(
                    () -> {
                      db.update("INSERT INTO fact VALUES (?, 1, 'a')", new UUID(1, 1));
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessage("half-way");
    assertThat(db.list("SELECT n FROM fact", row -> row.integer(1))).isEmpty();
    db.<RuntimeException>atomically(
        () -> {
          db.update("INSERT INTO fact VALUES (?, 1, 'a')", new UUID(1, 1));
        });
    assertThat(db.list("SELECT n FROM fact", row -> row.integer(1))).containsExactly(1L);
  }

  @Test
  void aFullFileRollsBackAndWorksAgainWhenThereIsRoom() throws SQLException {
    long pages = db.first("PRAGMA page_count", row -> row.integer(1)).orElseThrow();
    db.first("PRAGMA max_page_count = " + pages, row -> row.integer(1));
    assertThatThrownBy(
            () ->
                db.<RuntimeException>atomically(
                    () -> {
                      db.update("INSERT INTO fact VALUES (?, 1, 'small')", new UUID(1, 1));
                      db.update(
                          "INSERT INTO fact VALUES (?, 2, ?)", new UUID(2, 2), "x".repeat(200_000));
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("FULL");
    assertThat(db.list("SELECT n FROM fact", row -> row.integer(1))).isEmpty();
    db.first("PRAGMA max_page_count = 1000000", row -> row.integer(1));
    assertThat(db.update("INSERT INTO fact VALUES (?, 3, 'again')", new UUID(3, 3))).isEqualTo(1);
  }

  @Test
  void valuesComeBackAsTheyWentIn() throws SQLException {
    UUID id = UUID.randomUUID();
    Instant at = Instant.parse("2026-03-01T10:00:00.123Z");
    LocalDate day = LocalDate.of(2026, 3, 1);
    var row =
        db.first(
            "SELECT ?, ?, ?, ?, ?",
            r -> List.of(r.uuid(1), r.instant(2), r.date(3), r.flag(4), r.textOrNull(5) == null),
            id,
            at,
            day,
            true,
            null);
    assertThat(row).contains(List.of(id, at, day, true, true));
    assertThatThrownBy(() -> db.first("SELECT ?", r -> r.integer(1), 1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void migrationsRunOnceInOrderAndNeverBackwards() throws SQLException {
    String one = "CREATE TABLE one (a)\n;\nINSERT INTO one VALUES (1)";
    String two = "ALTER TABLE one ADD COLUMN b";
    new Migrations(List.of(one)).apply(db);
    new Migrations(List.of(one, two)).apply(db);
    new Migrations(List.of(one, two)).apply(db);
    assertThat(db.list("SELECT a, b FROM one", row -> row.integer(1))).containsExactly(1L);
    assertThatThrownBy(() -> new Migrations(List.of(one)).apply(db))
        .isInstanceOf(Migrations.NewerFileException.class);
    assertThatThrownBy(
            () -> new Migrations(List.of(one, two, "CREATE TABLE x (a)\n;\nNONSENSE")).apply(db))
        .isInstanceOf(SQLException.class);
    assertThat(db.list("SELECT name FROM sqlite_schema WHERE name = 'x'", row -> row.text(1)))
        .isEmpty();
  }
}
