package dev.countersign.common.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be asked or written over a network, so that it goes there and back once and not
 * each by itself. Either questions or writings, never both: they are done in the order they came.
 */
final class Line {
  /** Every number of questions is a statement of its own, which the other side has to plan. */
  private static final int QUESTIONS = 12;

  private static final int ALIKE = 2;

  private static final int NOT_YET = -1;

  /** The name of the column behind those of each question. */
  private static final String END = "end_of_answer";

  private final Db db;
  private final List<Question<?>> questions = new ArrayList<>();
  private final List<Writing> writings = new ArrayList<>();

  Line(Db db) {
    this.db = db;
  }

  private final class Question<T> implements Db.Answer<Optional<T>> {
    private final String sql;
    private final @Nullable Object[] parameters;
    private final Db.Reader<T> reader;
    private Optional<T> answer = Optional.empty();
    private boolean answered;

    Question(String sql, Db.Reader<T> reader, @Nullable Object[] parameters) {
      this.sql = sql;
      this.reader = reader;
      this.parameters = parameters;
    }

    void read(@Nullable Row row) throws SQLException {
      answer = row == null ? Optional.empty() : Optional.of(reader.read(row));
      answered = true;
    }

    @Override
    public Optional<T> get() throws SQLException {
      if (!answered) {
        done();
      }
      require(answered);
      return answer;
    }
  }

  private final class Writing implements Db.Answer<Integer> {
    private final String sql;
    private final @Nullable String insert;
    private final @Nullable Object[] parameters;
    private int rows = NOT_YET;

    Writing(String sql, @Nullable String insert, @Nullable Object[] parameters) {
      this.sql = sql;
      this.insert = insert;
      this.parameters = parameters;
    }

    /** Another one that was done with it may have made the row meanwhile. */
    void makeWhereMissing() throws SQLException {
      if (insert != null && rows == 0 && db.update(sql, parameters) == 0) {
        db.update(insert, parameters);
      }
    }

    @Override
    public Integer get() throws SQLException {
      if (rows == NOT_YET) {
        done();
      }
      require(rows != NOT_YET);
      return rows;
    }
  }

  private static void require(boolean done) throws SQLException {
    if (!done) {
      throw new SQLException("something that stood in line before this has failed");
    }
  }

  <T> Db.Answer<Optional<T>> ask(String sql, Db.Reader<T> reader, @Nullable Object[] parameters)
      throws SQLException {
    long alike = questions.stream().filter(each -> each.sql.equals(sql)).count();
    if (!writings.isEmpty() || questions.size() == QUESTIONS || alike == ALIKE) {
      done();
    }
    Question<T> question = new Question<>(sql, reader, parameters);
    questions.add(question);
    return question;
  }

  Db.Answer<Integer> write(String sql, @Nullable Object[] parameters) throws SQLException {
    return add(new Writing(sql, null, parameters));
  }

  void put(String update, String insert, @Nullable Object[] parameters) throws SQLException {
    add(new Writing(update, insert, parameters));
  }

  private Writing add(Writing writing) throws SQLException {
    if (!questions.isEmpty()) {
      done();
    }
    writings.add(writing);
    return writing;
  }

  /** Nothing of what waits is asked or written. */
  void forget() {
    questions.clear();
    writings.clear();
  }

  /** Asks and writes all that waits. */
  void done() throws SQLException {
    List<Question<?>> asked = List.copyOf(questions);
    List<Writing> written = List.copyOf(writings);
    questions.clear();
    writings.clear();
    if (!asked.isEmpty()) {
      ask(asked);
    }
    if (!written.isEmpty()) {
      write(written);
    }
  }

  /** Each a row of its own, at most, and all of them beside each other. */
  private void ask(List<Question<?>> all) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT * FROM (SELECT 1) AS base");
    int number = 0;
    for (Question<?> each : all) {
      sql.append("\nLEFT JOIN (SELECT q.*, 1 AS " + END + " FROM (")
          .append(each.sql)
          .append(") AS q LIMIT 1) AS a")
          .append(++number)
          .append(" ON 1 = 1");
    }
    String text = all.size() == 1 ? all.getFirst().sql : sql.toString();
    List<@Nullable Object> parameters = new ArrayList<>();
    all.forEach(each -> parameters.addAll(Arrays.asList(each.parameters)));
    try (ResultSet result = db.bind(text, parameters.toArray()).executeQuery()) {
      boolean found = result.next();
      if (all.size() == 1) {
        all.getFirst().read(found ? new Row(result) : null);
        return;
      }
      ResultSetMetaData columns = result.getMetaData();
      int before = 1;
      for (Question<?> each : all) {
        int end = before + 1;
        while (!columns.getColumnLabel(end).equals(END)) {
          end++;
        }
        boolean there = result.getObject(end) != null;
        each.read(there ? new Row(result, before) : null);
        before = end;
      }
    } catch (SQLException e) {
      throw db.forgotten(text, e);
    }
  }

  private void write(List<Writing> all) throws SQLException {
    String text = all.stream().map(each -> each.sql).collect(Collectors.joining(";\n"));
    List<@Nullable Object> parameters = new ArrayList<>();
    all.forEach(each -> parameters.addAll(Arrays.asList(each.parameters)));
    try {
      PreparedStatement statement = db.bind(text, parameters.toArray());
      statement.execute();
      for (Writing each : all) {
        each.rows = statement.getUpdateCount();
        statement.getMoreResults();
      }
    } catch (SQLException e) {
      throw db.forgotten(text, e);
    }
    for (Writing each : all) {
      each.makeWhereMissing();
    }
  }
}
