package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.common.money.Money;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cashier counts the float and opens a shift. It is on the disk before the first sale. */
public final class OpeningShift {
  private final Ledger ledger;
  private final Clock clock;

  /**
   * @param clock in the store's time zone
   */
  public OpeningShift(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The shift that is open on this register. */
  public Optional<ShiftView> current() {
    return ledger.currentShift();
  }

  /**
   * Opens one with this much cash in the drawer.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public ShiftView open(UUID cashier, @Nullable UUID approver, Money openingFloat) {
    return ledger.openShift(
        new Actor(cashier, approver, clock.instant()), LocalDate.now(clock), openingFloat);
  }
}
