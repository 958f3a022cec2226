package dev.countersign.server.move;

import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries the rows of one table over, a few at a time, and counts them where they come from. */
final class TableCopy {
  /** Fewer ways to the other machine, and no more in memory than a large batch. */
  private static final int ROWS = 64;

  private static final int BYTES = 1024 * 1024;

  private final TableShape shape;
  private final Db to;
  private final Tally.Counter counter = new Tally.Counter();
  private final List<@Nullable Object> pending = new ArrayList<>();
  private int rows;
  private int bytes;

  private TableCopy(TableShape shape, Db to) {
    this.shape = shape;
    this.to = to;
  }

  /** Copies every row; what was sent. */
  static Tally run(TableShape shape, Db from, Db to) throws SQLException {
    TableCopy copy = new TableCopy(shape, to);
    from.<SQLException>each(
        "SELECT " + shape.columnList() + " FROM " + shape.name() + " ORDER BY " + shape.order(),
        row -> copy.take(shape.read(row)));
    copy.send();
    return copy.counter.done();
  }

  private void take(List<@Nullable Object> values) throws SQLException {
    counter.add(values, false);
    pending.addAll(values);
    rows++;
    for (Object value : values) {
      bytes += value instanceof byte[] blob ? blob.length : Long.BYTES;
    }
    if (rows == ROWS || bytes >= BYTES) {
      send();
    }
  }

  private void send() throws SQLException {
    if (rows > 0) {
      to.update(shape.insert(rows), pending.toArray());
      pending.clear();
      rows = 0;
      bytes = 0;
    }
  }
}
