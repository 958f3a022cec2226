package dev.countersign.client.ledger;

import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A cash session that was counted and closed.
 *
 * @param sales how many receipts, refunds among them
 * @param total what they came to, before cash rounding
 * @param expected what the drawer should have held
 * @param counted what was counted in it
 * @param log the audit log as this till had last seen it proven; it belongs on the report
 * @param report its Z report
 */
public record ClosedShift(
    ShiftView shift,
    Instant closedAt,
    UUID closedBy,
    long sales,
    Money total,
    Money expected,
    Money counted,
    Optional<ShiftClosed.LogHead> log,
    ShiftReport report) {
  /** Negative when cash is missing. */
  public Money difference() {
    return counted.minus(expected);
  }
}
