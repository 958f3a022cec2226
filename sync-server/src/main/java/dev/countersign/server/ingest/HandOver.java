package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.crypto.WireFormatException;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.WipeOrder;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Wipes;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Takes in what a device sealed before it forgot its keys: first its report, then batch after
 * batch. Whoever brings them proves nothing by it; the report and every batch are signed by the
 * device. Everything is recorded and nothing counts until a manager resolves it. Each part may be
 * brought as often as it takes.
 */
public final class HandOver {
  private static final int LARGEST_BATCH = Limits.BATCH_BYTES + 1024;

  /** What came of a part. */
  public sealed interface Outcome {
    /** Taken, now or before. */
    record Taken(long parts, boolean complete) implements Outcome {}

    /** Parts before this one are missing. */
    record Gap(long expected) implements Outcome {}

    /** There is no such device, or it was never told to wipe itself. */
    record Unknown() implements Outcome {}

    /** Not sealed for this order and part, or not signed by the device. */
    record Broken() implements Outcome {}
  }

  private final Wipes wipes;
  private final dev.countersign.server.account.Devices devices;
  private final Ingest ingest;

  public HandOver(Wipes wipes, dev.countersign.server.account.Devices devices, Ingest ingest) {
    this.wipes = wipes;
    this.devices = devices;
    this.ingest = ingest;
  }

  /**
   * Takes in a part.
   *
   * @param scope for writing, inside its transaction
   * @param address where it came from, for the audit log
   */
  public Outcome take(TenantScope scope, UUID id, int part, byte[] sealed, String address)
      throws SQLException {
    Optional<Device> device = devices.find(scope, id).filter(each -> each.state().isCutOff());
    Optional<Wipes.Order> found = device.isEmpty() ? Optional.empty() : wipes.find(scope, id);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Wipes.Order order = found.get();
    if (part > order.taken()) {
      return new Outcome.Gap(order.taken());
    }
    Envelope envelope = opened(scope, id, order.id(), part, sealed);
    if (envelope == null) {
      return new Outcome.Broken();
    }
    return part == 0
        ? report(scope, device.get(), order, envelope, address)
        : batch(scope, id, order, part, envelope, address);
  }

  private Outcome report(
      TenantScope scope, Device device, Wipes.Order order, Envelope envelope, String address)
      throws SQLException {
    WipeOrder.Report report;
    try {
      report = Json.decode(envelope.payload(), WipeOrder.Report.class);
    } catch (JacksonException _) {
      return new Outcome.Broken();
    }
    boolean theirs =
        envelope.payloadType().equals(WipeOrder.Report.PAYLOAD_TYPE)
            && ingest.isSignedBy(scope, envelope, device.id())
            && order.id().equals(report.order())
            && scope.tenantId().equals(report.tenant())
            && device.id().equals(report.device())
            && report.parts() >= 1;
    if (!theirs) {
      return new Outcome.Broken();
    }
    if (order.taken() > 0) {
      return new Outcome.Taken(1, report.parts() == 1);
    }
    wipes.announced(scope, device.id(), report.parts());
    return took(scope, device.id(), 1, report.parts(), address);
  }

  /**
   * A batch that forks is kept as evidence, and the ones behind it are still wanted. A part that
   * was taken before is looked at again: a device that was copied is wiped more than once, and
   * every copy has its own.
   */
  private Outcome batch(
      TenantScope scope,
      UUID device,
      Wipes.Order order,
      int part,
      Envelope envelope,
      String address)
      throws SQLException {
    Long parts = order.parts();
    if (parts == null || !envelope.keyId().equals(device.toString())) {
      return new Outcome.Broken();
    }
    return switch (ingest.acceptHandedOver(scope, envelope, address)) {
      case IngestOutcome.Stored _, IngestOutcome.Replayed _, IngestOutcome.Forked _ ->
          part < order.taken()
              ? new Outcome.Taken(part + 1L, part + 1L == parts)
              : took(scope, device, order.taken() + 1, parts, address);
      case IngestOutcome.Gap _,
          IngestOutcome.Frozen _,
          IngestOutcome.CutOff _,
          IngestOutcome.OtherEnvironment _,
          IngestOutcome.BadSignature _,
          IngestOutcome.Foreign _,
          IngestOutcome.Malformed _ ->
          new Outcome.Broken();
    };
  }

  private Outcome took(TenantScope scope, UUID device, long taken, long parts, String address)
      throws SQLException {
    wipes.took(scope, device, taken, parts, address);
    return new Outcome.Taken(taken, taken == parts);
  }

  private static @Nullable Envelope opened(
      TenantScope scope, UUID device, UUID order, int part, byte[] sealed) {
    try {
      byte[] packed = SealedBox.open(scope.wipeKey(), sealed, WipeOrder.label(order, device, part));
      return Envelope.decode(Wire.inflate(packed, LARGEST_BATCH));
    } catch (WrongKeyException | WireFormatException | EnvelopeFormatException _) {
      return null;
    }
  }
}
