package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.WipeOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Decides whether what somebody says is the server's order to this very device. */
public final class WipeOrders {
  private WipeOrders() {}

  /**
   * The order, or empty when it is not signed by the server, is for another device, or cannot be
   * carried out.
   *
   * @param document an envelope in base64
   * @param serverKey the one in use: an order under a former key is not believed
   */
  public static Optional<WipeOrder> believed(
      @Nullable String document, Enrolled enrolled, VerifyKey serverKey) {
    if (document == null) {
      return Optional.empty();
    }
    try {
      Envelope envelope = Envelope.decode(StrictBase64.decode(document));
      if (!envelope.payloadType().equals(WipeOrder.PAYLOAD_TYPE)
          || !envelope.verifiedBy(serverKey)) {
        return Optional.empty();
      }
      WipeOrder order = Json.decodeKnown(envelope.payload(), WipeOrder.class);
      boolean ours =
          enrolled.tenant().equals(order.tenant())
              && enrolled.device().equals(order.device())
              && enrolled.environment().equals(order.environment())
              && order.id() != null
              && order.issued() != null
              && order.sealTo() != null
              && order.key().length > 0;
      return ours ? Optional.of(order) : Optional.empty();
    } catch (EnvelopeFormatException | JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
