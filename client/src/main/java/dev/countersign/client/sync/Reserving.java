package dev.countersign.client.sync;

import dev.countersign.client.ledger.CreditHolding;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.Purse;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/**
 * Has the server reserve parts of gift cards and store credit for this till, and gives back what is
 * left of them. Safe for any thread; blocking, one exchange after the other.
 */
public final class Reserving {
  private static final int UNAUTHENTICATED = 401;
  private static final int NOT_FOUND = 404;

  private final Purse purse;
  private final OpenDevice device;
  private final Currency currency;
  private final Contact.Line line;
  private final Following following;
  private final InstantSource clock;

  /** Held for as long as an exchange takes. */
  private final ReentrantLock lane = new ReentrantLock();

  /** Over a session of its own, which it alone uses. */
  Reserving(
      OpenDevice device, ServerConnection connection, Following following, InstantSource clock) {
    var enrolled = device.ledger().enrolled();
    DeviceSignIn signIn =
        new DeviceSignIn(
            connection, enrolled.device(), enrolled.environment(), device.outbox()::sign, () -> {});
    this.purse = device.purse();
    this.device = device;
    this.currency = enrolled.currency();
    this.line = (path, json) -> signIn.asking(token -> connection.postJson(path, json, token));
    this.following = following;
    this.clock = clock;
  }

  /** What came of asking. */
  public sealed interface Outcome {
    /** It may be spent from now on, with a network or without. */
    record Reserved(CreditHolding holding) implements Outcome {}

    /**
     * The account is there, and nothing was reserved: it was only looked at, or less is free.
     *
     * @param free what nobody holds
     */
    record Shown(UUID account, CreditKind kind, Money balance, Money free) implements Outcome {}

    /** Mistyped: no card has this code. */
    record NotACode() implements Outcome {}

    /** The server knows no such card. */
    record Unknown() implements Outcome {}

    /** Too many wrong codes were tried. */
    record Later(Duration retryAfter) implements Outcome {}

    /** The server said no to this device. */
    record Refused(String code) implements Outcome {}

    /** Nobody answered; without the server nothing can be reserved. */
    record Offline(Obstacle obstacle) implements Outcome {}
  }

  /**
   * Reserves an amount, to be spent by a sale.
   *
   * @param typed as on the card
   * @param amount above 0
   * @throws IllegalArgumentException on another amount
   */
  public Outcome reserve(String typed, Money amount) {
    if (!amount.isPositive() || !amount.currency().equals(currency)) {
      throw new IllegalArgumentException("an amount above 0 of the tenant's currency");
    }
    Optional<CreditCode> code = CreditCode.parse(typed);
    if (code.isEmpty()) {
      return new Outcome.NotACode();
    }
    lane.lock();
    try {
      return ask(purse.wish(code.get(), amount));
    } finally {
      lane.unlock();
    }
  }

  /** Looks at an account. */
  public Outcome look(String typed) {
    Optional<CreditCode> code = CreditCode.parse(typed);
    if (code.isEmpty()) {
      return new Outcome.NotACode();
    }
    lane.lock();
    try {
      return ask(new Credits.Ask(UUID.randomUUID(), code.get().text(), 0));
    } finally {
      lane.unlock();
    }
  }

  /**
   * What is on an account that a sale was paid from, for a till that does not have its code.
   *
   * @return empty when nobody says
   */
  public Optional<Money> balance(UUID sale, UUID account) {
    lane.lock();
    try {
      byte[] look = Json.encode(new Credits.Look(sale, account));
      if (!(line.post(Routes.CREDIT_BALANCE, look) instanceof Reply.Answered(byte[] body))) {
        return Optional.empty();
      }
      Credits.Answer answer = Json.decodeKnown(body, Credits.Answer.class);
      return account.equals(answer.account())
          ? Optional.of(Money.of(answer.balance(), currency))
          : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    } finally {
      lane.unlock();
    }
  }

  /** Gives back what is left of an allotment, now or as soon as there is a network. */
  public void giveBack(CreditHolding holding) {
    lane.lock();
    try {
      purse.giveBack(holding.id());
      sendReturns();
    } finally {
      lane.unlock();
    }
  }

  /**
   * In contact with the server: what was asked for and never answered is asked again, so that what
   * it may have reserved is not lost, and given back, because nobody waits for it any more; so is
   * what has come to its end.
   */
  void settle() {
    lane.lock();
    try {
      for (Credits.Ask wish : purse.wishes()) {
        switch (ask(wish)) {
          case Outcome.Reserved(CreditHolding holding) -> purse.giveBack(holding.id());
          case Outcome.Offline _, Outcome.Later _ -> {
            return;
          }
          default -> {
            // Answered: there is nothing of it here.
          }
        }
      }
      purse.giveBackEnded(clock.instant());
      sendReturns();
    } finally {
      lane.unlock();
    }
  }

  private Outcome ask(Credits.Ask ask) {
    Reply reply = line.post(Routes.CREDIT_ALLOTMENTS, Json.encode(ask));
    return switch (reply) {
      case Reply.Answered(byte[] body) -> answered(ask, body);
      case Reply.Refused(int status, var problem) when status != UNAUTHENTICATED -> {
        purse.forget(ask.request());
        yield status == NOT_FOUND ? new Outcome.Unknown() : new Outcome.Refused(problem.code());
      }
      case Reply.Busy busy when busy.detail().startsWith("429") ->
          new Outcome.Later(busy.retryAfter());
      case Reply.NoAnswer silence -> new Outcome.Offline(Obstacle.of(silence));
    };
  }

  private Outcome answered(Credits.Ask ask, byte[] body) {
    try {
      Credits.Answer answer = Json.decodeKnown(body, Credits.Answer.class);
      String allotment = answer.allotment();
      if (allotment == null) {
        purse.forget(ask.request());
        return new Outcome.Shown(
            answer.account(),
            answer.kind(),
            Money.of(answer.balance(), currency),
            Money.of(answer.free(), currency));
      }
      byte[] envelope = Base64.getDecoder().decode(allotment);
      Optional<CreditHolding> taken = take(ask, envelope);
      if (taken.isEmpty() && following.follow()) {
        taken = take(ask, envelope);
      }
      return taken
          .<Outcome>map(Outcome.Reserved::new)
          .orElseGet(() -> new Outcome.Offline(Obstacle.NOT_COUNTERSIGN));
    } catch (JacksonException | IllegalArgumentException _) {
      return new Outcome.Offline(Obstacle.NOT_COUNTERSIGN);
    }
  }

  private Optional<CreditHolding> take(Credits.Ask ask, byte[] envelope) {
    return purse.take(ask, envelope, device.keys().serverKey(), clock.instant());
  }

  private void sendReturns() {
    for (Credits.Return what : purse.returns()) {
      Reply reply = line.post(Routes.CREDIT_RETURNS, Json.encode(what));
      // A server that was restored may not know what it had reserved: then nothing is held.
      boolean heard =
          reply instanceof Reply.Answered
              || (reply instanceof Reply.Refused refused && refused.status() != UNAUTHENTICATED);
      if (!heard) {
        return;
      }
      purse.returned(what.id());
    }
  }
}
