package dev.countersign.client.terminal;

import dev.countersign.common.money.Money;
import java.util.UUID;

/**
 * A card terminal that the till asks for payments. Every payment has a key that the till has made
 * and written down before: under one key a terminal charges at most once, however often it is
 * asked, and tells as often what came of it.
 *
 * <p>Every method blocks until the terminal has answered or its patience has ended, and never
 * throws for a fault of the device or of the network. Safe for any thread: a payment can be called
 * off while it is waited for.
 */
public interface CardTerminal {
  /**
   * Asks for a payment; waits while the customer presents a card.
   *
   * @param amount above 0
   */
  Outcome authorise(UUID key, Money amount);

  /**
   * What came of a payment. A terminal that has never heard of the key closes it, so that what was
   * asked and is still on its way charges nothing; it answers as if it had declined.
   */
  Outcome query(UUID key);

  /** Calls a payment off while the customer is at it, or takes it back after it was made. */
  Reversal reverse(UUID key);

  /**
   * Sends money back to the card of an earlier payment; nobody presents a card. {@link #query} says
   * what came of it under this key, {@link #reverse} is not for it.
   *
   * @param reference the terminal's, of that payment
   * @param amount above 0, at most what is left of it
   * @return {@link Outcome.Approved} when the money went back
   */
  Outcome refund(UUID key, String reference, Money amount);

  /** What came of asking for a payment. */
  sealed interface Outcome {
    /**
     * The card was charged.
     *
     * @param reference the terminal's, 1 to 64 characters
     * @param lastFour of the card, or empty
     */
    record Approved(String reference, String lastFour) implements Outcome {}

    /**
     * It was not, and will not be.
     *
     * @param reason as the terminal says it, may be empty
     */
    record Declined(String reason) implements Outcome {}

    /** Nobody presented a card; nothing was taken. */
    record TimedOut() implements Outcome {}

    /** The terminal was not reached, and has heard of nothing. */
    record NotAsked() implements Outcome {}

    /** It was asked, or may have been, and its answer did not come: nobody knows. */
    record Unknown() implements Outcome {}
  }

  /** What came of taking a payment back. */
  sealed interface Reversal {
    /** Nothing is taken under this key, and nothing will be. */
    record Reversed() implements Reversal {}

    /**
     * The terminal does not take it back any more.
     *
     * @param reason as the terminal says it, may be empty
     */
    record Refused(String reason) implements Reversal {}

    /** No answer came: it may have been taken back, and can be asked again. */
    record Unknown() implements Reversal {}
  }
}
