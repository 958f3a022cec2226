package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * A sale in a list.
 *
 * @param registerName where it was made
 * @param code why it is not plainly accepted, else empty
 */
public record SaleView(
    UUID id,
    String receipt,
    Instant at,
    String registerName,
    String cashier,
    int lines,
    Money total,
    Standing standing,
    String code) {

  /** What the server has said about it. Sent and accepted are two different things. */
  public enum Standing {
    /** Recorded here; the server has not answered yet. */
    WAITING,
    ACCEPTED,
    FLAGGED,
    SUPERSEDED,
    QUARANTINED
  }
}
