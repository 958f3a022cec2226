package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Money goes out for goods that came back. Proposed is the way it came: to the cards, by the
 * provider of mobile money, into the accounts, store credit for a voucher, which stays with the
 * shop, and cash for the rest, rounded as cash is. A shop that takes no store credit gives none:
 * nobody could redeem it. Whoever may, gives it another way; the ledger asks, also for a voucher's
 * money in cash.
 *
 * <p>A card that a terminal beside the till sends money to gets it before the sale is recorded
 * ({@link SendingBack}): only the terminal knows whether it does. What has gone so is on the disk,
 * and fixed; all the rest goes out once {@link #finish} has recorded it. Safe for any thread;
 * {@link #propose}, {@link #require}, {@link #keep} and {@link #finish} block.
 */
public final class GivingBack {
  private final Ledger ledger;
  private final Clock clock;
  private final @Nullable CashRounding rounding;
  private final boolean givesCredit;
  private final Running running;
  private final Supplier<UUID> accounts;
  private final Retaxing retaxing;
  private final LocalDateTime since;

  /** What has gone back to cards, and what the terminal was asked. */
  private OpenPayment payment;

  /** References of payments whose cards somebody serves on another terminal. */
  private final Set<String> byHand = new HashSet<>();

  private List<OntoCard> ontoCards = List.of();

  /** How all of it was paid, without cash. */
  private List<Tender> asPaid = List.of();

  /** How what has not gone yet goes. */
  private List<Tender> rest = List.of();

  private Way way = Way.AS_PAID;

  /** Whose code the customer gets, for all store credit that is new. */
  private @Nullable UUID slip;

  /**
   * In a shop that takes everything.
   *
   * @param rounding how cash is rounded, or null when it is not
   * @param running gives money back, or is even
   * @param accounts ids for new accounts of store credit
   */
  public GivingBack(
      Ledger ledger,
      Clock clock,
      @Nullable CashRounding rounding,
      Running running,
      Supplier<UUID> accounts) {
    this(
        ledger,
        clock,
        new Paying.Terms(rounding, TenderRules.USUAL, List.of()),
        running,
        OpenPayment.none(Money.zero(running.total().currency())),
        accounts,
        Retaxing.NONE);
  }

  /**
   * @param clock in the store's time zone
   * @param terms how cash is rounded, and whether the shop has store credit
   * @param payment what had gone back already, before the till was stopped
   * @param retaxing says what it comes to when midnight passes
   */
  public GivingBack(
      Ledger ledger,
      Clock clock,
      Paying.Terms terms,
      Running running,
      OpenPayment payment,
      Supplier<UUID> accounts,
      Retaxing retaxing) {
    this.retaxing = retaxing;
    LocalDateTime told = payment.since();
    this.since = told == null ? LocalDateTime.now(clock) : told;
    this.payment = payment.since(since);
    this.ledger = ledger;
    this.clock = clock;
    this.rounding = terms.rounding();
    this.givesCredit = terms.rules().takes(TenderKind.STORE_CREDIT);
    this.running = running;
    this.accounts = accounts;
  }

  /** How somebody wants it. */
  public enum Way {
    AS_PAID,
    CASH,
    STORE_CREDIT
  }

  /**
   * A gift card or credit slip that paid for a sale, and gets back of it.
   *
   * @param sale that it paid for
   */
  public record OntoCard(UUID sale, CreditKind kind, UUID account) {}

  public Running running() {
    return running;
  }

  /** Whether new store credit is a way: not where the shop would not take it. */
  public boolean givesCredit() {
    return givesCredit;
  }

  /** The cards and slips onto which money goes the way it came. */
  public synchronized List<OntoCard> ontoCards() {
    return ontoCards;
  }

  /** How what has not gone yet was chosen to go. */
  public synchronized Way way() {
    return way;
  }

  /** What has gone back to cards, and what the terminal was asked. */
  public synchronized OpenPayment payment() {
    return payment;
  }

  /** Whether this is store credit for which the customer gets a code of its own. */
  public synchronized boolean isNew(CreditTender credit) {
    return credit.account().equals(slip);
  }

  /** What is owed to the customer, before cash is rounded; not negative. */
  public Money owed() {
    return running.total().negate();
  }

  /** What of it has not gone back yet; not negative. */
  public synchronized Money left() {
    return owed().minus(gone());
  }

  private Money gone() {
    return Money.sum(
            running.total().currency(), payment.tenders().stream().map(Tender::amount).toList())
        .negate();
  }

  /** How it goes out as it stands, what has gone already first: amounts are negative. */
  public synchronized List<Tender> tenders() {
    List<Tender> all = new ArrayList<>(payment.tenders());
    all.addAll(rest);
    return all;
  }

  /** How what has not gone yet goes: amounts are negative. */
  public synchronized List<Tender> rest() {
    return rest;
  }

  /** The cash among it, to be taken out of the drawer; not negative. */
  public synchronized Money cash() {
    return Money.sum(
            running.total().currency(),
            rest.stream().filter(CashTender.class::isInstance).map(Tender::amount).toList())
        .negate();
  }

  /** The next part that a terminal can send back: of a payment by card that it has a name for. */
  public synchronized Optional<CardTender> toSend() {
    return rest.stream()
        .filter(CardTender.class::isInstance)
        .map(CardTender.class::cast)
        .filter(card -> !card.reference().isEmpty() && !byHand.contains(card.reference()))
        .findFirst();
  }

  /** This part is given back on a terminal that stands alone. */
  public synchronized void byHand(CardTender part) {
    byHand.add(part.reference());
  }

  /** Looks at how the goods were paid, and proposes that way back. */
  public void propose() {
    Map<UUID, Money> goods = new LinkedHashMap<>();
    for (BasketLine line : running.basket().liveLines()) {
      if (line.price() instanceof LinePrice.Refunded back) {
        goods.merge(back.sale(), line.amount().negate(), Money::plus);
      }
    }
    List<Tender> out = new ArrayList<>();
    List<OntoCard> cards = new ArrayList<>();
    Supplier<UUID> credit = givesCredit ? this::slip : null;
    Money open = owed();
    for (Map.Entry<UUID, Money> sale : goods.entrySet()) {
      Money most = sale.getValue().compareTo(open) < 0 ? sale.getValue() : open;
      SoldBefore sold = ledger.soldBefore(sale.getKey()).orElse(null);
      for (Tender tender : sold == null ? List.<Tender>of() : WayBack.of(sold, most, credit)) {
        WayBack.add(out, tender);
        open = open.plus(tender.amount());
        if (tender instanceof CreditTender card && !isNew(card)) {
          cards.add(new OntoCard(sale.getKey(), card.credit(), card.account()));
        }
      }
    }
    synchronized (this) {
      ontoCards = List.copyOf(cards);
      asPaid = withSlip(out, Money.zero(open.currency()));
      choose(Way.AS_PAID, null);
    }
  }

  /** With so much more of new store credit, all of it under one code. */
  private List<Tender> withSlip(List<Tender> others, Money more) {
    List<Tender> all = new ArrayList<>();
    Money sum = more.negate();
    for (Tender other : others) {
      if (other instanceof CreditTender credit && isNew(credit)) {
        sum = sum.plus(other.amount());
      } else {
        all.add(other);
      }
    }
    if (!sum.isZero()) {
      all.add(new CreditTender(sum, CreditKind.STORE_CREDIT, slip()));
    }
    return all;
  }

  private synchronized UUID slip() {
    UUID before = slip;
    UUID account = before == null ? accounts.get() : before;
    slip = account;
    return account;
  }

  /** The rest of what is owed in cash, in the coins that are in use. */
  private List<Tender> withCash(List<Tender> others) {
    List<Tender> all = new ArrayList<>(others);
    Money open = left().negate();
    for (Tender other : others) {
      open = open.minus(other.amount());
    }
    if (!open.isZero()) {
      Money coins = rounding == null ? open : rounding.round(open).toPay();
      if (!coins.isZero() || !isRounded(others)) {
        all.add(new CashTender(coins));
      }
    }
    return List.copyOf(all);
  }

  /** Where everything is rounded, what others give may be the rounded amount already. */
  private boolean isRounded(List<Tender> others) {
    List<Tender> all = new ArrayList<>(payment.tenders());
    all.addAll(others);
    Money sum = Money.sum(running.total().currency(), all.stream().map(Tender::amount).toList());
    return rounding != null
        && rounding.scope() == CashRounding.Scope.ALL
        && !all.isEmpty()
        && sum.equals(rounding.round(running.total()).toPay());
  }

  /**
   * Chooses another way for what has not gone yet.
   *
   * @param amount how much of it goes this way, the rest as it was paid; null for all. More than is
   *     left is all
   * @throws IllegalArgumentException for store credit where {@link #givesCredit} says no
   */
  public synchronized void choose(Way other, @Nullable Money amount) {
    if (other == Way.STORE_CREDIT && !givesCredit) {
      throw new IllegalArgumentException("the shop takes no store credit");
    }
    Money left = left();
    Money part = amount == null || amount.compareTo(left) > 0 ? left : amount;
    way = other;
    rest =
        switch (other) {
          case AS_PAID -> withCash(WayBack.less(asPaid, gone(), left));
          case CASH -> withCash(WayBack.less(asPaid, gone(), left.minus(part)));
          case STORE_CREDIT ->
              withCash(withSlip(WayBack.less(asPaid, gone(), left.minus(part)), part));
        };
  }

  /**
   * Asks whether this may go out as it stands, and records nothing: before a terminal sends any of
   * it.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public void require(UUID cashier, @Nullable UUID approver, LocalDate businessDate) {
    ledger.requireComplete(actor(cashier, approver), draft(businessDate));
  }

  /**
   * Records it: it is on the disk when this returns, and only then may the rest of the money go
   * out.
   *
   * @param approver the second person, or null when nobody was asked
   * @throws IllegalStateException when the terminal has not answered
   */
  public CompletedSale finish(UUID cashier, @Nullable UUID approver, LocalDate businessDate) {
    if (payment().asked() != null) {
      throw new IllegalStateException("the terminal has not answered yet");
    }
    return ledger.complete(actor(cashier, approver), draft(businessDate));
  }

  private SaleDraft draft(LocalDate businessDate) {
    if (Settlement.of(running.total(), tenders(), rounding) instanceof Settlement.Settled settled) {
      Midnight due = Midnight.of(running, since.toLocalDate(), businessDate, retaxing);
      return new SaleDraft(
          due.running().basket(), due.running().priced(), settled, due.day(), null);
    }
    throw new IllegalStateException("it does not come to what is owed");
  }

  private Actor actor(UUID cashier, @Nullable UUID approver) {
    return new Actor(cashier, approver, clock.instant());
  }

  /** Asks the terminal for this part from now on; on the disk when it returns. */
  void asking(Asked asked) {
    keep(payment().asking(asked));
  }

  /** The terminal has sent it, under its own reference. */
  void sent(CardTender part, CardTender gone) {
    keep(payment().with(gone).asking(null));
    synchronized (this) {
      List<Tender> others = new ArrayList<>(rest);
      // After a power cut the proposal is made anew, without it.
      others.remove(part);
      rest = List.copyOf(others);
    }
  }

  /** The terminal has not sent it. */
  void notSent() {
    keep(payment().asking(null));
  }

  /** The cashier says that the terminal has not sent it, and that word is recorded. */
  void saidNotSent(UUID cashier, @Nullable UUID approver, Asked asked) {
    OpenPayment left = payment().asking(null);
    ledger.sayNotCharged(actor(cashier, approver), running.basket(), asked, left);
    now(left);
  }

  /** In this order: what could not be written down did not happen. */
  private void keep(OpenPayment after) {
    ledger.keepPayment(running.basket(), after);
    now(after);
  }

  private synchronized void now(OpenPayment after) {
    payment = after;
  }
}
