package dev.countersign.common.change;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.TenderKind;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// Long because a sale says everything that is ever asked of it.
/**
 * A sale was paid. The change's entity is the sale. All amounts are integer minor units of {@code
 * currency}; the tax result is stored, a later refund negates it and never recomputes it.
 *
 * @param receipt the receipt number in its text form, gapless in the device's series
 * @param total what the goods cost, tax included, before cash rounding; the sum of the lines
 * @param tax the tax inside {@code total}; the sum of the lines' taxes
 * @param rounding what cash rounding added (negative: took off); its own figure, so books balance
 * @param change what was handed back in cash, not negative
 * @param voided lines struck through before payment, in the order they were entered
 * @param original where the sale came from when it was not rung up by hand (an imported invoice)
 * @param credits what was put on gift cards with this sale: a debt of the shop, so it is neither in
 *     {@code total} nor taxed, but it was paid for by the tenders
 * @param note what was written beside the sale; may be empty
 * @param agreed who answered on the spot for what the cashier may not do alone
 * @param tip what the customer gave on top, not negative; paid by the tenders, no turnover
 * @param coupons the codes that were shown, each as often as it was
 * @param customer whose sale it was, or null for anybody's
 * @param age for which age the buyer was found old enough, or null when nobody was asked
 */
public record SaleCompleted(
    UUID store,
    UUID register,
    UUID shift,
    String receipt,
    LocalDate businessDate,
    String currency,
    List<Line> lines,
    List<Paid> tenders,
    long total,
    long tax,
    long rounding,
    long change,
    List<Line> voided,
    @Nullable String original,
    List<Credit> credits,
    String note,
    List<Agreed> agreed,
    long tip,
    List<String> coupons,
    @Nullable BoughtBy customer,
    @Nullable AgeCheck age)
    implements ChangeBody {

  public SaleCompleted {
    lines = lines == null ? List.of() : List.copyOf(lines);
    tenders = tenders == null ? List.of() : List.copyOf(tenders);
    voided = voided == null ? List.of() : List.copyOf(voided);
    credits = credits == null ? List.of() : List.copyOf(credits);
    note = note == null ? "" : note;
    agreed = agreed == null ? List.of() : List.copyOf(agreed);
    coupons = coupons == null ? List.of() : List.copyOf(coupons);
  }

  /** A sale to anybody, without a coupon. */
  public SaleCompleted(
      UUID store,
      UUID register,
      UUID shift,
      String receipt,
      LocalDate businessDate,
      String currency,
      List<Line> lines,
      List<Paid> tenders,
      long total,
      long tax,
      long rounding,
      long change,
      List<Line> voided,
      @Nullable String original,
      List<Credit> credits,
      String note,
      List<Agreed> agreed,
      long tip) {
    this(
        store,
        register,
        shift,
        receipt,
        businessDate,
        currency,
        lines,
        tenders,
        total,
        tax,
        rounding,
        change,
        voided,
        original,
        credits,
        note,
        agreed,
        tip,
        List.of(),
        null,
        null);
  }

  /** A sale without credit that was sold, a note, a tip, or anything to answer for. */
  public SaleCompleted(
      UUID store,
      UUID register,
      UUID shift,
      String receipt,
      LocalDate businessDate,
      String currency,
      List<Line> lines,
      List<Paid> tenders,
      long total,
      long tax,
      long rounding,
      long change,
      List<Line> voided,
      @Nullable String original) {
    this(
        store,
        register,
        shift,
        receipt,
        businessDate,
        currency,
        lines,
        tenders,
        total,
        tax,
        rounding,
        change,
        voided,
        original,
        List.of(),
        "",
        List.of(),
        0);
  }

  /**
   * One line as sold.
   *
   * @param product the catalogue product, or null for an open item
   * @param unit the price of one, or null when the line was priced as a whole
   * @param listed the catalogue's price of one at that moment, only when another price was charged
   * @param amount what the line cost, tax included; negative for a return
   * @param refunds which sold line comes back, or null when goods are sold or come without receipt
   * @param off what was given off it, its own discounts first, then its share of those on all
   * @param note what was written beside it; may be empty
   * @param returned why goods come back, or null when they are sold
   * @param exempted the taxes that a customer who is exempt did not pay, in the price or on top
   * @param facts what else is recorded of it, or null for nothing
   */
  public record Line(
      int no,
      @Nullable UUID product,
      String code,
      String name,
      Quantity quantity,
      @Nullable Long unit,
      @Nullable Long listed,
      long amount,
      List<Tax> taxes,
      @Nullable Sold refunds,
      List<Off> off,
      String note,
      @Nullable Returned returned,
      List<Tax> exempted,
      @Nullable LineFacts facts) {
    public Line {
      exempted = exempted == null ? List.of() : List.copyOf(exempted);
      name = name == null ? "" : name;
      code = code == null ? "" : code;
      taxes = taxes == null ? List.of() : List.copyOf(taxes);
      off = off == null ? List.of() : List.copyOf(off);
      note = note == null ? "" : note;
      facts = LineFacts.NONE.equals(facts) ? null : facts;
    }

    /** What else is recorded of it. */
    public LineFacts beside() {
      return facts == null ? LineFacts.NONE : facts;
    }

    /** A line that bears its taxes, and of which nothing else is recorded. */
    public Line(
        int no,
        @Nullable UUID product,
        String code,
        String name,
        Quantity quantity,
        @Nullable Long unit,
        @Nullable Long listed,
        long amount,
        List<Tax> taxes,
        @Nullable Sold refunds,
        List<Off> off,
        String note,
        @Nullable Returned returned) {
      this(
          no, product, code, name, quantity, unit, listed, amount, taxes, refunds, off, note,
          returned, List.of(), null);
    }

    /** A line of which nobody said why it comes back. */
    public Line(
        int no,
        @Nullable UUID product,
        String code,
        String name,
        Quantity quantity,
        @Nullable Long unit,
        @Nullable Long listed,
        long amount,
        List<Tax> taxes,
        @Nullable Sold refunds,
        List<Off> off,
        String note) {
      this(
          no, product, code, name, quantity, unit, listed, amount, taxes, refunds, off, note, null);
    }

    /** A line off which nothing was given. */
    public Line(
        int no,
        @Nullable UUID product,
        String code,
        String name,
        Quantity quantity,
        @Nullable Long unit,
        @Nullable Long listed,
        long amount,
        List<Tax> taxes,
        @Nullable Sold refunds) {
      this(no, product, code, name, quantity, unit, listed, amount, taxes, refunds, List.of(), "");
    }

    /** A line that refunds none. */
    public Line(
        int no,
        @Nullable UUID product,
        String code,
        String name,
        Quantity quantity,
        @Nullable Long unit,
        @Nullable Long listed,
        long amount,
        List<Tax> taxes) {
      this(no, product, code, name, quantity, unit, listed, amount, taxes, null);
    }
  }

  /**
   * What is said of goods that come back.
   *
   * @param reason in the words of whoever took them back; may be empty
   * @param receipt the number under which they were sold, empty without a receipt
   */
  public record Returned(String reason, String receipt) {
    public Returned {
      reason = reason == null ? "" : reason;
      receipt = receipt == null ? "" : receipt;
    }
  }

  /**
   * A discount, as far as it falls on a line.
   *
   * @param reason why it was given; may be empty
   * @param percent as a decimal string, or null for an amount
   * @param amount minor units that came off the line; negative on a return, whose amount is
   * @param onAll true for the line's share of a discount on the whole basket
   * @param promotion what gave it, or null when a person did
   */
  public record Off(
      String reason,
      @Nullable String percent,
      long amount,
      boolean onAll,
      @Nullable Promised promotion) {
    public Off {
      reason = reason == null ? "" : reason;
    }

    /** A discount that a person gave. */
    public Off(String reason, @Nullable String percent, long amount, boolean onAll) {
      this(reason, percent, amount, onAll, null);
    }
  }

  /**
   * A customer as the till knew them.
   *
   * @param terms the version of what they were granted, 0 for nothing
   * @param exemption why they paid no tax; empty when they did
   */
  public record BoughtBy(UUID id, int terms, String exemption) {
    public BoughtBy {
      Objects.requireNonNull(id, "id");
      exemption = exemption == null ? "" : exemption;
    }
  }

  /**
   * A promotion as the till knew it.
   *
   * @param version of the promotion
   */
  public record Promised(UUID id, int version) {
    public Promised {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * Somebody answered for an act of this sale: a person whose role allows it.
   *
   * @param act a permission key's text
   */
  public record Agreed(String act, UUID person) {
    public Agreed {
      Objects.requireNonNull(act, "act");
      Objects.requireNonNull(person, "person");
    }
  }

  /**
   * A line that was sold before, on this till or another.
   *
   * @param line its number on that sale
   */
  public record Sold(UUID sale, int line) {
    public Sold {
      Objects.requireNonNull(sale, "sale");
    }
  }

  /**
   * A tax inside a line.
   *
   * @param rate percent as a decimal string for a percentage, amount per unit otherwise
   */
  public record Tax(UUID rule, String name, String rate, long base, long amount) {}

  /** How part of the sale was paid. */
  public enum Means {
    CASH,
    CARD,
    MOBILE_MONEY,
    VOUCHER,
    GIFT_CARD,
    STORE_CREDIT,
    ON_ACCOUNT;

    /** What was handed over, as it is recorded. */
    public static Means of(TenderKind kind) {
      return switch (kind) {
        case CASH -> CASH;
        case CARD -> CARD;
        case MOBILE_MONEY -> MOBILE_MONEY;
        case VOUCHER -> VOUCHER;
        case GIFT_CARD -> GIFT_CARD;
        case STORE_CREDIT -> STORE_CREDIT;
        case ON_ACCOUNT -> ON_ACCOUNT;
      };
    }

    /** Whether a shop may give change of it: {@link TenderKind#canGiveChange}. */
    public boolean canGiveChange() {
      return TenderKind.valueOf(name()).canGiveChange();
    }

    /** True for what is paid from an account of the shop's own. */
    public boolean isCredit() {
      return this == GIFT_CARD || this == STORE_CREDIT;
    }
  }

  /**
   * Put on an account.
   *
   * @param amount above 0
   */
  public record Credit(UUID account, long amount) {
    public Credit {
      Objects.requireNonNull(account, "account");
    }
  }

  /**
   * A tender.
   *
   * @param amount what was handed over, before change; negative when money went out
   * @param reference the terminal's of a card payment, the provider's of mobile money, or the
   *     number of a voucher; else empty
   * @param lastFour the last four digits of the card at most, else empty
   * @param account of a gift card or of store credit, or the customer who owes it; else null
   * @param worth what stands on a voucher that was worth more than it paid, else null
   */
  public record Paid(
      Means means,
      long amount,
      String reference,
      String lastFour,
      @Nullable UUID account,
      @Nullable Long worth) {
    public Paid {
      reference = reference == null ? "" : reference;
      lastFour = lastFour == null ? "" : lastFour;
    }

    /** A tender that paid as much as it is worth. */
    public Paid(
        Means means, long amount, String reference, String lastFour, @Nullable UUID account) {
      this(means, amount, reference, lastFour, account, null);
    }

    /** A tender from no account. */
    public Paid(Means means, long amount, String reference, String lastFour) {
      this(means, amount, reference, lastFour, null, null);
    }
  }

  /** What each customer owes by it, in minor units; negative for what was paid off or came back. */
  public Map<UUID, Long> onAccount() {
    Map<UUID, Long> owed = new LinkedHashMap<>();
    for (Paid paid : tenders) {
      if (paid.means() == Means.ON_ACCOUNT && paid.account() != null) {
        owed.merge(paid.account(), paid.amount(), Long::sum);
      }
    }
    return owed;
  }

  /** Whether nothing was sold: a customer paid off what they owe. */
  public boolean paysOff() {
    return lines.isEmpty()
        && credits.isEmpty()
        && total == 0
        && tip == 0
        && tenders.stream().allMatch(paid -> paid.means() == Means.ON_ACCOUNT == paid.amount() < 0)
        && onAccount().size() == 1;
  }

  /** How much a customer paid off where {@link #paysOff}, in minor units; else 0. */
  public long paidOff() {
    return paysOff() ? -onAccount().values().iterator().next() : 0;
  }

  /** What is owed: the goods, and what was put on gift cards; without the tip. */
  public long due() {
    long due = total;
    for (Credit credit : credits) {
      due += credit.amount();
    }
    return due;
  }

  /**
   * By what the tip was paid: what was handed over last pays it, after the change was given out of
   * it. What nobody handed over, because all that was owed was rounded away, counts as cash: only
   * cash is rounded. The sums are those of {@link #tip()}; empty without one.
   */
  public Map<Means, Long> tips() {
    EnumMap<Means, Long> tips = new EnumMap<>(Means.class);
    long open = tip;
    long back = change;
    for (Paid paid : tenders.reversed()) {
      long kept = paid.amount();
      if (paid.means().canGiveChange()) {
        long given = Math.min(back, Math.max(0, kept));
        back -= given;
        kept -= given;
      }
      long part = Math.min(open, Math.max(0, kept));
      if (part > 0) {
        tips.merge(paid.means(), part, Math::addExact);
        open -= part;
      }
    }
    if (open > 0) {
      tips.merge(Means.CASH, open, Math::addExact);
    }
    return tips;
  }

  @Override
  public Set<PermissionKey> requires() {
    EnumSet<PermissionKey> keys = EnumSet.of(PermissionKey.SALE_RING);
    if (age != null) {
      keys.add(PermissionKey.SALE_AGE);
    }
    for (Line line : lines) {
      if (line.refunds() != null) {
        // Its price was the original sale's affair.
        keys.add(PermissionKey.SALE_REFUND);
      } else {
        keys.addAll(requires(line));
      }
    }
    boolean gives =
        !credits.isEmpty()
            || tenders.stream().anyMatch(paid -> paid.means().isCredit() && paid.amount() < 0);
    if (gives) {
      keys.add(PermissionKey.CREDIT_ISSUE);
    }
    return keys;
  }

  /**
   * Nobody, where goods come back without a receipt and this is what it takes: who is asked for
   * that is asked when the sale is completed, and a word for other lines, or for empties, was given
   * by somebody who never saw those goods.
   */
  @Override
  public Set<UUID> answering(PermissionKey act) {
    if (isAskedAtTheEnd(act)) {
      return Set.of();
    }
    Set<UUID> people = new LinkedHashSet<>();
    for (Agreed word : agreed) {
      if (word.act().equals(act.key())) {
        people.add(word.person());
      }
    }
    return people;
  }

  private boolean isAskedAtTheEnd(PermissionKey act) {
    return (act == PermissionKey.SALE_RETURN || act == PermissionKey.SALE_PRICE)
        && lines.stream()
            .anyMatch(
                line ->
                    line.refunds() == null
                        && line.quantity().isNegative()
                        && requires(line).contains(act));
  }

  private static Set<PermissionKey> requires(Line line) {
    EnumSet<PermissionKey> keys = EnumSet.noneOf(PermissionKey.class);
    if (line.product() == null) {
      keys.add(PermissionKey.SALE_OPEN_ITEM);
    } else if (line.listed() != null) {
      keys.add(PermissionKey.SALE_PRICE);
    }
    if (line.off().stream().anyMatch(off -> off.promotion() == null)) {
      keys.add(PermissionKey.SALE_DISCOUNT);
    }
    // Empties come back without anybody's right; that they are some is judged by the catalogue.
    if (line.quantity().isNegative() && !line.beside().empties()) {
      keys.add(PermissionKey.SALE_RETURN);
    }
    return keys;
  }
}
