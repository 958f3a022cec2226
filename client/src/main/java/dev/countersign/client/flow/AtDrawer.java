package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.DrawerSlip;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.common.money.Money;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done at the drawer without a sale. It is on record before the drawer opens. */
public final class AtDrawer {
  private final Ledger ledger;
  private final Clock clock;

  public AtDrawer(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Puts cash in, or takes it out.
   *
   * @param approver the second person, or null when nobody was asked
   * @param amount negative when it is taken out
   */
  public DrawerSlip move(UUID cashier, @Nullable UUID approver, Money amount, String reason) {
    return ledger.moveCash(new Actor(cashier, approver, clock.instant()), amount, reason);
  }

  /** Opens the drawer. */
  public DrawerSlip open(UUID cashier, @Nullable UUID approver, String reason) {
    return ledger.openDrawer(new Actor(cashier, approver, clock.instant()), reason);
  }
}
