package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done soon is done as if at once, in a file and over a network. */
@ParameterizedClass
@EnumSource
class SoonTest {
  private static final String ADD = "INSERT INTO soon (n, words) VALUES (?, ?)";
  private static final String WORDS = "SELECT words, n FROM soon WHERE n = ?";

  @Parameter Stored stored;
  @TempDir Path folder;
  private Connection connection;
  private Db db;

  @BeforeEach
  void open() throws Exception {
    if (stored == Stored.IN_POSTGRES) {
      connection = TestPostgres.connect("postgres");
      db = Db.overNetwork(connection);
      db.execute("CREATE TEMPORARY TABLE soon (n bigint PRIMARY KEY, words text)");
      connection.setAutoCommit(false);
    } else {
      try (Secret key = Secret.random(32, new SecureRandom())) {
        connection = SqlCipher.openWriter(folder.resolve("a.db"), key);
      }
      db = new Db(connection);
      db.execute("CREATE TABLE soon (n INTEGER PRIMARY KEY, words TEXT)");
      connection.setAutoCommit(false);
    }
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private Db.Answer<Optional<String>> words(long n) throws SQLException {
    return db.firstSoon(WORDS, row -> row.textOrNull(1) + "/" + row.integer(2), n);
  }

  @Test
  void everyQuestionHasItsOwnAnswerAlsoWhereThereIsNoneOrNothingInIt() throws Exception {
    db.update(ADD, 1L, "one");
    db.update(ADD, 2L, null);
    for (int round = 0; round < 8; round++) {
      var both = words(1);
      var nothing = words(2);
      var none = words(3);
      var sum = db.firstSoon("SELECT count(*), max(n), sum(n) FROM soon", row -> row.integer(3));
      var last = db.firstSoon("SELECT n FROM soon ORDER BY n DESC LIMIT 1", row -> row.integer(1));
      assertThat(last.get()).hasValue(2L);
      assertThat(both.get()).hasValue("one/1");
      assertThat(nothing.get()).hasValue("null/2");
      assertThat(none.get()).isEmpty();
      assertThat(sum.get()).hasValue(3L);
    }
  }

  @Test
  void manyQuestionsAreAnsweredToo() throws Exception {
    List<Db.Answer<Optional<Long>>> answers = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      db.updateSoon(ADD, i, "");
    }
    for (long i = 0; i < 40; i++) {
      answers.add(db.firstSoon("SELECT n + " + i + " FROM soon WHERE n = ?", r -> r.integer(1), i));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(answers.get(i).get()).hasValue(2L * i);
    }
  }

  @Test
  void whatIsAskedAfterAWritingKnowsOfItAndWhatWasAskedBeforeDoesNot() throws Exception {
    var before = words(1);
    var written = db.updateSoon(ADD, 1L, "one");
    var after = words(1);
    db.updateSoon("UPDATE soon SET words = ? WHERE n = ?", "two", 1L);
    assertThat(db.first(WORDS, row -> row.text(1), 1L)).hasValue("two");
    assertThat(before.get()).isEmpty();
    assertThat(after.get()).hasValue("one/1");
    assertThat(written.get()).isEqualTo(1);
  }

  @Test
  void eachWritingKnowsHowManyRowsItTouched() throws Exception {
    for (int round = 0; round < 8; round++) {
      db.updateSoon("DELETE FROM soon");
      var one = db.updateSoon(ADD, 1L, "a");
      var two = db.updateSoon(ADD, 2L, "a");
      var both = db.updateSoon("UPDATE soon SET words = ?", "b");
      var none = db.updateSoon("UPDATE soon SET words = ? WHERE n = ?", "c", 3L);
      assertThat(both.get()).isEqualTo(2);
      assertThat(List.of(one.get(), two.get(), none.get())).containsExactly(1, 1, 0);
    }
  }

  @Test
  void aRowIsPutOnceHoweverOftenItIsPutAtOnce() throws Exception {
    String update = "UPDATE soon SET words = coalesce(words, '') || ? WHERE n = ?";
    String insert = "INSERT INTO soon (words, n) VALUES (?, ?)";
    db.put(update, insert, "a", 1L);
    db.put(update, insert, "b", 1L);
    db.put(update, insert, "x", 2L);
    db.settle();
    db.put(update, insert, "c", 1L);
    assertThat(words(1).get()).hasValue("abc/1");
    assertThat(words(2).get()).hasValue("x/2");
  }

  @Test
  void whatCannotBeWrittenIsToldBeforeTheCommit() throws Exception {
    assertThatThrownBy(
            () -> {
              var first = db.updateSoon(ADD, 1L, "one");
              db.updateSoon(ADD, 1L, "another");
              db.settle();
              first.get();
            })
        .isInstanceOf(SQLException.class);
    connection.rollback();
    assertThat(words(1).get()).isEmpty();
  }
}
