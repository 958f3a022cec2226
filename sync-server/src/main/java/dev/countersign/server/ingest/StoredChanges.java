package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes as their devices signed them, read again from the batches. Keeps the last few batches
 * unpacked, for those who ask for one after the other; not for several threads.
 */
public final class StoredChanges {
  private static final Logger LOG = LoggerFactory.getLogger(StoredChanges.class);

  private static final int KEPT = 8;

  private record Place(UUID device, long batch) {}

  private final Db db;
  private final Set<Place> damaged = new HashSet<>();
  private final Map<Place, ReadBatch> unpacked =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, ReadBatch> eldest) {
          return size() > KEPT;
        }
      };

  public StoredChanges(Db db) {
    this.db = db;
  }

  /**
   * A change of a stored batch.
   *
   * @param number its number on its device
   * @return empty when there is no such change, and for one that could not be read
   */
  public Optional<Change> find(UUID device, long batch, long number) throws SQLException {
    Optional<byte[]> recorded = recorded(device, batch, number);
    if (recorded.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ChangeCodec.decode(recorded.get(), 0, recorded.get().length));
    } catch (UnreadableChangeException _) {
      return Optional.empty();
    }
  }

  /** The same, byte for byte as it was signed. */
  Optional<byte[]> recorded(UUID device, long batch, long number) throws SQLException {
    ReadBatch read = batch(new Place(device, batch));
    if (read == null) {
      return Optional.empty();
    }
    long at = number - read.header().firstChange();
    if (at < 0 || at >= read.changes().size()) {
      return Optional.empty();
    }
    ReadBatch.Slice slice = read.changes().get((int) at);
    return Optional.of(
        Arrays.copyOfRange(read.payload(), slice.offset(), slice.offset() + slice.length()));
  }

  /** The same, and empty also where the batch is damaged; the log says so once. */
  Optional<byte[]> readable(UUID device, long batch, long number) throws SQLException {
    Place place = new Place(device, batch);
    if (damaged.contains(place)) {
      return Optional.empty();
    }
    try {
      return recorded(device, batch, number);
    } catch (StoredBatch.DamagedException e) {
      damaged.add(place);
      LOG.error("batch {} of device {} is damaged, its sales are not given", batch, device, e);
      return Optional.empty();
    }
  }

  private @Nullable ReadBatch batch(Place place) throws SQLException {
    ReadBatch known = unpacked.get(place);
    if (known != null) {
      return known;
    }
    Optional<byte[]> stored =
        db.first(
            "SELECT payload FROM batch WHERE device = ? AND number = ?",
            row -> row.bytes(1),
            place.device(),
            place.batch());
    if (stored.isEmpty()) {
      return null;
    }
    try {
      ReadBatch read = BatchCodec.decode(StoredBatch.unpack(stored.get()));
      unpacked.put(place, read);
      return read;
    } catch (BatchFormatException e) {
      throw new StoredBatch.DamagedException(e);
    }
  }
}
