package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardNumberRefusedException;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.SuggestedNotes;
import dev.countersign.common.sale.Tender;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer pays, in as many parts as they like. The sale exists once {@link #finish} returns and
 * not before. One thread at a time; only {@link #finish} and {@link #keep} block.
 */
public final class Paying {
  private final Ledger ledger;
  private final Clock clock;
  private final @Nullable CashRounding rounding;
  private final Running running;
  private final List<Tender> tenders;

  /**
   * @param rounding how cash is rounded, or null when it is not
   * @param tenders handed over already, before the till was stopped
   */
  public Paying(
      Ledger ledger,
      Clock clock,
      @Nullable CashRounding rounding,
      Running running,
      List<Tender> tenders) {
    this.ledger = ledger;
    this.clock = clock;
    this.rounding = rounding;
    this.running = running;
    this.tenders = new ArrayList<>(tenders);
  }

  /** What came of handing something over. */
  public sealed interface Taken {
    /** It is all paid; {@link #finish} completes the sale. */
    record Settled(Money change) implements Taken {}

    /** More is to be paid. */
    record MoreToPay(Money left) implements Taken {}

    /** This cannot pay this sale; nothing was taken. */
    record Refused(Settlement.Reason reason) implements Taken {}

    /** A whole card number was typed; nothing was taken or kept. */
    record CardNumber() implements Taken {}

    /** The last four digits are not four digits, or the reference is too long. */
    record Malformed() implements Taken {}
  }

  public Running running() {
    return running;
  }

  public List<Tender> tenders() {
    return List.copyOf(tenders);
  }

  /** What is left to pay by card. */
  public Money left() {
    return switch (Settlement.of(running.total(), tenders, rounding)) {
      case Settlement.Settled _ -> Money.zero(running.total().currency());
      case Settlement.Short(Money remaining) -> remaining;
      // Only where the rules of rounding have changed since it was taken: it can be given back.
      case Settlement.Refused _ -> Money.zero(running.total().currency());
    };
  }

  /** What is left to pay in cash, rounded to the coins in use. */
  public Money leftInCash() {
    Money left = left();
    return rounding == null ? left : rounding.round(left).toPay();
  }

  /** What a customer is likely to hand over. */
  public List<Money> suggestions() {
    return SuggestedNotes.forAmount(leftInCash());
  }

  /** What would come of this much cash, without taking it. */
  public Settlement withCash(Money amount) {
    List<Tender> tried = new ArrayList<>(tenders);
    tried.add(new CashTender(amount));
    return Settlement.of(running.total(), tried, rounding);
  }

  public Taken cash(Money amount) {
    return take(new CashTender(amount));
  }

  /**
   * @param reference the terminal's, may be empty
   * @param lastFour the card's, may be empty
   */
  public Taken card(Money amount, String reference, String lastFour) {
    try {
      return take(new CardTender(amount, reference.strip(), lastFour.strip()));
    } catch (CardNumberRefusedException _) {
      return new Taken.CardNumber();
    } catch (IllegalArgumentException _) {
      return new Taken.Malformed();
    }
  }

  /** Gives the last tender back; none changes nothing. */
  public void takeBack() {
    if (!tenders.isEmpty()) {
      tenders.removeLast();
    }
  }

  /** Writes down what was handed over so far: a power cut must not forget a payment on a card. */
  public void keep(List<Tender> soFar) {
    ledger.saveDraft(running.basket(), soFar);
  }

  /**
   * Completes the sale: it is on the disk when this returns, and only then may anything be printed.
   *
   * @param approver the second person, or null when nobody was asked
   * @throws IllegalStateException when it is not all paid
   */
  public CompletedSale finish(UUID cashier, @Nullable UUID approver, LocalDate businessDate) {
    if (Settlement.of(running.total(), tenders, rounding) instanceof Settlement.Settled settled) {
      return ledger.complete(
          new Actor(cashier, approver, clock.instant()),
          new SaleDraft(running.basket(), running.priced(), settled, businessDate, null));
    }
    throw new IllegalStateException("not all is paid");
  }

  private Taken take(Tender tender) {
    if (Settlement.of(running.total(), tenders, rounding) instanceof Settlement.Settled paid) {
      return new Taken.Settled(paid.change());
    }
    List<Tender> tried = new ArrayList<>(tenders);
    tried.add(tender);
    return switch (Settlement.of(running.total(), tried, rounding)) {
      case Settlement.Settled settled -> {
        tenders.add(tender);
        yield new Taken.Settled(settled.change());
      }
      case Settlement.Short(Money remaining) -> {
        if (!tender.amount().isZero()) {
          tenders.add(tender);
        }
        yield new Taken.MoreToPay(remaining);
      }
      case Settlement.Refused(Settlement.Reason reason) -> new Taken.Refused(reason);
    };
  }
}
