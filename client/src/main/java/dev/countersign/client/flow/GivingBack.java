package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.common.change.SaleCompleted.Means;
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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Money goes out for goods that came back. Proposed is the way it came: to the cards, into the
 * accounts, and cash for the rest, rounded as cash is. Whoever may, gives it another way; the
 * ledger asks. Nothing is recorded before {@link #finish}. One thread at a time; {@link #propose}
 * and {@link #finish} block.
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
        if (tender instanceof CreditTender credit) {
          cards.add(new OntoCard(sale.getKey(), credit.credit(), credit.account()));
        }
      }
    }
    ontoCards = List.copyOf(cards);
    asPaid = withCash(out);
    chosen = asPaid;
  }

  /** What goes to cards and accounts of this sale, at most so much; the rest is cash. */
  private List<Tender> back(SoldBefore sold, Money most) {
    Map<Means, Long> left = new EnumMap<>(Means.class);
    left.putAll(sold.left());
    List<Tender> back = new ArrayList<>();
    long open = most.minor();
    for (boolean cards : new boolean[] {true, false}) {
      for (Paid paid : sold.sale().body().tenders()) {
        boolean now = paid.means() == Means.CARD ? cards : !cards && paid.account() != null;
        long part = Math.min(open, Math.min(paid.amount(), left.getOrDefault(paid.means(), 0L)));
        if (now && part > 0) {
          back.add(tender(paid, Money.of(-part, most.currency())));
          left.merge(paid.means(), -part, Math::addExact);
          open -= part;
        }
      }
    }
    return back;
  }

  private static Tender tender(Paid paid, Money amount) {
    UUID account = paid.account();
    if (account == null) {
      return new CardTender(amount, paid.reference(), paid.lastFour());
    }
    if (paid.means() == Means.ON_ACCOUNT) {
      return new AccountTender(amount, account);
    }
    return new CreditTender(
        amount,
        paid.means() == Means.GIFT_CARD ? CreditKind.GIFT_CARD : CreditKind.STORE_CREDIT,
        account);
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
  public void choose(Way way, @Nullable Money amount) {
    Money part = amount == null || amount.compareTo(owed()) > 0 ? owed() : amount;
    chosen =
        switch (way) {
          case AS_PAID -> asPaid;
          case CASH -> withCash(less(part));
          case STORE_CREDIT -> {
            List<Tender> out = new ArrayList<>(less(part));
            if (part.isPositive()) {
              out.add(new CreditTender(part.negate(), CreditKind.STORE_CREDIT, accounts.get()));
            }
            yield withCash(out);
          }
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
