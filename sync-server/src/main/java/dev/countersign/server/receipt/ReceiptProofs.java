package dev.countersign.server.receipt;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.InclusionProof;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.ReadLeaf;
import dev.countersign.server.ingest.StoredBatch;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds the entry of a sale from what stands in the receipt's code, and verifies its way into the
 * log before it says anything. A handful of look-ups, whatever the log's length.
 */
public final class ReceiptProofs {
  private final AuditLog log;

  public ReceiptProofs(AuditLog log) {
    this.log = log;
  }

  /** A batch with the answer it was given. */
  private record Answered(byte[] payload, Acknowledgement ack) {}

  /**
   * The proof for a sale, or empty for everything that is not exactly so in the log: one answer,
   * whatever it is that does not fit.
   *
   * @param hash SHA-256 of the recorded change's bytes, which only the receipt tells
   */
  public Optional<ReceiptProof> find(TenantScope scope, UUID device, UUID sale, Hash hash)
      throws SQLException {
    Optional<Long> counted =
        scope
            .db()
            .first(
                "SELECT change_number FROM sale WHERE id = ? AND device = ?",
                row -> row.integer(1),
                sale,
                device);
    if (counted.isPresent()) {
      Optional<Answered> batch = batchOf(scope, device, counted.get());
      return batch.isEmpty()
          ? Optional.empty()
          : proven(scope, batch.get(), counted.get(), hash, true);
    }
    return questioned(scope, device, sale, hash);
  }

  /** One that was set aside does not stand in the books. */
  private Optional<ReceiptProof> questioned(TenantScope scope, UUID device, UUID sale, Hash hash)
      throws SQLException {
    record Place(long batch, long number) {}
    Optional<Place> place =
        scope
            .db()
            .first(
                "SELECT batch, change_number FROM question WHERE device = ? AND entity = ?"
                    + " AND type = 'sale.completed' LIMIT 1",
                row -> new Place(row.integer(1), row.integer(2)),
                device,
                sale);
    Optional<Answered> batch =
        place.isEmpty() ? Optional.empty() : batch(scope, device, place.get().batch());
    return batch.isEmpty()
        ? Optional.empty()
        : proven(scope, batch.get(), place.get().number(), hash, false);
  }

  /** Changes are numbered along the batches, so that the right one is found by halving. */
  private static Optional<Answered> batchOf(TenantScope scope, UUID device, long number)
      throws SQLException {
    long low = 1;
    long high =
        scope
            .db()
            .first("SELECT last_batch FROM device WHERE id = ?", row -> row.integer(1), device)
            .orElse(0L);
    while (low <= high) {
      long middle = (low + high) >>> 1;
      Optional<Answered> batch = batch(scope, device, middle);
      if (batch.isEmpty()) {
        return Optional.empty();
      }
      List<Judged> verdicts = batch.get().ack().verdicts();
      if (verdicts.isEmpty() || number < verdicts.getFirst().number()) {
        high = middle - 1;
      } else if (number > verdicts.getLast().number()) {
        low = middle + 1;
      } else {
        return batch;
      }
    }
    return Optional.empty();
  }

  private static Optional<Answered> batch(TenantScope scope, UUID device, long number)
      throws SQLException {
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Row(byte[] payload, byte[] ack) {}
    Optional<Row> row =
        scope
            .db()
            .first(
                "SELECT payload, ack FROM batch WHERE device = ? AND number = ?",
                each -> new Row(each.bytes(1), each.bytes(2)),
                device,
                number);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] ack = Envelope.decode(StoredBatch.unpack(row.get().ack())).payload();
      return Optional.of(
          new Answered(
              StoredBatch.unpack(row.get().payload()), Json.decode(ack, Acknowledgement.class)));
    } catch (EnvelopeFormatException | JacksonException e) {
      throw new SQLException("a stored acknowledgement is damaged", e);
    }
  }

  private Optional<ReceiptProof> proven(
      TenantScope scope, Answered batch, long number, Hash hash, boolean counts)
      throws SQLException {
    List<Judged> verdicts = batch.ack().verdicts();
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i).number() == number) {
        return proven(scope, change(batch.payload(), i), verdicts.get(i), hash, counts);
      }
    }
    return Optional.empty();
  }

  private Optional<ReceiptProof> proven(
      TenantScope scope, byte[] change, Judged judged, Hash hash, boolean counts)
      throws SQLException {
    Optional<byte[]> entry = log.leaf(scope, judged.logIndex());
    if (!Hash.of(change).equals(hash) || entry.isEmpty()) {
      return Optional.empty();
    }
    ReadLeaf read = ReadLeaf.parse(entry.get(), 0, entry.get().length);
    SignedCheckpoint head = log.checkpoint(scope);
    long size = head.checkpoint().size();
    InclusionProof proof = log.inclusion(scope, judged.logIndex(), size);
    Hash leaf = MerkleTree.leafHash(entry.get());
    boolean verified =
        read.payload().equals(hash.toHex())
            && proof.verify(leaf, judged.logIndex(), size, head.checkpoint().root());
    if (!verified) {
      throw new SQLException("entry " + judged.logIndex() + " is not in the tree");
    }
    try {
      JsonNode body = Json.strict().readTree(change).path("body");
      return Optional.of(
          new ReceiptProof(
              body.path("receipt").asString(""),
              body.path("total").asLong(0),
              body.path("currency").asString(""),
              counts,
              judged.logIndex(),
              leaf,
              proof,
              head));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static byte[] change(byte[] payload, int position) throws SQLException {
    try {
      ReadBatch.Slice slice = BatchCodec.decode(payload).changes().get(position);
      return Arrays.copyOfRange(payload, slice.offset(), slice.offset() + slice.length());
    } catch (BatchFormatException e) {
      throw new SQLException("a stored batch is damaged", e);
    }
  }
}
