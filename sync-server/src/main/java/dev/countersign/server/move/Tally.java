package dev.countersign.server.move;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TableShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has and the SHA-256 over all their values, each with its kind and length,
 * in the order of the key. Bytes go in as their own hash, so that the other database can hash a
 * long payload where it lies.
 */
record Tally(long rows, Hash content) {
  /** Counts rows as they pass. */
  static final class Counter {
    private final MessageDigest digest = Hash.newDigest();
    private long rows;

    void add(List<@Nullable Object> values, boolean hashed) {
      rows++;
      for (Object value : values) {
        switch (value) {
          case null -> digest.update((byte) 'n');
          case Long number -> add('i', ByteBuffer.allocate(Long.BYTES).putLong(number).array());
          case String text -> add('t', text.getBytes(StandardCharsets.UTF_8));
          case byte[] bytes -> add('b', hashed ? bytes : Hash.of(bytes).bytes());
          default -> throw new IllegalArgumentException("no value of a table");
        }
      }
    }

    private void add(char kind, byte[] bytes) {
      digest.update((byte) kind);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }

    Tally done() {
      return new Tally(rows, Hash.fromBytes(digest.digest()));
    }
  }

  /** Reads a table back from PostgreSQL. */
  static Tally inPostgres(Db db, TableShape shape) throws SQLException {
    String columns =
        shape.columns().stream()
            .map(
                column ->
                    column.kind() == TableShape.Kind.BLOB
                        ? "sha256(" + column.quoted() + ")"
                        : column.quoted())
            .collect(Collectors.joining(", "));
    Counter counter = new Counter();
    db.<SQLException>each(
        "SELECT " + columns + " FROM " + shape.name() + " ORDER BY " + shape.order(),
        row -> counter.add(shape.read(row), true));
    return counter.done();
  }
}
