package dev.countersign.client.terminal;

import dev.countersign.common.money.Money;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The terminal that is set up for this till. Which one that is changes only when {@link #look} is
 * called: a question goes to the terminal that was asked first.
 */
public final class TerminalInUse implements CardTerminal {
  private final Supplier<Optional<CardTerminal>> setUp;
  private volatile Optional<CardTerminal> now = Optional.empty();

  /**
   * @param setUp empty when cards are taken on a terminal that stands alone; may block
   */
  public TerminalInUse(Supplier<Optional<CardTerminal>> setUp) {
    this.setUp = setUp;
  }

  /** Takes the one that is set up now; while nothing is being paid or given back. May block. */
  public void look() {
    now = setUp.get();
  }

  /** Whether there is one. */
  public boolean isPresent() {
    return now.isPresent();
  }

  private CardTerminal now() {
    return now.orElseGet(AbsentTerminal::new);
  }

  @Override
  public Outcome authorise(UUID key, Money amount) {
    return now().authorise(key, amount);
  }

  @Override
  public Outcome refund(UUID key, String reference, Money amount) {
    return now().refund(key, reference, amount);
  }

  @Override
  public Outcome query(UUID key) {
    return now().query(key);
  }

  @Override
  public Reversal reverse(UUID key) {
    return now().reverse(key);
  }
}
