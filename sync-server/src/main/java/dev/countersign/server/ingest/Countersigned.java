package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.ingest.JudgedBatch.Judged;
import dev.countersign.server.tenant.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the server's signatures say of a batch: the log's new head and the answer to the device.
 * Made without the database.
 *
 * @param ack the answer as it is sent
 * @param packedAck and as it is stored
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Countersigned(
    AuditLog.Sealed log, Acknowledgement acknowledgement, byte[] ack, byte[] packedAck) {

  static Countersigned of(
      TenantScope scope,
      UUID device,
      BatchHeader header,
      Hash hash,
      JudgedBatch judged,
      AuditLog.Draft draft,
      Instant received) {
    AuditLog.Sealed sealed = draft.seal(scope);
    List<Acknowledgement.Judged> verdicts = new ArrayList<>(judged.changes().size());
    // The batch's own entry comes first.
    long index = draft.first() + 1;
    for (Judged one : judged.changes()) {
      verdicts.add(
          new Acknowledgement.Judged(
              one.read().number(), one.judgement().verdict(), one.judgement().code(), index++));
    }
    Acknowledgement acknowledgement =
        new Acknowledgement(
            scope.tenantId(),
            device,
            header.number(),
            hash.toHex(),
            received,
            verdicts,
            sealed.checkpoint().text());
    byte[] ack =
        Envelope.seal(
                Acknowledgement.PAYLOAD_TYPE,
                Json.encode(acknowledgement),
                Ingest.SERVER_KEY_ID,
                scope.serverKey())
            .encode();
    return new Countersigned(sealed, acknowledgement, ack, StoredBatch.packAcknowledgement(ack));
  }
}
