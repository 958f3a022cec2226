package dev.countersign.client.flow;

import dev.countersign.client.ledger.CreditHolding;
import dev.countersign.client.ledger.Purse;
import dev.countersign.client.sync.Obstacle;
import dev.countersign.client.sync.Reserving;
import dev.countersign.client.sync.Reserving.Outcome;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gift card or store credit pays: with a network the server is asked and reserves what is needed,
 * without one what was reserved for this till before is spent. Blocking.
 */
public final class Redeeming {
  private final Purse purse;
  private final Supplier<Optional<Reserving>> server;

  /**
   * @param server asks it; empty while there is no line to it
   */
  public Redeeming(Purse purse, Supplier<Optional<Reserving>> server) {
    this.purse = purse;
    this.server = server;
  }

  /** What is known of a card. */
  public sealed interface Found {
    /**
     * It can pay.
     *
     * @param balance what is on it, or null when the server could not be asked
     * @param usable what of it this till may take, with what it holds already
     */
    record Card(UUID account, CreditKind kind, @Nullable Money balance, Money usable)
        implements Found {}

    /** Mistyped: no card has this code. */
    record NotACode() implements Found {}

    /** There is no such card. */
    record Unknown() implements Found {}

    /** Too many wrong codes were tried. */
    record Later(Duration retryAfter) implements Found {}

    /** The server said no to this till. */
    record Refused(String code) implements Found {}

    /** It is there, and this shop takes none of its kind: nothing of it is reserved. */
    record NotTaken(CreditKind kind) implements Found {}

    /** The server cannot be asked, and nothing of this card was reserved here before. */
    record Offline(Obstacle obstacle) implements Found {}
  }

  /** What came of taking it. */
  public sealed interface Redeemed {
    /** It is reserved, and can stand in the sale. */
    record Ready(CreditTender tender) implements Redeemed {}

    /** It is not. */
    record Not(Found because) implements Redeemed {}
  }

  /** Looks at a card. */
  public Found look(String typed, Paying paying) {
    Found found = find(typed, paying);
    return found instanceof Found.Card card
            && !paying.terms().rules().takes(TenderKind.valueOf(card.kind().name()))
        ? new Found.NotTaken(card.kind())
        : found;
  }

  private Found find(String typed, Paying paying) {
    Optional<CreditCode> code = CreditCode.parse(typed);
    if (code.isEmpty()) {
      return new Found.NotACode();
    }
    List<CreditHolding> held = purse.holdings(code.get(), paying.now());
    Money here = held(held, paying);
    // Whatever the server says of these lacks what was done here.
    Set<UUID> unjudged = purse.balances().unjudged();
    held.stream().map(CreditHolding::account).forEach(purse.balances()::unknown);
    Optional<Reserving> line = server.get();
    if (line.isEmpty()) {
      return offline(held, here, Obstacle.NO_NETWORK);
    }
    return switch (line.get().look(typed)) {
      case Outcome.Shown(UUID account, CreditKind kind, Money balance, Money free) -> {
        if (!unjudged.contains(account)) {
          purse.balances().told(account, code.get(), balance, paying.now());
        }
        yield new Found.Card(account, kind, balance, here.plus(positive(free)));
      }
      case Outcome.NotACode _ -> new Found.NotACode();
      case Outcome.Unknown _ -> new Found.Unknown();
      case Outcome.Later(Duration wait) -> new Found.Later(wait);
      case Outcome.Refused(String why) -> new Found.Refused(why);
      case Outcome.Offline(Obstacle obstacle) -> offline(held, here, obstacle);
      case Outcome.Reserved _ -> throw new IllegalStateException("looking reserves nothing");
    };
  }

  /**
   * Has as much as is needed reserved, and no more.
   *
   * @param amount above 0, at most what is left to pay and what can be taken of the card
   */
  public Redeemed take(String typed, Found.Card card, Money amount, Paying paying) {
    CreditCode code = CreditCode.parse(typed).orElseThrow();
    Money here = held(purse.holdings(code, paying.now()), paying);
    Money more = amount.minus(here);
    if (more.isPositive()) {
      Optional<Reserving> line = server.get();
      Outcome came =
          line.isEmpty()
              ? new Outcome.Offline(Obstacle.NO_NETWORK)
              : line.get().reserve(typed, more);
      switch (came) {
        case Outcome.Reserved _ -> {
          // From here on it is this till's, with a network or without.
        }
        case Outcome.Shown(UUID account, CreditKind kind, Money balance, Money free) -> {
          return new Redeemed.Not(
              new Found.Card(account, kind, balance, here.plus(positive(free))));
        }
        case Outcome.NotACode _ -> {
          return new Redeemed.Not(new Found.NotACode());
        }
        case Outcome.Unknown _ -> {
          return new Redeemed.Not(new Found.Unknown());
        }
        case Outcome.Later(Duration wait) -> {
          return new Redeemed.Not(new Found.Later(wait));
        }
        case Outcome.Refused(String why) -> {
          return new Redeemed.Not(new Found.Refused(why));
        }
        case Outcome.Offline(Obstacle obstacle) -> {
          return new Redeemed.Not(new Found.Offline(obstacle));
        }
      }
    }
    return new Redeemed.Ready(new CreditTender(amount, card.kind(), card.account()));
  }

  /**
   * Asks what is on the cards onto which money goes back, so that the receipt can say what is on
   * them then. Nobody waits for it: what is not known when the money goes out is not said.
   */
  public void learn(List<GivingBack.OntoCard> cards, InstantSource clock) {
    for (GivingBack.OntoCard card : cards) {
      // What was heard before may be old by now; where nobody answers, nothing is known.
      purse.balances().unknown(card.account());
      long asked = purse.balances().mark();
      server
          .get()
          .flatMap(line -> line.balance(card.sale(), card.account()))
          .ifPresent(
              balance ->
                  purse
                      .balances()
                      .told(
                          card.sale(),
                          card.kind(),
                          card.account(),
                          balance,
                          asked,
                          clock.instant()));
    }
  }

  /** Gives back what was reserved and pays for nothing, unless the account pays already. */
  public void release(CreditTender tender, Paying paying) {
    boolean pays =
        paying.tenders().stream()
            .anyMatch(
                each ->
                    each instanceof CreditTender other && other.account().equals(tender.account()));
    if (!pays) {
      purse.release(tender.account(), paying.now());
    }
  }

  private static Found offline(List<CreditHolding> held, Money here, Obstacle obstacle) {
    return here.isPositive()
        ? new Found.Card(held.getFirst().account(), held.getFirst().kind(), null, here)
        : new Found.Offline(obstacle);
  }

  /** What this till holds of a card, less what of it pays for this sale already. */
  private static Money held(List<CreditHolding> holdings, Paying paying) {
    Money held = Money.zero(paying.left().currency());
    for (CreditHolding each : holdings) {
      held = held.plus(each.left());
    }
    for (Tender tender : paying.tenders()) {
      boolean ofIt =
          tender instanceof CreditTender credit
              && !holdings.isEmpty()
              && holdings.getFirst().account().equals(credit.account());
      held = ofIt ? held.minus(tender.amount()) : held;
    }
    return positive(held);
  }

  private static Money positive(Money amount) {
    return amount.isNegative() ? Money.zero(amount.currency()) : amount;
  }
}
