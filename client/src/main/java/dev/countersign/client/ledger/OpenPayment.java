package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.Tender;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was taken for a sale that is not completed. It ends in that sale, or it goes back. Of a sale
 * that gives money back: what has gone back to cards already, as negative amounts.
 *
 * @param tip what the customer gives on top
 * @param giftCards what is put on new gift cards with the sale, one amount a card
 * @param asked what the card terminal was asked for and has not answered; null when nothing is open
 * @param paidOff what the customer pays of what they owe; there are no goods beside it
 * @param since when the customer was first told what it comes to, in the store's time zone: prices
 *     and taxes of that moment count for it; null while nobody was told
 */
public record OpenPayment(
    List<Tender> tenders,
    Money tip,
    List<Money> giftCards,
    @Nullable Asked asked,
    Money paidOff,
    @Nullable LocalDateTime since) {
  public OpenPayment {
    tenders = List.copyOf(tenders);
    giftCards = List.copyOf(giftCards);
  }

  /**
   * A question to the card terminal. It is on the disk before the terminal hears of it, so that
   * nobody has to guess after a power cut.
   *
   * @param key under which the terminal knows it
   * @param amount above 0
   * @param card of the payment that gets money back: the terminal's reference of it, and its
   *     digits; null when nothing is refunded
   */
  public record Asked(UUID key, Money amount, Act act, @Nullable CardTender card) {
    public Asked {
      Objects.requireNonNull(key, "key");
      if ((act == Act.REFUND) != (card != null)) {
        throw new IllegalArgumentException("a refund, and nothing else, names a payment");
      }
    }

    /** A card is to be charged. */
    public static Asked charge(UUID key, Money amount) {
      return new Asked(key, amount, Act.CHARGE, null);
    }

    /** A payment that stands among the tenders is to be taken back. */
    public static Asked reverse(UUID key, Money amount) {
      return new Asked(key, amount, Act.REVERSE, null);
    }

    /**
     * Money is to go back to the card of an earlier payment.
     *
     * @param card the part that goes back to it; its amount is negative
     */
    public static Asked refund(UUID key, CardTender card) {
      return new Asked(key, card.amount().negate(), Act.REFUND, card);
    }
  }

  /** What the terminal is asked to do. */
  public enum Act {
    CHARGE,
    REVERSE,
    REFUND
  }

  /** Of a sale for which nothing was taken. */
  public static OpenPayment none(Money zero) {
    return new OpenPayment(List.of(), zero, List.of(), null, zero, null);
  }

  /** Whether there is nothing that would have to go back. */
  public boolean isEmpty() {
    return tenders.isEmpty()
        && giftCards.isEmpty()
        && tip.isZero()
        && asked == null
        && paidOff.isZero();
  }

  /** With one payment more. */
  public OpenPayment with(Tender tender) {
    List<Tender> more = new ArrayList<>(tenders);
    more.add(tender);
    return new OpenPayment(more, tip, giftCards, asked, paidOff, since);
  }

  /** Without a payment: the last one that is equal. */
  public OpenPayment without(Tender tender) {
    List<Tender> fewer = new ArrayList<>(tenders);
    int at = fewer.lastIndexOf(tender);
    if (at >= 0) {
      fewer.remove(at);
    }
    return new OpenPayment(fewer, tip, giftCards, asked, paidOff, since);
  }

  /** With another tip. */
  public OpenPayment tipping(Money other) {
    return new OpenPayment(tenders, other, giftCards, asked, paidOff, since);
  }

  /** With other gift cards that are sold. */
  public OpenPayment selling(List<Money> cards) {
    return new OpenPayment(tenders, tip, cards, asked, paidOff, since);
  }

  /**
   * With a question to the terminal, or with none that is open.
   *
   * @throws IllegalStateException for a question while one is open
   */
  public OpenPayment asking(@Nullable Asked question) {
    if (question != null && asked != null) {
      throw new IllegalStateException("the terminal has not answered yet");
    }
    return new OpenPayment(tenders, tip, giftCards, question, paidOff, since);
  }

  /** Of a customer who was told so at that moment. */
  public OpenPayment since(LocalDateTime moment) {
    return new OpenPayment(tenders, tip, giftCards, asked, paidOff, moment);
  }

  /** With so much to be paid of what the customer owes. */
  public OpenPayment payingOff(Money amount) {
    return new OpenPayment(tenders, tip, giftCards, asked, amount, since);
  }
}
