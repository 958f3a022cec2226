package dev.countersign.common.sql;

import dev.countersign.common.crypto.Hash;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements kept: preparing costs more than a lookup does. Used
 * by one thread at a time; whoever shares it holds its own lock.
 *
 * <p>Parameters may be {@code Long}, {@code Integer}, {@code Boolean}, {@code String}, {@code
 * byte[]}, {@link UUID} (16 bytes), {@link Hash} (32 bytes), {@link Instant} (milliseconds), {@link
 * LocalDate} (ISO text) or null; over a network also a {@link Column}.
 */
public final class Db implements AutoCloseable {
  /** Reads a row. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /** Work inside a transaction. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws SQLException, E;
  }

  /** Work inside a transaction that gives nothing back. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void run() throws SQLException, E;
  }

  /**
   * What was asked or written soon, known by now or as soon as it is needed; throws what went wrong
   * with anything that stood in line before it.
   */
  @FunctionalInterface
  public interface Answer<T> {
    T get() throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final @Nullable Line line;
  private boolean inTransaction;

  public Db(Connection connection) {
    this(connection, false);
  }

  private Db(Connection connection, boolean far) {
    this.connection = connection;
    this.line = far ? new Line(this) : null;
  }

  /**
   * Over a network, where a statement costs a way there and back: what is done <i>soon</i> stands
   * in line and goes together, in its order, before anything else and before {@link #settle()}.
   */
  public static Db overNetwork(Connection connection) {
    return new Db(connection, true);
  }

  /** Whether a {@link Column} can be a parameter. */
  public boolean takesColumns() {
    return line != null;
  }

  /** Does all that stands in line; to be called before a transaction is committed. */
  public void settle() throws SQLException {
    if (line != null) {
      line.done();
    }
  }

  /** {@link #first} whose answer is not needed yet; it is at most one row with a name or number. */
  public <T> Answer<Optional<T>> firstSoon(
      String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
    if (line != null) {
      return line.ask(sql, reader, parameters);
    }
    Optional<T> found = first(sql, reader, parameters);
    return () -> found;
  }

  /** {@link #update} of which nobody waits to hear how many rows it touched. */
  public Answer<Integer> updateSoon(String sql, @Nullable Object... parameters)
      throws SQLException {
    if (line != null) {
      return line.write(sql, parameters);
    }
    int rows = update(sql, parameters);
    return () -> rows;
  }

  /** Runs a statement and returns how many rows it touched. */
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    settle();
    try {
      return bind(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      throw forgotten(sql, e);
    }
  }

  /**
   * Changes the row that is there, soon, or makes it where there is none: whoever writes is alone,
   * so looking and then inserting is safe, and an upsert would have to name a key.
   *
   * @param insert of the same parameters in the same order
   */
  public void put(String update, String insert, @Nullable Object... parameters)
      throws SQLException {
    if (line != null) {
      line.put(update, insert, parameters);
    } else if (update(update, parameters) == 0) {
      update(insert, parameters);
    }
  }

  /** Runs a statement once for each row of parameters, over a network all at once. */
  public void updateEach(String sql, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    settle();
    try {
      for (@Nullable Object[] row : rows) {
        bind(sql, row).addBatch();
      }
      PreparedStatement statement = prepared.get(sql);
      if (statement != null) {
        statement.executeBatch();
      }
    } catch (SQLException e) {
      throw forgotten(sql, e);
    }
  }

  /** Runs a statement that gives no rows and takes no parameters, such as a pragma or DDL. */
  public void execute(String sql) throws SQLException {
    settle();
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    settle();
    try (ResultSet result = bind(sql, parameters).executeQuery()) {
      List<T> rows = new ArrayList<>();
      Row row = new Row(result);
      while (result.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    } catch (SQLException e) {
      throw forgotten(sql, e);
    }
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    settle();
    try (ResultSet result = bind(sql, parameters).executeQuery()) {
      return result.next() ? Optional.of(reader.read(new Row(result))) : Optional.empty();
    } catch (SQLException e) {
      throw forgotten(sql, e);
    }
  }

  /** Gives every row to a consumer, without holding them all. */
  public <E extends Exception> void each(
      String sql, RowConsumer<E> consumer, @Nullable Object... parameters) throws SQLException, E {
    settle();
    try (ResultSet result = bind(sql, parameters).executeQuery()) {
      Row row = new Row(result);
      while (result.next()) {
        consumer.accept(row);
      }
    } catch (SQLException e) {
      throw forgotten(sql, e);
    }
  }

  /** Takes a row. */
  @FunctionalInterface
  public interface RowConsumer<E extends Exception> {
    void accept(Row row) throws SQLException, E;
  }

  /**
   * Runs work in one write transaction: all of it is durable when this returns, none of it when it
   * throws.
   */
  public <T, E extends Exception> T transaction(Work<T, E> work) throws SQLException, E {
    begin();
    boolean done = false;
    try {
      T result = work.run();
      update("COMMIT");
      done = true;
      return result;
    } finally {
      end(done);
    }
  }

  /** {@link #transaction} for work that gives nothing back. */
  public <E extends Exception> void atomically(Action<E> action) throws SQLException, E {
    begin();
    boolean done = false;
    try {
      action.run();
      update("COMMIT");
      done = true;
    } finally {
      end(done);
    }
  }

  /** Work could not be undone by itself; the cause is what it threw. */
  public static final class LostTransactionException extends SQLException {
    private static final long serialVersionUID = 1L;

    LostTransactionException(Throwable cause) {
      super("the whole transaction is lost", cause);
    }
  }

  /**
   * Runs work that is undone by itself when it throws, within a transaction that goes on.
   *
   * @throws LostTransactionException when it cannot be undone by itself: a full disk or a failing
   *     one has rolled everything back
   */
  public <T> T step(Work<T, Exception> work) throws Exception {
    // Together with the end of the step before, which may stand in line.
    updateSoon("SAVEPOINT step");
    settle();
    try {
      T result = work.run();
      // What it left to be written soon is its own, and so is what comes of it.
      settle();
      updateSoon("RELEASE step");
      return result;
    } catch (Exception thrown) {
      try {
        forgetLine();
        update("ROLLBACK TO step");
        updateSoon("RELEASE step");
      } catch (SQLException gone) {
        thrown.addSuppressed(gone);
        throw new LostTransactionException(thrown);
      }
      throw thrown;
    }
  }

  private void forgetLine() {
    if (line != null) {
      line.forget();
    }
  }

  /** Runs reading that sees one moment of the file throughout, whatever is written meanwhile. */
  public <T, E extends Exception> T atOneMoment(Work<T, E> reading) throws SQLException, E {
    update("BEGIN");
    try {
      return reading.run();
    } finally {
      update("COMMIT");
    }
  }

  private void begin() throws SQLException {
    if (inTransaction) {
      throw new IllegalStateException("a transaction is open already");
    }
    update("BEGIN IMMEDIATE");
    inTransaction = true;
  }

  private void end(boolean committed) {
    inTransaction = false;
    if (!committed) {
      rollBack();
    }
  }

  private void rollBack() {
    try {
      update("ROLLBACK");
    } catch (SQLException _) {
      // A full disk or an I/O error has already rolled it back; the first error is the one to tell.
    }
  }

  /** The driver finalises a statement that failed (a full disk): it is prepared again next time. */
  SQLException forgotten(String sql, SQLException failure) {
    PreparedStatement statement = prepared.remove(sql);
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  PreparedStatement bind(String sql, @Nullable Object[] parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, int position, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(position, null);
      case Long number -> statement.setLong(position, number);
      case Integer number -> statement.setLong(position, number);
      case Boolean flag -> statement.setLong(position, flag ? 1 : 0);
      case String text -> statement.setString(position, text);
      case byte[] bytes -> statement.setBytes(position, bytes);
      case UUID id -> statement.setBytes(position, toBytes(id));
      case Hash hash -> statement.setBytes(position, hash.bytes());
      case Instant instant -> statement.setLong(position, instant.toEpochMilli());
      case LocalDate date -> statement.setString(position, date.toString());
      case Column column -> statement.setArray(position, column.in(connection));
      default -> throw new IllegalArgumentException("cannot bind a " + value.getClass().getName());
    }
  }

  static byte[] toBytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
    connection.close();
  }
}
