package dev.countersign.client.sync;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Decides whether bytes are the server's countersignature under one batch. A batch counts as
 * acknowledged only when this says so, whatever status the answer had. Immutable, safe for any
 * thread.
 */
final class AcknowledgementCheck {
  /**
   * The batch that an acknowledgement must be about.
   *
   * @param hash SHA-256 of the payload that was sent
   */
  record Sent(long number, Hash hash, long firstChange, long lastChange) {}

  /** What was found. */
  sealed interface Found {
    /** Signed, about this batch, with one verdict a change and a believable checkpoint. */
    record Genuine(Acknowledgement acknowledgement, SignedCheckpoint checkpoint) implements Found {}

    /** Not an acknowledgement of this batch by this server. */
    record Foreign(String detail) implements Found {}
  }

  private final UUID tenant;
  private final UUID device;
  private final Supplier<VerifyKey> serverKey;
  private final Supplier<LogKey> logKey;

  AcknowledgementCheck(
      UUID tenant, UUID device, Supplier<VerifyKey> serverKey, Supplier<LogKey> logKey) {
    this.tenant = tenant;
    this.device = device;
    this.serverKey = serverKey;
    this.logKey = logKey;
  }

  Found check(byte[] body, Sent sent) {
    try {
      Envelope envelope = Envelope.decode(body);
      if (!envelope.payloadType().equals(Acknowledgement.PAYLOAD_TYPE)
          || !envelope.verifiedBy(serverKey.get())) {
        return new Found.Foreign("not signed by the server as an acknowledgement");
      }
      return contents(Json.decodeKnown(envelope.payload(), Acknowledgement.class), sent);
    } catch (EnvelopeFormatException | JacksonException e) {
      return new Found.Foreign("malformed: " + e.getMessage());
    }
  }

  private Found contents(Acknowledgement ack, Sent sent) {
    if (!tenant.equals(ack.tenant()) || !device.equals(ack.device())) {
      return new Found.Foreign("for another device");
    }
    if (ack.batch() != sent.number() || !sent.hash().toHex().equals(ack.batchHash())) {
      return new Found.Foreign("for another batch");
    }
    if (ack.received() == null || ack.checkpoint() == null) {
      return new Found.Foreign("without a time or a checkpoint");
    }
    LogKey log = logKey.get();
    return switch (Checkpoint.parse(ack.checkpoint(), log.name(), log.key())) {
      case CheckpointReading.Verified verified ->
          verdictsFit(ack.verdicts(), sent, verified.checkpoint().checkpoint().size())
              ? new Found.Genuine(ack, verified.checkpoint())
              : new Found.Foreign("its verdicts do not fit the batch");
      case CheckpointReading.OtherLog other -> new Found.Foreign("the log is " + other.origin());
      case CheckpointReading.NotSigned _ -> new Found.Foreign("the checkpoint is not signed");
      case CheckpointReading.Forged _ -> new Found.Foreign("the checkpoint is forged");
      case CheckpointReading.Malformed bad ->
          new Found.Foreign("the checkpoint is malformed: " + bad.reason());
    };
  }

  /** One verdict a change, in order, each at a place of its own inside the log. */
  private static boolean verdictsFit(List<Judged> verdicts, Sent sent, long logSize) {
    if (verdicts.size() != sent.lastChange() - sent.firstChange() + 1) {
      return false;
    }
    long number = sent.firstChange();
    long lastIndex = -1;
    for (Judged judged : verdicts) {
      if (judged.number() != number++
          || judged.verdict() == null
          || judged.logIndex() <= lastIndex
          || judged.logIndex() >= logSize) {
        return false;
      }
      lastIndex = judged.logIndex();
    }
    return true;
  }
}
