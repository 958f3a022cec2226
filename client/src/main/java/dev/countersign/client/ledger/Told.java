package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import java.util.UUID;

/**
 * A blind count that is on record, and what its drawer should have held.
 *
 * @param shift which was counted
 */
public record Told(UUID shift, DrawerCount count, Money expected) {
  /** Negative when cash is missing. */
  public Money difference() {
    return count.total().minus(expected);
  }
}
