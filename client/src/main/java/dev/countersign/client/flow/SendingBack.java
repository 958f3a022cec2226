package dev.countersign.client.flow;

import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.CardTerminal.Outcome;
import dev.countersign.common.sale.CardTender;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Money goes back to a card by the terminal that stands beside the till. What the terminal is asked
 * is on the disk before it is asked, under a key by which it sends money at most once, and stays
 * there until it is known what came of it: from the terminal, or from the cashier when the terminal
 * cannot be asked. Nothing is guessed. One question at a time; blocking.
 */
public final class SendingBack {
  private final CardTerminal terminal;
  private final Supplier<UUID> keys;

  /**
   * @param keys a new one each time
   */
  public SendingBack(CardTerminal terminal, Supplier<UUID> keys) {
    this.terminal = terminal;
    this.keys = keys;
  }

  /** How a question to the terminal ended. */
  public sealed interface Sent {
    /** The card has it. */
    record Gone(CardTender tender) implements Sent {}

    /**
     * It has not, and will not.
     *
     * @param part that was to go
     * @param reason as the terminal says it, may be empty
     */
    record Refused(CardTender part, String reason) implements Sent {}

    /**
     * The terminal was not reached, and nothing was asked.
     *
     * @param part that was to go
     */
    record NotReached(CardTender part) implements Sent {}

    /** Nobody knows yet: the terminal is asked again, or the cashier says. */
    record Unsure(Asked asked) implements Sent {}
  }

  /**
   * Has the terminal send this part.
   *
   * @param part of {@link GivingBack#toSend}
   * @throws IllegalStateException when a question is open already
   */
  public Sent send(GivingBack giving, CardTender part) {
    Asked asked = Asked.refund(keys.get(), part);
    giving.asking(asked);
    Outcome answer = terminal.refund(asked.key(), part.reference(), asked.amount());
    return heard(
        giving, asked, answer instanceof Outcome.Unknown ? terminal.query(asked.key()) : answer);
  }

  /**
   * Finds out what came of the question that is open, also after the till was stopped in the middle
   * of it.
   */
  public Sent resolve(GivingBack giving) {
    Asked asked = open(giving);
    return heard(giving, asked, terminal.query(asked.key()));
  }

  /**
   * The cashier says that the money went back, as the terminal's slip shows.
   *
   * @return false when the reference or the digits are not such; nothing is noted then
   */
  public boolean saySent(GivingBack giving, String reference, String lastFour) {
    CardTender part = part(open(giving));
    String digits = lastFour.isBlank() ? part.lastFour() : lastFour.strip();
    CardTender gone;
    try {
      gone = new CardTender(part.amount(), reference.strip(), digits);
    } catch (IllegalArgumentException _) {
      return false;
    }
    giving.sent(part, gone);
    return true;
  }

  /** The cashier says that nothing went back: that word is recorded. */
  public void sayNotSent(GivingBack giving, UUID cashier, @Nullable UUID approver) {
    giving.saidNotSent(cashier, approver, open(giving));
  }

  private static Asked open(GivingBack giving) {
    return Objects.requireNonNull(giving.payment().asked(), "nothing is open");
  }

  private static CardTender part(Asked asked) {
    return Objects.requireNonNull(asked.card(), "a refund");
  }

  private static Sent heard(GivingBack giving, Asked asked, Outcome outcome) {
    CardTender part = part(asked);
    return switch (outcome) {
      case Outcome.Approved(String reference, String lastFour) -> {
        CardTender gone =
            new CardTender(
                part.amount(),
                reference.isEmpty() ? part.reference() : reference,
                lastFour.isEmpty() ? part.lastFour() : lastFour,
                asked.key());
        giving.sent(part, gone);
        yield new Sent.Gone(gone);
      }
      case Outcome.Declined(String reason) -> {
        giving.notSent();
        yield new Sent.Refused(part, reason);
      }
      case Outcome.TimedOut _ -> {
        giving.notSent();
        yield new Sent.Refused(part, "");
      }
      case Outcome.NotAsked _ -> {
        giving.notSent();
        yield new Sent.NotReached(part);
      }
      case Outcome.Unknown _ -> new Sent.Unsure(asked);
    };
  }
}
