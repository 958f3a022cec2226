package dev.countersign.common.sql;

import dev.countersign.common.crypto.Hash;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result, read by column position from 1, in the types the project uses. */
public final class Row {
  private final ResultSet result;
  private final int before;

  Row(ResultSet result) {
    this(result, 0);
  }

  /**
   * @param before how many columns stand before the first one
   */
  Row(ResultSet result, int before) {
    this.result = result;
    this.before = before;
  }

  public long integer(int column) throws SQLException {
    return result.getLong(before + column);
  }

  public @Nullable Long integerOrNull(int column) throws SQLException {
    long value = result.getLong(before + column);
    return result.wasNull() ? null : value;
  }

  public boolean flag(int column) throws SQLException {
    return result.getLong(before + column) != 0;
  }

  public String text(int column) throws SQLException {
    return required(result.getString(before + column), column);
  }

  public @Nullable String textOrNull(int column) throws SQLException {
    return result.getString(before + column);
  }

  public byte[] bytes(int column) throws SQLException {
    return required(result.getBytes(before + column), column);
  }

  public byte @Nullable [] bytesOrNull(int column) throws SQLException {
    return result.getBytes(before + column);
  }

  public UUID uuid(int column) throws SQLException {
    return toUuid(bytes(column));
  }

  public @Nullable UUID uuidOrNull(int column) throws SQLException {
    byte[] bytes = result.getBytes(before + column);
    return bytes == null ? null : toUuid(bytes);
  }

  public Hash hash(int column) throws SQLException {
    return Hash.fromBytes(bytes(column));
  }

  /** Stored as milliseconds since 1970 in UTC. */
  public Instant instant(int column) throws SQLException {
    return Instant.ofEpochMilli(result.getLong(before + column));
  }

  /** Stored as ISO-8601 text. */
  public LocalDate date(int column) throws SQLException {
    return LocalDate.parse(text(column));
  }

  /** As it is stored, to be stored elsewhere: a {@code Long}, {@code String}, bytes or null. */
  public @Nullable Object stored(int column) throws SQLException {
    return result.getObject(before + column);
  }

  private static UUID toUuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static <T> T required(@Nullable T value, int column) throws SQLException {
    if (value == null) {
      throw new SQLException("null in column " + column);
    }
    return value;
  }
}
