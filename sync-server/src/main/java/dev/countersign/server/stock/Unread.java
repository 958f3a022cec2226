package dev.countersign.server.stock;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.sql.Db;
import dev.countersign.server.ingest.StoredBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches that are not in the levels yet, fetched and unpacked. A batch never changes, so this
 * needs no writer: tills go on selling meanwhile.
 *
 * @param more whether there are more, which were not fetched because it was enough
 */
record Unread(List<Device> devices, boolean more) {
  private static final Logger LOG = LoggerFactory.getLogger(Unread.class);

  /**
   * A batch.
   *
   * @param firstChange the number of its first change
   * @param changes in their order; empty for one that cannot be read
   */
  record Batch(long number, Instant received, long firstChange, List<Optional<Change>> changes) {
    long lastChange() {
      return firstChange + changes.size() - 1;
    }
  }

  /**
   * What a device sent behind what was read of it.
   *
   * @param read the number of the last batch that was read, 0 before the first
   * @param change the number of the last change that was read
   */
  record Device(UUID id, UUID store, long read, long change, List<Batch> batches) {}

  /** A device whose batches were not all read. */
  private record Behind(UUID device, UUID store, long read, long change, long stored) {}

  private record Stored(byte[] payload, Instant received) {}

  /** Whether there is any. */
  static boolean isAny(Db db) throws SQLException {
    return !behind(db).isEmpty();
  }

  private static List<Behind> behind(Db db) throws SQLException {
    return db.list(
        """
        SELECT d.id, d.store, coalesce(r.batch, 0), coalesce(r.change_number, 0), d.last_batch
        FROM device d LEFT JOIN stock_read r ON r.device = d.id
        WHERE d.last_batch > coalesce(r.batch, 0) ORDER BY d.id\
        """,
        row ->
            new Behind(row.uuid(1), row.uuid(2), row.integer(3), row.integer(4), row.integer(5)));
  }

  /** Fetches batches, device by device, until they hold so many changes. */
  static Unread fetch(Db db, int atMost) throws SQLException {
    List<Device> devices = new ArrayList<>();
    boolean more = false;
    int changes = 0;
    for (Behind device : behind(db)) {
      List<Batch> batches = new ArrayList<>();
      long next = device.read() + 1;
      while (next <= device.stored() && changes < atMost) {
        Optional<Batch> batch = batch(db, device.device(), next);
        if (batch.isEmpty()) {
          break;
        }
        batches.add(batch.get());
        changes += batch.get().changes().size();
        next++;
      }
      if (!batches.isEmpty()) {
        devices.add(
            new Device(device.device(), device.store(), device.read(), device.change(), batches));
      }
      more |= next <= device.stored() && changes >= atMost;
    }
    return new Unread(devices, more);
  }

  /** A batch; empty for one that is damaged, which the nightly recheck tells of. */
  private static Optional<Batch> batch(Db db, UUID device, long number) throws SQLException {
    Optional<Stored> stored =
        db.first(
            "SELECT payload, received FROM batch WHERE device = ? AND number = ?",
            row -> new Stored(row.bytes(1), row.instant(2)),
            device,
            number);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      ReadBatch batch = BatchCodec.decode(StoredBatch.unpack(stored.get().payload()));
      List<Optional<Change>> changes = new ArrayList<>(batch.changes().size());
      for (ReadBatch.Slice slice : batch.changes()) {
        changes.add(decoded(batch, slice));
      }
      long first = batch.header().firstChange();
      return Optional.of(new Batch(number, stored.get().received(), first, changes));
    } catch (BatchFormatException | SQLException e) {
      LOG.error("stock stops before batch {} of device {}", number, device, e);
      return Optional.empty();
    }
  }

  private static Optional<Change> decoded(ReadBatch batch, ReadBatch.Slice slice) {
    try {
      return Optional.of(ChangeCodec.decode(batch.payload(), slice.offset(), slice.length()));
    } catch (UnreadableChangeException _) {
      return Optional.empty();
    }
  }
}
