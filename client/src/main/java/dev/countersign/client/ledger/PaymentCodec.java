package dev.countersign.client.ledger;

import dev.countersign.client.ledger.OpenPayment.Act;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.VoucherTender;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An open payment as it lies in the store. */
final class PaymentCodec {
  private PaymentCodec() {}

  private record Frame(
      String currency,
      @Nullable List<Paid> tenders,
      long tip,
      @Nullable List<Long> giftCards,
      @Nullable Question asked,
      long paidOff,
      @Nullable LocalDateTime since) {}

  private record Question(UUID key, long amount, Act act, @Nullable Paid card) {}

  /**
   * @param asked of a card that the terminal charged
   * @param worth of a voucher
   */
  private record Paid(
      TenderKind kind,
      long amount,
      @Nullable String reference,
      @Nullable String lastFour,
      @Nullable UUID asked,
      @Nullable UUID account,
      @Nullable Long worth) {}

  static byte[] encode(OpenPayment payment) {
    Asked asked = payment.asked();
    return Json.encode(
        new Frame(
            payment.tip().currency().getCurrencyCode(),
            payment.tenders().stream().map(PaymentCodec::paid).toList(),
            payment.tip().minor(),
            payment.giftCards().stream().map(Money::minor).toList(),
            asked == null ? null : question(asked),
            payment.paidOff().minor(),
            payment.since()));
  }

  static OpenPayment decode(byte[] bytes) {
    Frame frame = Json.decode(bytes, Frame.class);
    Currency currency = Currency.getInstance(frame.currency());
    List<Paid> paid = frame.tenders() == null ? List.of() : frame.tenders();
    List<Long> cards = frame.giftCards() == null ? List.of() : frame.giftCards();
    Question asked = frame.asked();
    return new OpenPayment(
        paid.stream().map(each -> tender(each, currency)).toList(),
        Money.of(frame.tip(), currency),
        cards.stream().map(card -> Money.of(card, currency)).toList(),
        asked == null ? null : asked(asked, currency),
        Money.of(frame.paidOff(), currency),
        frame.since());
  }

  private static Question question(Asked asked) {
    CardTender card = asked.card();
    return new Question(
        asked.key(), asked.amount().minor(), asked.act(), card == null ? null : paid(card));
  }

  private static Asked asked(Question question, Currency currency) {
    Paid card = question.card();
    return new Asked(
        question.key(),
        Money.of(question.amount(), currency),
        question.act(),
        card == null ? null : card(card, currency));
  }

  private static CardTender card(Paid paid, Currency currency) {
    return new CardTender(
        Money.of(paid.amount(), currency),
        Objects.requireNonNullElse(paid.reference(), ""),
        Objects.requireNonNullElse(paid.lastFour(), ""),
        paid.asked());
  }

  private static Paid paid(Tender tender) {
    TenderKind kind = tender.kind();
    long amount = tender.amount().minor();
    return switch (tender) {
      case CashTender _ -> new Paid(kind, amount, null, null, null, null, null);
      case CardTender card ->
          new Paid(kind, amount, card.reference(), card.lastFour(), card.asked(), null, null);
      case MobileTender mobile ->
          new Paid(kind, amount, mobile.reference(), null, null, null, null);
      case VoucherTender voucher ->
          new Paid(kind, amount, voucher.reference(), null, null, null, voucher.worth().minor());
      case CreditTender credit -> new Paid(kind, amount, null, null, null, credit.account(), null);
      case AccountTender owed -> new Paid(kind, amount, null, null, null, owed.customer(), null);
    };
  }

  private static Tender tender(Paid paid, Currency currency) {
    Money amount = Money.of(paid.amount(), currency);
    String reference = Objects.requireNonNullElse(paid.reference(), "");
    return switch (paid.kind()) {
      case CASH -> new CashTender(amount);
      case CARD -> card(paid, currency);
      case MOBILE_MONEY -> new MobileTender(amount, reference);
      case VOUCHER ->
          new VoucherTender(
              amount, Money.of(Objects.requireNonNull(paid.worth(), "worth"), currency), reference);
      case GIFT_CARD -> credit(amount, CreditKind.GIFT_CARD, paid);
      case STORE_CREDIT -> credit(amount, CreditKind.STORE_CREDIT, paid);
      case ON_ACCOUNT ->
          new AccountTender(amount, Objects.requireNonNull(paid.account(), "account"));
    };
  }

  private static Tender credit(Money amount, CreditKind kind, Paid paid) {
    return new CreditTender(amount, kind, Objects.requireNonNull(paid.account(), "account"));
  }
}
