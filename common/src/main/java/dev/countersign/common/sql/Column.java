package dev.countersign.common.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Many values of one kind as one parameter, where {@link Db#takesColumns}: a statement of many rows
 * is then read and planned once, however many they are.
 *
 * @param values not empty, none null; all numbers, texts, ids or instants
 */
public record Column(List<?> values) {
  Array in(Connection connection) throws SQLException {
    return switch (values.getFirst()) {
      case Long _ -> array(connection, "int8", Long[]::new, value -> value);
      case Integer _ ->
          array(connection, "int8", Long[]::new, value -> ((Integer) value).longValue());
      case Instant _ ->
          array(connection, "int8", Long[]::new, value -> ((Instant) value).toEpochMilli());
      case String _ -> array(connection, "text", String[]::new, value -> value);
      case UUID _ -> array(connection, "bytea", byte[][]::new, value -> Db.toBytes((UUID) value));
      default -> throw new IllegalArgumentException("no column of such values");
    };
  }

  private Array array(
      Connection connection,
      String type,
      IntFunction<Object[]> empty,
      Function<Object, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, values.stream().map(value).toArray(empty));
  }
}
