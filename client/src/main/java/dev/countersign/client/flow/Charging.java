package dev.countersign.client.flow;

import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.OpenPayment.Act;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.common.change.PaymentReturned.How;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A card is charged by the terminal that stands beside the till. What the terminal is asked is on
 * the disk before it is asked, under a key that it charges at most once, and stays there until it
 * is known what came of it: from the terminal, or from the cashier when the terminal cannot be
 * asked. Nothing is guessed. One question at a time; blocking.
 */
public final class Charging {
  private final CardTerminal terminal;
  private final Supplier<UUID> keys;

  /** Held while an answer is written down, and while a payment is called off. */
  private final ReentrantLock answering = new ReentrantLock();

  private @Nullable UUID calledOff;

  /**
   * @param keys a new one each time
   */
  public Charging(CardTerminal terminal, Supplier<UUID> keys) {
    this.terminal = terminal;
    this.keys = keys;
  }

  /** How a question to the terminal ended. */
  public sealed interface Charged {
    /** The card was charged, and stands among what was taken. */
    record Paid(CardTender tender) implements Charged {}

    /**
     * It was not.
     *
     * @param reason as the terminal says it, may be empty
     */
    record Declined(String reason) implements Charged {}

    /** Nobody presented a card. */
    record TimedOut() implements Charged {}

    /** The terminal was not reached, and nothing was asked. */
    record NotReached() implements Charged {}

    /** Nobody knows yet: the terminal is asked again, or the cashier says. */
    record Unsure(Asked asked) implements Charged {}

    /** A payment that was to be taken back was taken back. */
    record TakenBack() implements Charged {}

    /**
     * It was not taken back, and stands among what was taken.
     *
     * @param reason as the terminal says it, may be empty
     */
    record NotTakenBack(String reason) implements Charged {}
  }

  /**
   * Asks for a payment.
   *
   * @param amount above 0, at most what is left
   * @throws IllegalStateException when a question is open already
   */
  public Charged charge(Paying paying, Money amount) {
    if (!amount.isPositive() || amount.compareTo(paying.left()) > 0) {
      throw new IllegalArgumentException("a card pays what is left, or a part of it");
    }
    Asked asked = Asked.charge(keys.get(), amount);
    paying.keep(payment -> payment.asking(asked));
    CardTerminal.Outcome answer = terminal.authorise(asked.key(), amount);
    return heard(
        paying,
        asked,
        answer instanceof CardTerminal.Outcome.Unknown ? terminal.query(asked.key()) : answer);
  }

  /**
   * Finds out what came of the question that is open, also after the till was stopped in the middle
   * of it.
   */
  public Charged resolve(Paying paying, UUID cashier, @Nullable UUID approver) {
    Asked asked = open(paying);
    return asked.act() == Act.REVERSE
        ? reversed(paying, asked, cashier, approver)
        : heard(paying, asked, terminal.query(asked.key()));
  }

  /**
   * Calls off what the terminal is asked now. Whoever waits for its answer asks again what came of
   * it: it may have charged the card in the same moment, and have taken it back.
   */
  public void callOff(Paying paying) {
    answering.lock();
    try {
      Asked asked = paying.payment().asked();
      if (asked != null && asked.act() == Act.CHARGE) {
        calledOff = asked.key();
        CardTerminal.Reversal _ = terminal.reverse(asked.key());
      }
    } finally {
      answering.unlock();
    }
  }

  /** Has the terminal take a payment back. */
  public Charged takeBack(Paying paying, CardTender tender, UUID cashier, @Nullable UUID approver) {
    UUID key = Objects.requireNonNull(tender.asked(), "a payment of this terminal");
    Asked asked = Asked.reverse(key, tender.amount());
    paying.keep(payment -> payment.asking(asked));
    return reversed(paying, asked, cashier, approver);
  }

  /**
   * The cashier says that the card was charged, as the terminal's slip shows.
   *
   * @return false when the reference or the digits are not such; nothing is taken then
   */
  public boolean sayCharged(Paying paying, String reference, String lastFour) {
    try {
      Asked asked = open(paying);
      CardTender tender = new CardTender(asked.amount(), reference.strip(), lastFour.strip());
      paying.keep(payment -> payment.with(tender).asking(null));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** The cashier says that the terminal took nothing: that word is recorded. */
  public void sayNotCharged(Paying paying, UUID cashier, @Nullable UUID approver) {
    paying.notCharged(paying.actor(cashier, approver), open(paying));
  }

  /** The cashier says that the payment was taken back on the terminal itself. */
  public void sayTakenBack(Paying paying, UUID cashier, @Nullable UUID approver) {
    Asked asked = open(paying);
    CardTender tender = reversing(paying.payment(), asked);
    paying.gaveBack(paying.actor(cashier, approver), tender, How.SENT_BACK);
  }

  /** The cashier says that the payment which was to be taken back stands. */
  public void sayItStands(Paying paying) {
    nothing(paying);
  }

  private static Asked open(Paying paying) {
    return Objects.requireNonNull(paying.payment().asked(), "nothing is open");
  }

  /** An answer counts only when nobody has called the payment off meanwhile. */
  private Charged heard(Paying paying, Asked asked, CardTerminal.Outcome answer) {
    answering.lock();
    try {
      if (asked.key().equals(calledOff)) {
        return told(
            paying,
            asked,
            switch (terminal.reverse(asked.key())) {
              case CardTerminal.Reversal.Reversed _ -> new CardTerminal.Outcome.Declined("");
              case CardTerminal.Reversal.Refused _ -> terminal.query(asked.key());
              case CardTerminal.Reversal.Unknown _ -> new CardTerminal.Outcome.Unknown();
            });
      }
      return told(paying, asked, answer);
    } finally {
      answering.unlock();
    }
  }

  private static Charged told(Paying paying, Asked asked, CardTerminal.Outcome outcome) {
    return switch (outcome) {
      case CardTerminal.Outcome.Approved(String reference, String lastFour) -> {
        CardTender tender = new CardTender(asked.amount(), reference, lastFour, asked.key());
        paying.keep(payment -> payment.with(tender).asking(null));
        yield new Charged.Paid(tender);
      }
      case CardTerminal.Outcome.Declined(String reason) -> {
        nothing(paying);
        yield new Charged.Declined(reason);
      }
      case CardTerminal.Outcome.TimedOut _ -> {
        nothing(paying);
        yield new Charged.TimedOut();
      }
      case CardTerminal.Outcome.NotAsked _ -> {
        nothing(paying);
        yield new Charged.NotReached();
      }
      case CardTerminal.Outcome.Unknown _ -> new Charged.Unsure(asked);
    };
  }

  private static void nothing(Paying paying) {
    paying.keep(payment -> payment.asking(null));
  }

  /** The payment stays among what was taken until the terminal says that it is gone. */
  private Charged reversed(Paying paying, Asked asked, UUID cashier, @Nullable UUID approver) {
    return switch (terminal.reverse(asked.key())) {
      case CardTerminal.Reversal.Reversed _ -> {
        CardTender tender = reversing(paying.payment(), asked);
        paying.gaveBack(paying.actor(cashier, approver), tender, How.REVERSED);
        yield new Charged.TakenBack();
      }
      case CardTerminal.Reversal.Refused(String reason) -> {
        nothing(paying);
        yield new Charged.NotTakenBack(reason);
      }
      case CardTerminal.Reversal.Unknown _ -> new Charged.Unsure(asked);
    };
  }

  /** The tender that the open question is about to take back. */
  private static CardTender reversing(OpenPayment payment, Asked asked) {
    return payment.tenders().stream()
        .filter(CardTender.class::isInstance)
        .map(CardTender.class::cast)
        .filter(card -> asked.key().equals(card.asked()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a payment that is not among what was taken"));
  }
}
