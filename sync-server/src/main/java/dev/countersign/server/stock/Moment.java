package dev.countersign.server.stock;

import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a change happened, as far as stock goes: by its device's clock, but not later than the
 * server had it. Every two changes stand in one order, whichever came first: those of the same
 * millisecond by device, those of one device as it made them.
 */
record Moment(Instant at, UUID device, long batch, long change) implements Comparable<Moment> {
  private static final Comparator<Moment> ORDER =
      Comparator.comparing(Moment::at)
          // As both databases compare bytes, not as UUID does.
          .thenComparing(Moment::device, Moment::unsigned)
          .thenComparing(Moment::batch)
          .thenComparing(Moment::change);

  /** Of a change that the server had at that time. */
  static Moment of(Instant at, Instant received, UUID device, long batch, long change) {
    Instant known = at.isAfter(received) ? received : at;
    return new Moment(Instant.ofEpochMilli(known.toEpochMilli()), device, batch, change);
  }

  /** From four columns; null when nothing stands in them. */
  static @Nullable Moment ofColumns(Row row, int first) throws SQLException {
    UUID device = row.uuidOrNull(first + 1);
    return device == null
        ? null
        : new Moment(row.instant(first), device, row.integer(first + 2), row.integer(first + 3));
  }

  private static int unsigned(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }

  @Override
  public int compareTo(Moment other) {
    return ORDER.compare(this, other);
  }
}
