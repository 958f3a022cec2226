package dev.countersign.client.terminal;

import dev.countersign.common.money.Money;
import java.util.UUID;

/**
 * Stands where a till has no terminal of its own. It charges nobody, and knows nothing of what an
 * earlier one was asked: then the cashier has to say.
 */
final class AbsentTerminal implements CardTerminal {
  @Override
  public Outcome authorise(UUID key, Money amount) {
    return new Outcome.NotAsked();
  }

  @Override
  public Outcome refund(UUID key, String reference, Money amount) {
    return new Outcome.NotAsked();
  }

  @Override
  public Outcome query(UUID key) {
    return new Outcome.Unknown();
  }

  @Override
  public Reversal reverse(UUID key) {
    return new Reversal.Unknown();
  }
}
