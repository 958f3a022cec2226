package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Charging;
import dev.countersign.client.flow.HandingBack;
import dev.countersign.client.flow.Redeeming;
import dev.countersign.client.flow.SendingBack;
import dev.countersign.client.ledger.Purse;
import dev.countersign.client.sync.Reserving;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.TerminalInUse;
import dev.countersign.client.ui.kit.Background;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What takes money at this till, and gives it back. */
public final class PayTools {
  private final HandingBack handingBack;
  private final Redeeming redeeming;
  private final TerminalLane terminal;

  /**
   * @param terminal that is set up for this till; empty when cards are taken on one that stands
   *     alone
   * @param keys a new one for each payment that it is asked for
   * @param server reserves gift cards and credit; empty while there is no line to it
   */
  public PayTools(
      Purse purse,
      Supplier<Optional<CardTerminal>> terminal,
      Supplier<UUID> keys,
      Supplier<Optional<Reserving>> server,
      Background desk) {
    TerminalInUse asked = new TerminalInUse(terminal);
    Charging charging = new Charging(asked, keys);
    this.redeeming = new Redeeming(purse, server);
    this.handingBack = new HandingBack(charging, redeeming);
    this.terminal = new TerminalLane(charging, new SendingBack(asked, keys), asked, desk);
  }

  HandingBack handingBack() {
    return handingBack;
  }

  Redeeming redeeming() {
    return redeeming;
  }

  TerminalLane terminal() {
    return terminal;
  }
}
