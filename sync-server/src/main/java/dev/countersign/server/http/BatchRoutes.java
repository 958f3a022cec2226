package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.crypto.WireFormatException;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Wipes;
import dev.countersign.server.ingest.Hashed;
import dev.countersign.server.ingest.Ingest;
import dev.countersign.server.ingest.IngestOutcome;
import dev.countersign.server.ingest.Intake;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where batches come in. */
public final class BatchRoutes {
  /**
   * What a body may unpack to: the largest payload and the frame around it. Anyone may post here,
   * so no more is held for anybody than an honest batch needs.
   */
  private static final int ENVELOPE_BYTES = Limits.BATCH_BYTES + 1024;

  private final Tenants tenants;
  private final ControlFile control;
  private final Intake intake;
  private final Wipes wipes;

  public BatchRoutes(Tenants tenants, ControlFile control, Ingest ingest, Wipes wipes) {
    this.tenants = tenants;
    this.control = control;
    this.intake = new Intake(tenants, ingest);
    this.wipes = wipes;
  }

  public List<Route> routes() {
    return List.of(Route.post(Routes.BATCHES, Access.SIGNED_BODY, this::take));
  }

  private void take(Exchange exchange) throws Exception {
    // Packed; its changes are judged one by one, texts included.
    byte[] body = exchange.unreadBody(Limits.REQUEST_BYTES);
    Envelope envelope = Exchange.envelope(inflate(body), BatchCodec.PAYLOAD_TYPE);
    String address = exchange.address();
    IngestOutcome outcome = new IngestOutcome.BadSignature();
    UUID device = device(envelope);
    Optional<UUID> tenant = device == null ? Optional.empty() : control.tenantOfDevice(device);
    if (device != null && tenant.isPresent()) {
      // Before the tenant's one writer is waited for: who sends too much keeps nobody from it.
      Hashed posted = Hashed.of(envelope);
      Optional<VerifyKey> signer = intake.signer(tenant.get(), device, posted);
      if (signer.isPresent()) {
        exchange.turns().batch(device);
        outcome = intake.take(tenant.get(), posted, signer.get(), address);
      }
    }
    if (device != null && !(outcome instanceof IngestOutcome.BadSignature)) {
      exchange.noteDevice(device);
    }
    if (outcome instanceof IngestOutcome.CutOff && tenant.isPresent() && device != null) {
      throw RefusedRequest.wipeOrdered(
          tenants
              .<Optional<String>, SQLException>write(
                  tenant.get(), scope -> wipes.document(scope, device))
              .orElseThrow());
    }
    exchange.answerBytes(acknowledgement(outcome));
  }

  private static byte[] acknowledgement(IngestOutcome outcome) {
    return switch (outcome) {
      case IngestOutcome.Stored(byte[] ack, var _) -> ack;
      case IngestOutcome.Replayed(byte[] ack) -> ack;
      case IngestOutcome.Gap(long expected) ->
          throw new RefusedRequest(
              409, Problem.gap("Batches before this one are missing.", expected), 0);
      case IngestOutcome.Forked(long _) ->
          throw RefusedRequest.of(
              409, Problem.FORK, "This device has sent two histories; it is frozen.");
      case IngestOutcome.Frozen() ->
          throw RefusedRequest.of(
              409, Problem.FROZEN, "This device is frozen until a person looks.");
      case IngestOutcome.OtherEnvironment() -> throw RefusedRequest.otherEnvironment();
      case IngestOutcome.BadSignature(), IngestOutcome.CutOff() ->
          throw RefusedRequest.of(401, Problem.SIGNATURE, "Not signed by an enrolled device.");
      case IngestOutcome.Foreign() ->
          throw RefusedRequest.malformed("The batch names another tenant or device.");
      case IngestOutcome.Malformed(String reason) ->
          throw RefusedRequest.malformed("Not a batch: " + reason);
    };
  }

  private static byte[] inflate(byte[] body) {
    try {
      return Wire.inflate(body, ENVELOPE_BYTES);
    } catch (WireFormatException e) {
      throw RefusedRequest.malformed("The body does not unpack: " + e.getMessage());
    }
  }

  private static @org.jspecify.annotations.Nullable UUID device(Envelope envelope) {
    try {
      return UUID.fromString(envelope.keyId());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
