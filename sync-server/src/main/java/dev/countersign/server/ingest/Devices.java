package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The device table as ingest sees it: who may send, and how far each has come. */
final class Devices {
  private static final int KEYS_KEPT = 4096;

  /** A device's row. */
  record Device(
      UUID id,
      UUID store,
      @Nullable UUID register,
      String series,
      VerifyKey key,
      String environment,
      String state,
      long lastBatch,
      Hash lastHash,
      long lastChange,
      long highestReceipt,
      long keyFrom) {
    boolean isFrozen() {
      return state.equals("frozen");
    }

    boolean isRevoked() {
      return state.equals("revoked");
    }

    /** Told to wipe itself, or has done so. */
    boolean isWiped() {
      return state.equals("wiping") || state.equals("wiped");
    }

    /** Why nothing of it counts, or null while it does. */
    @Nullable String cutOff() {
      if (isRevoked()) {
        return Judge.REVOKED;
      }
      return isWiped() ? Judge.WIPED : null;
    }
  }

  /** Unpacking a point of the curve costs as much as a signature, and devices keep their key. */
  private final Map<ByteBuffer, VerifyKey> keys = Collections.synchronizedMap(kept());

  /** By which key each device signed last; found again without a look into the tenant's data. */
  private final Map<UUID, VerifyKey> signers = Collections.synchronizedMap(kept());

  private static <K, V> Map<K, V> kept() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEYS_KEPT;
      }
    };
  }

  Optional<Device> find(TenantScope scope, UUID id) throws SQLException {
    return scope
        .db()
        .first(
            """
            SELECT store, register, series, public_key, state, last_batch, last_hash, last_change,
              environment, key_from, highest_receipt
            FROM device WHERE id = ?\
            """,
            row -> {
              byte[] lastHash = row.bytesOrNull(7);
              return new Device(
                  id,
                  row.uuid(1),
                  row.uuidOrNull(2),
                  row.text(3),
                  key(row.bytes(4)),
                  row.text(9),
                  row.text(5),
                  row.integer(6),
                  lastHash == null ? Hash.ZERO : Hash.fromBytes(lastHash),
                  row.integer(8),
                  row.integer(11),
                  row.integer(10));
            },
            id);
  }

  /** The device that this envelope says it is from, if it is a batch and there is one. */
  Optional<Device> claimed(TenantScope scope, Envelope envelope) throws SQLException {
    if (!envelope.payloadType().equals(BatchCodec.PAYLOAD_TYPE)) {
      return Optional.empty();
    }
    UUID id;
    try {
      id = UUID.fromString(envelope.keyId());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (!id.toString().equals(envelope.keyId())) {
      return Optional.empty();
    }
    return find(scope, id);
  }

  /** The key that a batch of this number is signed by: its own one, or a former one. */
  VerifyKey keyOf(TenantScope scope, Device device, long batch) throws SQLException {
    if (batch >= device.keyFrom()) {
      return device.key();
    }
    return scope
        .db()
        .first(
            "SELECT public_key FROM former_key WHERE device = ? AND until > ? ORDER BY number"
                + " LIMIT 1",
            row -> key(row.bytes(1)),
            device.id(),
            batch)
        .orElse(device.key());
  }

  /** Keys that the device had before. */
  private List<VerifyKey> formerKeys(TenantScope scope, Device device) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT public_key FROM former_key WHERE device = ? ORDER BY number DESC",
            row -> key(row.bytes(1)),
            device.id());
  }

  /**
   * Which key that a device has or had signed this. What is sealed last may be under either: the
   * answer to a new key may have been lost.
   */
  Optional<VerifyKey> signer(TenantScope scope, Device device, Hashed posted) throws SQLException {
    Optional<VerifyKey> signer =
        posted.verifiedBy(device.key())
            ? Optional.of(device.key())
            : formerKeys(scope, device).stream().filter(posted::verifiedBy).findAny();
    signer.ifPresent(key -> signers.put(device.id(), key));
    return signer;
  }

  /**
   * The same for whoever goes on under the key that it used last; empty says nothing. A device
   * keeps its former keys, so whoever was a signer is one still.
   */
  Optional<VerifyKey> lastSigner(UUID device, Hashed posted) {
    return Optional.ofNullable(signers.get(device)).filter(posted::verifiedBy);
  }

  /** Soon; one row, or the device's row was moved by somebody else. */
  Db.Answer<Integer> advance(
      TenantScope scope,
      Device device,
      BatchHeader header,
      Hash hash,
      long highestReceipt,
      Instant received)
      throws SQLException {
    return scope
        .db()
        .updateSoon(
            """
            UPDATE device SET last_seen = ?, last_batch = ?, last_hash = ?, last_change = ?,
              highest_receipt = ?
            WHERE id = ? AND last_batch = ?\
            """,
            received,
            header.number(),
            hash,
            header.lastChange(),
            highestReceipt,
            device.id(),
            device.lastBatch());
  }

  /** Freezes a device that was active; a revoked one stays revoked. */
  void freeze(TenantScope scope, UUID device) throws SQLException {
    scope
        .db()
        .update("UPDATE device SET state = 'frozen' WHERE id = ? AND state = 'active'", device);
  }

  /** True when this payload is kept as another history of the device: it may come again. */
  boolean isEvidence(TenantScope scope, UUID device, long batch, byte[] payload)
      throws SQLException {
    return scope
        .db()
        .list(
            "SELECT payload FROM incident WHERE device = ? AND batch = ?",
            row -> row.bytes(1),
            device,
            batch)
        .stream()
        .anyMatch(kept -> Arrays.equals(kept, payload));
  }

  private VerifyKey key(byte[] raw) {
    return keys.computeIfAbsent(ByteBuffer.wrap(raw), _ -> VerifyKey.fromRaw(raw));
  }
}
