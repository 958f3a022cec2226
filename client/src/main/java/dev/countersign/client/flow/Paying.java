package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.Settings;
import dev.countersign.common.change.PaymentReturned.How;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.CardNumberRefusedException;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.SuggestedNotes;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.sale.VoucherTender;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

// Long because whatever can be handed over is taken here.
/**
 * A customer pays, in as many parts as they like. The sale exists once {@link #finish} returns and
 * not before. What was taken is one immutable state, changed in memory and written down by {@link
 * #keep}; whoever writes writes the newest. Safe for any thread; what blocks says so.
 */
public final class Paying {
  private static final int MOST_GIFT_CARDS = 20;

  private final Ledger ledger;
  private final Clock clock;
  private final Terms terms;
  private final Running running;
  private final Retaxing retaxing;
  private final LocalDateTime since;

  /** One writes at a time, and nothing once the sale is completed. */
  private final ReentrantLock writing = new ReentrantLock();

  private boolean finished;
  private OpenPayment payment;

  /**
   * How a shop is paid.
   *
   * @param rounding how cash is rounded, or null when it is not
   * @param tips the percentages that are proposed; empty when nobody is asked for a tip
   */
  public record Terms(@Nullable CashRounding rounding, TenderRules rules, List<Integer> tips) {
    public Terms {
      tips = List.copyOf(tips);
    }

    /** As the settings say now. */
    public static Terms of(Settings settings) {
      return new Terms(settings.cashRounding(), settings.tenderRules(), settings.tips());
    }
  }

  /**
   * @param payment what was taken already, before the till was stopped
   */
  public Paying(Ledger ledger, Clock clock, Terms terms, Running running, OpenPayment payment) {
    this(ledger, clock, terms, running, payment, Retaxing.NONE);
  }

  /**
   * @param clock in the store's time zone
   * @param retaxing says what it comes to when midnight passes
   */
  public Paying(
      Ledger ledger,
      Clock clock,
      Terms terms,
      Running running,
      OpenPayment payment,
      Retaxing retaxing) {
    this.retaxing = retaxing;
    this.ledger = ledger;
    this.clock = clock;
    this.terms = terms;
    this.running = running;
    LocalDateTime told = payment.since();
    this.since = told == null ? LocalDateTime.now(clock) : told;
    this.payment = payment.since(since);
  }

  /** What came of handing something over. */
  public sealed interface Taken {
    /** It is all paid; {@link #finish} completes the sale. */
    record Settled(Money change) implements Taken {}

    /** More is to be paid. */
    record MoreToPay(Money left) implements Taken {}

    /** This cannot pay this sale; nothing was taken. */
    record Refused(Settlement.Reason reason) implements Taken {}

    /** The shop does not take it; nothing was taken. */
    record NotTaken(TenderKind kind) implements Taken {}

    /** A whole card number was typed; nothing was taken or kept. */
    record CardNumber() implements Taken {}

    /** The last four digits are not four digits; or a reference is missing or too long. */
    record Malformed() implements Taken {}
  }

  public Running running() {
    return running;
  }

  public Terms terms() {
    return terms;
  }

  /** What was taken so far. */
  public synchronized OpenPayment payment() {
    return payment;
  }

  public List<Tender> tenders() {
    return payment().tenders();
  }

  /** What is owed: the goods, and what is put on gift cards; without the tip. */
  public Money due() {
    return due(payment());
  }

  private Money due(OpenPayment open) {
    return running
        .total()
        .plus(Money.sum(zero().currency(), open.giftCards()))
        .plus(open.paidOff());
  }

  private Money zero() {
    return Money.zero(running.total().currency());
  }

  private Settlement settle(OpenPayment open) {
    return Settlement.of(due(open), open.tip(), open.tenders(), terms.rounding(), terms.rules());
  }

  /** What is left to pay by other means than cash: never more than is owed without rounding. */
  public Money left() {
    Money remaining = remaining();
    CashRounding rounding = terms.rounding();
    boolean exact = rounding == null || rounding.scope() == CashRounding.Scope.ALL;
    if (exact || !remaining.isPositive()) {
      return remaining;
    }
    OpenPayment open = payment();
    Money owed = due(open).plus(open.tip());
    for (Tender tender : open.tenders()) {
      owed = tender instanceof CashTender ? owed : owed.minus(tender.amount());
    }
    return owed.compareTo(remaining) < 0 ? owed : remaining;
  }

  private Money remaining() {
    return switch (settle(payment())) {
      case Settlement.Settled _ -> zero();
      case Settlement.Short(Money remaining) -> remaining;
      // Only where the rules have changed since it was taken: it can be given back.
      case Settlement.Refused _ -> zero();
    };
  }

  /** What is left to pay in cash, rounded to the coins in use. */
  public Money leftInCash() {
    Money remaining = remaining();
    CashRounding rounding = terms.rounding();
    // Once there is cash among it, what remains is rounded already.
    if (rounding == null || tenders().stream().anyMatch(CashTender.class::isInstance)) {
      return remaining;
    }
    return rounding.round(remaining).toPay();
  }

  /** What a customer is likely to hand over. */
  public List<Money> suggestions() {
    return SuggestedNotes.forAmount(leftInCash());
  }

  /** What would come of this much cash, without taking it. */
  public Settlement withCash(Money amount) {
    return settle(payment().with(new CashTender(amount)));
  }

  public Taken cash(Money amount) {
    return take(new CashTender(amount));
  }

  /**
   * A payment on a terminal that stands alone.
   *
   * @param reference the terminal's, may be empty
   * @param lastFour the card's, may be empty
   */
  public Taken card(Money amount, String reference, String lastFour) {
    return typed(() -> new CardTender(amount, reference.strip(), lastFour.strip()));
  }

  /**
   * @param reference the provider's
   */
  public Taken mobile(Money amount, String reference) {
    return typed(() -> new MobileTender(amount, reference.strip()));
  }

  /**
   * A paper voucher: it pays what is left at most, unless the shop gives change of vouchers.
   *
   * @param worth what stands on it, above 0
   */
  public Taken voucher(Money worth, String reference) {
    Money left = left();
    boolean whole = terms.rules().givesChange(TenderKind.VOUCHER) || worth.compareTo(left) <= 0;
    return typed(() -> new VoucherTender(whole ? worth : left, worth, reference.strip()));
  }

  /** From a gift card or credit, of which as much must have been reserved. */
  public Taken credit(CreditTender tender) {
    return take(tender);
  }

  /** Who may owe something here: the buyer, when they have an account; else null. */
  public @Nullable UUID debtor() {
    Buyer buyer = running.basket().buyer();
    return buyer == null || buyer.terms() == null || buyer.terms().limit() == 0 ? null : buyer.id();
  }

  /**
   * The customer owes it from now on. Whether they may is decided when the sale is completed.
   *
   * @throws IllegalStateException when nobody has an account
   */
  public Taken account(Money amount) {
    UUID debtor = debtor();
    if (debtor == null || !payment().paidOff().isZero()) {
      throw new IllegalStateException("nobody owes anything here");
    }
    return take(new AccountTender(amount, debtor));
  }

  /**
   * The customer pays off some of what they owe, in the place of buying something.
   *
   * @param amount above 0
   * @return false when it is not, when something is bought, or when so much has been paid that it
   *     would not fit any more
   */
  public boolean payOff(Money amount) {
    OpenPayment open = payment();
    boolean possible =
        amount.isPositive()
            && debtor() != null
            && running.isEmpty()
            && open.giftCards().isEmpty()
            && open.tip().isZero();
    return possible && changed(each -> each.payingOff(amount));
  }

  private Taken typed(Supplier<Tender> tender) {
    try {
      return take(tender.get());
    } catch (CardNumberRefusedException _) {
      return new Taken.CardNumber();
    } catch (IllegalArgumentException _) {
      return new Taken.Malformed();
    }
  }

  private synchronized Taken take(Tender tender) {
    if (!terms.rules().takes(tender.kind())) {
      return new Taken.NotTaken(tender.kind());
    }
    if (settle(payment) instanceof Settlement.Settled paid) {
      return new Taken.Settled(paid.change());
    }
    OpenPayment tried = payment.with(tender);
    return switch (settle(tried)) {
      case Settlement.Settled settled -> {
        payment = tried;
        yield new Taken.Settled(settled.change());
      }
      case Settlement.Short(Money remaining) -> {
        if (!tender.amount().isZero()) {
          payment = tried;
        }
        yield new Taken.MoreToPay(remaining);
      }
      case Settlement.Refused(Settlement.Reason reason) -> new Taken.Refused(reason);
    };
  }

  /** What has come of all that was taken. */
  public Taken standing() {
    return switch (settle(payment())) {
      case Settlement.Settled settled -> new Taken.Settled(settled.change());
      case Settlement.Short(Money remaining) -> new Taken.MoreToPay(remaining);
      case Settlement.Refused(Settlement.Reason reason) -> new Taken.Refused(reason);
    };
  }

  /** What a tip of so many percent comes to, on the goods alone. */
  public Money tipOf(int percent) {
    return running.total().proRata(Quantity.of(percent), Quantity.of(100), RoundingMode.HALF_UP);
  }

  /**
   * Asks for a tip beside what is due; another one takes its place.
   *
   * @return false when the shop takes none, when nothing is owed, or when so much has been paid
   *     that it would not fit any more
   */
  public boolean tip(Money amount) {
    boolean possible =
        !terms.tips().isEmpty()
            && !amount.isNegative()
            && due().isPositive()
            && payment().paidOff().isZero();
    return possible && changed(open -> open.tipping(amount));
  }

  /**
   * Sells a gift card with the sale.
   *
   * @param amount above 0
   * @return false when it is not, when there are too many, or when it would not fit any more
   */
  public boolean sellGiftCard(Money amount) {
    boolean possible =
        amount.isPositive()
            && !running.total().isNegative()
            && payment().paidOff().isZero()
            && payment().giftCards().size() < MOST_GIFT_CARDS;
    return possible
        && changed(
            open -> {
              List<Money> cards = new ArrayList<>(open.giftCards());
              cards.add(amount);
              return open.selling(cards);
            });
  }

  /** Sells no gift cards with it after all. */
  public boolean sellNoGiftCards() {
    return changed(
        open -> {
          OpenPayment without = open.selling(List.of());
          return due(without).isPositive() ? without : without.tipping(zero());
        });
  }

  /** What was taken already must still fit: less may be owed than was paid. */
  private synchronized boolean changed(UnaryOperator<OpenPayment> change) {
    OpenPayment after = change.apply(payment);
    boolean fits = payment.tenders().isEmpty() || settle(after) instanceof Settlement.Short;
    if (fits) {
      payment = after;
    }
    return fits;
  }

  /** Changes what was taken and writes it down; blocking. */
  void keep(UnaryOperator<OpenPayment> change) {
    written(change, after -> ledger.keepPayment(running.basket(), after));
  }

  /** Writes down what was taken so far: a power cut must not forget a payment; blocking. */
  public void keep() {
    keep(open -> open);
  }

  /** No tip and no gift cards: the customer buys nothing; blocking. */
  void forgetExtras() {
    keep(open -> open.tipping(zero()).selling(List.of()).payingOff(zero()));
  }

  /** Records that a payment went back, and forgets it; blocking. */
  void gaveBack(Actor actor, Tender tender, How how) {
    written(
        open -> open.without(tender).asking(null),
        left -> ledger.givePaymentBack(actor, running.basket(), tender, how, left));
  }

  /** Records the cashier's word that the terminal took nothing; blocking. */
  void notCharged(Actor actor, OpenPayment.Asked asked) {
    written(
        open -> open.asking(null),
        left -> ledger.sayNotCharged(actor, running.basket(), asked, left));
  }

  /** In this order: what could not be written down did not happen. */
  private void written(UnaryOperator<OpenPayment> change, Consumer<OpenPayment> write) {
    writing.lock();
    try {
      if (!finished) {
        write.accept(change.apply(payment()));
        synchronized (this) {
          payment = change.apply(payment);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /** What came in for it is owed no more: nothing is due for goods. */
  private Settlement.Settled withPaidOff(Settlement.Settled settled, Money paidOff) {
    UUID debtor = debtor();
    if (paidOff.isZero() || debtor == null) {
      return settled;
    }
    List<Tender> tenders = new ArrayList<>(settled.tenders());
    tenders.add(new AccountTender(paidOff.negate(), debtor));
    return new Settlement.Settled(
        settled.due().minus(paidOff), settled.tip(), settled.rounding(), settled.change(), tenders);
  }

  Actor actor(UUID cashier, @Nullable UUID approver) {
    return new Actor(cashier, approver, clock.instant());
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Completes the sale: it is on the disk when this returns, and only then may anything be printed.
   *
   * @param approver the second person, or null when nobody was asked
   * @throws IllegalStateException when it is not all paid, or the terminal has not answered
   */
  public CompletedSale finish(UUID cashier, @Nullable UUID approver, LocalDate businessDate) {
    writing.lock();
    try {
      OpenPayment open = payment();
      if (open.asked() != null || !(settle(open) instanceof Settlement.Settled settled)) {
        throw new IllegalStateException("not all is paid");
      }
      Midnight due = Midnight.of(running, since.toLocalDate(), businessDate, retaxing);
      CompletedSale sale =
          ledger.complete(
              actor(cashier, approver),
              new SaleDraft(
                  due.running().basket(),
                  due.running().priced(),
                  withPaidOff(settled, open.paidOff()),
                  due.day(),
                  null,
                  open.giftCards()));
      finished = true;
      return sale;
    } finally {
      writing.unlock();
    }
  }
}
