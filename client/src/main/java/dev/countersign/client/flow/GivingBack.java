package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.common.change.MoneyBack;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Money goes out for goods that came back. Proposed is the way it came: to the cards, by the
 * provider of mobile money, into the accounts, store credit for a voucher, which stays with the
 * shop, and cash for the rest, rounded as cash is. Whoever may, gives it another way; the ledger
 * asks. Nothing is recorded before {@link #finish}. One thread at a time; {@link #propose} and
 * {@link #finish} block.
 */
public final class GivingBack {
  private final Ledger ledger;
  private final Clock clock;
  private final @Nullable CashRounding rounding;
  private final Running running;
  private final Supplier<UUID> accounts;
  private final Retaxing retaxing;
  private final LocalDate begun;
  private List<OntoCard> ontoCards = List.of();
  private List<Tender> asPaid = List.of();
  private List<Tender> chosen = List.of();
  private Way way = Way.AS_PAID;

  /** Whose code the customer gets, for all store credit that is new. */
  private @Nullable UUID slip;

  /**
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
    this(ledger, clock, rounding, running, accounts, Retaxing.NONE);
  }

  /**
   * @param clock in the store's time zone
   * @param retaxing says what it comes to when midnight passes
   */
  public GivingBack(
      Ledger ledger,
      Clock clock,
      @Nullable CashRounding rounding,
      Running running,
      Supplier<UUID> accounts,
      Retaxing retaxing) {
    this.retaxing = retaxing;
    this.begun = LocalDate.now(clock);
    this.ledger = ledger;
    this.clock = clock;
    this.rounding = rounding;
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

  /** The cards and slips onto which money goes the way it came. */
  public List<OntoCard> ontoCards() {
    return ontoCards;
  }

  /** How it was chosen to go. */
  public Way way() {
    return way;
  }

  /** Whether this is store credit for which the customer gets a code of its own. */
  public boolean isNew(CreditTender credit) {
    return credit.account().equals(slip);
  }

  /** What is owed to the customer, before cash is rounded; not negative. */
  public Money owed() {
    return running.total().negate();
  }

  /** How it goes out as it stands: amounts are negative. */
  public List<Tender> tenders() {
    return chosen;
  }

  /** The cash among it, to be taken out of the drawer; not negative. */
  public Money cash() {
    return Money.sum(
            running.total().currency(),
            chosen.stream().filter(CashTender.class::isInstance).map(Tender::amount).toList())
        .negate();
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
    Money open = owed();
    for (Map.Entry<UUID, Money> sale : goods.entrySet()) {
      Money most = sale.getValue().compareTo(open) < 0 ? sale.getValue() : open;
      SoldBefore sold = ledger.soldBefore(sale.getKey()).orElse(null);
      for (Tender tender : sold == null ? List.<Tender>of() : back(sold, most)) {
        out.add(tender);
        open = open.plus(tender.amount());
        if (tender instanceof CreditTender credit && !isNew(credit)) {
          cards.add(new OntoCard(sale.getKey(), credit.credit(), credit.account()));
        }
      }
    }
    ontoCards = List.copyOf(cards);
    asPaid = withCash(withSlip(out, Money.zero(open.currency())));
    chosen = asPaid;
    way = Way.AS_PAID;
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

  private UUID slip() {
    UUID before = slip;
    UUID account = before == null ? accounts.get() : before;
    slip = account;
    return account;
  }

  /** In which order payments get back: what can be sent first, and what was paid on paper last. */
  private static int rank(Paid paid) {
    return switch (paid.means()) {
      case CARD -> 0;
      case MOBILE_MONEY -> 1;
      case GIFT_CARD, STORE_CREDIT, ON_ACCOUNT -> 2;
      case VOUCHER -> 3;
      // Cash is what remains.
      case CASH -> 4;
    };
  }

  /** What goes back to the payments of this sale, at most so much; the rest is cash. */
  private List<Tender> back(SoldBefore sold, Money most) {
    List<Paid> payments = sold.sale().body().tenders();
    List<Long> left = MoneyBack.byPayment(sold.sale().body(), sold.left());
    List<Tender> back = new ArrayList<>();
    long open = most.minor();
    for (int rank = 0; rank < 4; rank++) {
      for (int i = 0; i < payments.size(); i++) {
        long part = Math.min(open, left.get(i));
        if (rank(payments.get(i)) == rank && part > 0) {
          back.add(tender(payments.get(i), Money.of(-part, most.currency())));
          open -= part;
        }
      }
    }
    return back;
  }

  private Tender tender(Paid paid, Money amount) {
    return switch (paid.means()) {
      case CASH -> new CashTender(amount);
      case CARD -> new CardTender(amount, paid.reference(), paid.lastFour());
      case MOBILE_MONEY -> new MobileTender(amount, paid.reference());
      // It was redeemed and stays with the shop.
      case VOUCHER -> new CreditTender(amount, CreditKind.STORE_CREDIT, slip());
      case GIFT_CARD -> new CreditTender(amount, CreditKind.GIFT_CARD, account(paid));
      case STORE_CREDIT -> new CreditTender(amount, CreditKind.STORE_CREDIT, account(paid));
      case ON_ACCOUNT -> new AccountTender(amount, account(paid));
    };
  }

  private static UUID account(Paid paid) {
    return Objects.requireNonNull(paid.account(), "account");
  }

  /** The rest of what is owed in cash, in the coins that are in use. */
  private List<Tender> withCash(List<Tender> others) {
    List<Tender> all = new ArrayList<>(others);
    Money rest = running.total();
    for (Tender other : others) {
      rest = rest.minus(other.amount());
    }
    if (!rest.isZero()) {
      Money coins = rounding == null ? rest : rounding.round(rest).toPay();
      all.add(new CashTender(coins));
    }
    return List.copyOf(all);
  }

  /**
   * Chooses another way.
   *
   * @param amount how much of it goes this way, the rest as it was paid; null for all. More than is
   *     owed is all
   */
  public void choose(Way other, @Nullable Money amount) {
    Money part = amount == null || amount.compareTo(owed()) > 0 ? owed() : amount;
    way = other;
    chosen =
        switch (other) {
          case AS_PAID -> asPaid;
          case CASH -> withCash(less(part));
          case STORE_CREDIT -> withCash(withSlip(less(part), part));
        };
  }

  /** The cards and accounts of the proposal, with so much of what is owed taken from them. */
  private List<Tender> less(Money part) {
    Money rest = owed().minus(part);
    List<Tender> out = new ArrayList<>();
    for (Tender tender : asPaid) {
      Money amount = tender.amount().negate();
      Money kept = amount.compareTo(rest) < 0 ? amount : rest;
      if (!(tender instanceof CashTender) && kept.isPositive()) {
        out.add(with(tender, kept.negate()));
        rest = rest.minus(kept);
      }
    }
    return out;
  }

  private static Tender with(Tender tender, Money amount) {
    return switch (tender) {
      case CashTender _ -> new CashTender(amount);
      case CardTender card -> new CardTender(amount, card.reference(), card.lastFour());
      case MobileTender mobile -> new MobileTender(amount, mobile.reference());
      case VoucherTender voucher -> new VoucherTender(amount, amount, voucher.reference());
      case CreditTender credit -> new CreditTender(amount, credit.credit(), credit.account());
      case AccountTender owed -> new AccountTender(amount, owed.customer());
    };
  }

  /**
   * Records it: it is on the disk when this returns, and only then may money go out.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public CompletedSale finish(UUID cashier, @Nullable UUID approver, LocalDate businessDate) {
    if (Settlement.of(running.total(), chosen, rounding) instanceof Settlement.Settled settled) {
      Midnight due = Midnight.of(running, begun, businessDate, retaxing);
      return ledger.complete(
          new Actor(cashier, approver, clock.instant()),
          new SaleDraft(due.running().basket(), due.running().priced(), settled, due.day(), null));
    }
    throw new IllegalStateException("it does not come to what is owed");
  }
}
