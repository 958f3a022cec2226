package dev.countersign.common.sale;

import dev.countersign.common.money.CurrencyMismatchException;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.tax.TaxRule;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

// Long because everything that can be done with a basket keeps what goes together together.
/**
 * What a customer is about to buy. Immutable: every operation gives a new basket, so that the one
 * before can be shown again.
 *
 * @param lines numbered 1, 2, 3 … without gaps; voided lines stay
 * @param discounts on all of it, in the order they were given, behind those of the lines
 * @param note for the receipt; may be empty
 * @param agreed who answers for what not everybody may do, each act and person once
 * @param buyer whose basket it is, or null for anybody's
 * @param coupons the codes that were shown, in their normal form, each as often as it was
 * @param age for which age the buyer was found old enough, or null while nobody was asked
 */
public record Basket(
    Currency currency,
    List<BasketLine> lines,
    List<Discount> discounts,
    String note,
    List<Agreed> agreed,
    List<String> coupons,
    @Nullable Buyer buyer,
    @Nullable AgeCheck age) {
  /** More lines than any receipt; a stuck scanner key ends here and not in memory. */
  public static final int MOST_LINES = 5_000;

  /** More coupons than anybody has shown at once. */
  public static final int MOST_COUPONS = 99;

  public Basket {
    lines = List.copyOf(lines);
    discounts = List.copyOf(discounts);
    agreed = List.copyOf(agreed);
    coupons = List.copyOf(coupons);
    if (coupons.size() > MOST_COUPONS) {
      throw new IllegalArgumentException("at most " + MOST_COUPONS + " coupons");
    }
    Discount.requireFew(discounts);
    Notes.require(note);
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException("a basket holds at most " + MOST_LINES + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).no() != i + 1) {
        throw new IllegalArgumentException("line " + lines.get(i).no() + " out of order");
      }
      var lineCurrency = lines.get(i).amount().currency();
      if (!lineCurrency.equals(currency)) {
        throw new CurrencyMismatchException(currency, lineCurrency);
      }
      requireWithGoods(lines.get(i), lines);
    }
  }

  /** No container without its goods: as often as them, and struck through with them. */
  private static void requireWithGoods(BasketLine line, List<BasketLine> lines) {
    var with = line.facts().deposit();
    if (with == null) {
      return;
    }
    var goods = with.line() < line.no() ? lines.get(with.line() - 1) : line;
    boolean fits =
        goods.goesWith() == 0
            && goods.voided() == line.voided()
            && (!(line.price() instanceof LinePrice.Each)
                || line.quantity().equals(goods.quantity().times(with.each())));
    if (!fits) {
      throw new IllegalArgumentException("line " + line.no() + " is a container without its goods");
    }
  }

  /** Lines at their own prices, and nothing else. */
  public Basket(Currency currency, List<BasketLine> lines) {
    this(currency, lines, List.of(), "", List.of(), List.of(), null, null);
  }

  public static Basket empty(Currency currency) {
    return new Basket(currency, List.of());
  }

  /** The same with other lines. */
  public Basket with(List<BasketLine> others) {
    return new Basket(currency, others, discounts, note, agreed, coupons, buyer, age);
  }

  /**
   * The same at other rates. What comes back of a receipt keeps what was paid, and what was struck
   * through stays as it was.
   *
   * @param rates gives a tax the rate that holds; the same tax where nothing changes
   * @return this very basket where nothing changes
   */
  public Basket taxed(UnaryOperator<TaxRule> rates) {
    var changed = new ArrayList<BasketLine>(lines.size());
    boolean any = false;
    for (var line : lines) {
      boolean stays = line.voided() || line.price() instanceof LinePrice.Refunded;
      var taxes = line.item().taxes();
      var now = stays ? taxes : taxes.stream().map(rates).toList();
      boolean differs = !now.equals(taxes);
      changed.add(differs ? line.selling(line.item().with(now)) : line);
      any |= differs;
    }
    return any ? with(changed) : this;
  }

  /**
   * Adds a line of its own at the end.
   *
   * @throws IllegalArgumentException on a quantity of zero, a price of the other sign or another
   *     currency, or when the basket is full
   */
  public Basket add(LineItem item, Quantity quantity, LinePrice price) {
    return add(item, quantity, price, LineFacts.NONE);
  }

  /** The same with what else is recorded of the line. */
  public Basket add(LineItem item, Quantity quantity, LinePrice price, LineFacts facts) {
    var extended = new ArrayList<>(lines);
    extended.add(new BasketLine(lines.size() + 1, item, quantity, price, false).of(facts));
    return with(extended);
  }

  /**
   * Adds to the last line if it sells the same item at the same unit price in the same direction
   * and nothing was given off it or written beside it, otherwise as {@link #add}.
   */
  public Basket addOrIncrease(LineItem item, Quantity quantity, LinePrice price) {
    return addOrIncrease(item, quantity, price, LineFacts.NONE, List.of());
  }

  /**
   * The same with what else is recorded of the line, and with the containers that go with it: a
   * line of each behind it, as often as the goods from then on.
   */
  public Basket addOrIncrease(
      LineItem item,
      Quantity quantity,
      LinePrice price,
      LineFacts facts,
      List<Container> containers) {
    var last = lines.reversed().stream().filter(line -> line.goesWith() == 0).findFirst();
    if (last.isPresent() && !(price instanceof LinePrice.Total)) {
      var line = last.get();
      boolean same =
          line.isPlain()
              && line.item().equals(item)
              && line.price().equals(price)
              && line.facts().equals(facts)
              && facts.weighing() == null
              && line.quantity().isNegative() == quantity.isNegative()
              && containersOf(line.no()).equals(containers);
      if (same) {
        return setQuantity(line.no(), line.quantity().plus(quantity));
      }
    }
    int goods = lines.size() + 1;
    var with = add(item, quantity, price, facts);
    for (var container : containers) {
      with =
          with.add(
              container.item(),
              quantity.times(container.each()),
              new LinePrice.Each(container.unit()),
              LineFacts.deposit(goods, container.each()));
    }
    return with;
  }

  /**
   * A container that goes with goods.
   *
   * @param unit what one costs
   * @param each how many go with one of the goods
   */
  public record Container(LineItem item, Money unit, Quantity each) {}

  private List<Container> containersOf(int goods) {
    var containers = new ArrayList<Container>();
    for (var line : lines) {
      var with = line.facts().deposit();
      if (with != null && with.line() == goods && line.price() instanceof LinePrice.Each each) {
        containers.add(new Container(line.item(), each.unit(), with.each()));
      }
    }
    return containers;
  }

  /** The goods that a line belongs to: those of a container, else the line itself. */
  public int goodsOf(int lineNo) {
    var line = line(lineNo);
    return line.goesWith() == 0 ? lineNo : line.goesWith();
  }

  /** The buyer was found old enough; what was found before for a greater age stays. */
  public Basket checked(AgeCheck check) {
    var known = age != null && age.years() >= check.years() ? age : check;
    return new Basket(currency, lines, discounts, note, agreed, coupons, buyer, known);
  }

  /** Whether the buyer was found old enough for this age, in years; for 0 nobody has to be. */
  public boolean isOldEnough(int years) {
    return years == 0 || (age != null && age.years() >= years);
  }

  /**
   * Changes how many; the containers that go with them change too. An amount for the whole line
   * changes in proportion, halves away from zero.
   *
   * @throws IllegalArgumentException if there is no such line, it is voided, a container that goes
   *     with goods, the quantity is zero, or its goods come back of a receipt, where how many was
   *     chosen there
   */
  public Basket setQuantity(int lineNo, Quantity quantity) {
    return replace(lineNo, line -> times(line, quantity));
  }

  private static BasketLine times(BasketLine line, Quantity quantity) {
    var price =
        switch (line.price()) {
          case LinePrice.Each each -> each;
          case LinePrice.Refunded refunded -> refunded;
          case LinePrice.Returned returned -> returned;
          case LinePrice.Total total ->
              new LinePrice.Total(
                  total.lineTotal().proRata(quantity, line.quantity(), RoundingMode.HALF_UP));
        };
    var weighing = line.facts().weighing();
    var facts =
        weighing == null
            ? line.facts()
            : line.facts().with(new Weighing(weighing.tareGrams(), true));
    // Another weight than the scale's is one that somebody typed.
    return line.times(quantity, price).of(facts);
  }

  /**
   * The line with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BasketLine line(int lineNo) {
    if (lineNo < 1 || lineNo > lines.size()) {
      throw new IllegalArgumentException("there is no line " + lineNo);
    }
    return lines.get(lineNo - 1);
  }

  /**
   * Changes how many were rung up: more as {@link #setQuantity}; with fewer the line is struck
   * through, and what is left of it comes as a line of its own at the end.
   *
   * @throws IllegalArgumentException as {@link #setQuantity}, or when the basket is full
   */
  public Basket recount(int lineNo, Quantity quantity) {
    var line = line(lineNo);
    var counted = setQuantity(lineNo, quantity).line(lineNo);
    boolean more =
        quantity.isNegative() == line.quantity().isNegative()
            && Math.abs(quantity.millionths()) >= Math.abs(line.quantity().millionths());
    if (more) {
      return setQuantity(lineNo, quantity);
    }
    var behind = new ArrayList<>(voidLine(lineNo).lines());
    int goods = behind.size() + 1;
    behind.add(counted.numbered(goods));
    for (var container : containersOf(lineNo)) {
      behind.add(
          new BasketLine(
                  behind.size() + 1,
                  container.item(),
                  quantity.times(container.each()),
                  new LinePrice.Each(container.unit()),
                  false)
              .of(LineFacts.deposit(goods, container.each())));
    }
    return with(behind);
  }

  /**
   * Puts another price in the place of the catalogue's, which the line goes on to name.
   *
   * @throws IllegalArgumentException if there is no such line, it is voided, or its goods come back
   *     of a receipt: what was paid is not chosen again
   */
  public Basket setPrice(int lineNo, LinePrice price) {
    return replace(
        lineNo,
        line -> {
          if (line.price() instanceof LinePrice.Refunded) {
            throw new IllegalArgumentException("line " + lineNo + " comes back of a receipt");
          }
          var listed = line.listed() == null ? line.one() : line.listed();
          boolean back =
              line.price() instanceof LinePrice.Total
                  ? price.amount(line.quantity()).equals(line.amount())
                  : price instanceof LinePrice.Each each && each.unit().equals(listed);
          return line.at(price, back ? null : listed);
        });
  }

  /**
   * Gives something off a line, on top of what was given already.
   *
   * @throws IllegalArgumentException if there is no such line, it is voided, it has as many
   *     discounts as a line can have, or its goods come back of a receipt
   */
  public Basket discount(int lineNo, Discount discount) {
    return replace(lineNo, line -> line.less(discount));
  }

  /**
   * Takes all discounts of a line away.
   *
   * @throws IllegalArgumentException if there is no such line or it is voided
   */
  public Basket withoutDiscounts(int lineNo) {
    return replace(lineNo, BasketLine::undiscounted);
  }

  /** Gives something off everything, on top of what was given already. */
  public Basket discount(Discount discount) {
    var more = new ArrayList<>(discounts);
    more.add(discount);
    return new Basket(currency, lines, more, note, agreed, coupons, buyer, age);
  }

  /** Takes all discounts on everything away; those of the lines stay. */
  public Basket withoutDiscounts() {
    return new Basket(currency, lines, List.of(), note, agreed, coupons, buyer, age);
  }

  /**
   * Writes beside a line.
   *
   * @param text one line, {@link Notes#LONGEST} at most; empty takes the note away
   */
  public Basket note(int lineNo, String text) {
    return replace(lineNo, line -> line.noted(text));
  }

  /**
   * Writes beside the whole sale.
   *
   * @param text one line, {@link Notes#LONGEST} at most; empty takes the note away
   */
  public Basket note(String text) {
    return new Basket(currency, lines, discounts, text, agreed, coupons, buyer, age);
  }

  /** Whether nothing was rung up, shown or said, and nobody is known yet. */
  public boolean isUntouched() {
    return equals(empty(currency));
  }

  /** Coupons that were shown are taken back. */
  public Basket withoutCoupons() {
    return new Basket(currency, lines, discounts, note, agreed, List.of(), buyer, age);
  }

  /** A coupon was shown. */
  public Basket coupon(String code) {
    var more = new ArrayList<>(coupons);
    more.add(code);
    return new Basket(currency, lines, discounts, note, agreed, more, buyer, age);
  }

  /**
   * Somebody buys it.
   *
   * @param somebody null for nobody who is known
   */
  public Basket boughtBy(@Nullable Buyer somebody) {
    return new Basket(currency, lines, discounts, note, agreed, coupons, somebody, age);
  }

  /** Somebody answers for an act in this basket. */
  public Basket agreed(Agreed word) {
    if (agreed.contains(word)) {
      return this;
    }
    var more = new ArrayList<>(agreed);
    more.add(word);
    return new Basket(currency, lines, discounts, note, more, coupons, buyer, age);
  }

  /** Nobody answers for this act any more. */
  public Basket withoutWords(PermissionKey act) {
    var others = agreed.stream().filter(word -> word.act() != act).toList();
    return new Basket(currency, lines, discounts, note, others, coupons, buyer, age);
  }

  /**
   * Strikes a line through, and the containers that go with it.
   *
   * @throws IllegalArgumentException if there is no such line, it is already voided, or a container
   *     that goes with goods
   */
  public Basket voidLine(int lineNo) {
    return replace(lineNo, BasketLine::struck);
  }

  /**
   * An earlier state of this basket, with what came since struck through behind it: whole lines,
   * and of lines that were counted up what was more. What was rung up stays to be seen.
   *
   * @throws IllegalArgumentException when that is more lines than a basket holds
   */
  public Basket backTo(Basket earlier) {
    var struck = new ArrayList<>(earlier.lines());
    for (var line : lines.subList(struck.size(), lines.size())) {
      struck.add(line.voided() ? line : line.struck());
    }
    for (var then : earlier.liveLines()) {
      if (then.goesWith() == 0) {
        struck.addAll(countedSince(then, struck.size()));
      }
    }
    var back = earlier.with(struck);
    // Who was looked at was looked at.
    return age == null ? back : back.checked(age);
  }

  /** What a line was counted up by since, struck through, with the containers that went with it. */
  private List<BasketLine> countedSince(BasketLine then, int behind) {
    var now = line(then.no());
    var more = now.quantity().minus(then.quantity());
    boolean up =
        !more.isZero()
            && more.isNegative() == then.quantity().isNegative()
            && more.isNegative() == now.quantity().isNegative();
    if (!up) {
      return List.of();
    }
    var counted = new ArrayList<BasketLine>();
    int goods = behind + 1;
    counted.add(times(now, more).undiscounted().noted("").numbered(goods).struck());
    for (var line : lines) {
      var with = line.facts().deposit();
      if (with != null && with.line() == now.no() && line.price() instanceof LinePrice.Each) {
        counted.add(
            times(line, more.times(with.each()))
                .of(LineFacts.deposit(goods, with.each()))
                .numbered(goods + counted.size())
                .struck());
      }
    }
    return counted;
  }

  /** The lines that are not voided. */
  public List<BasketLine> liveLines() {
    return lines.stream().filter(line -> !line.voided()).toList();
  }

  private Basket replace(int lineNo, UnaryOperator<BasketLine> change) {
    var line = line(lineNo);
    if (line.voided()) {
      throw new IllegalArgumentException("line " + lineNo + " is voided");
    }
    if (line.goesWith() != 0) {
      throw new IllegalArgumentException("line " + lineNo + " goes with its goods");
    }
    var changed = new ArrayList<>(lines);
    var now = change.apply(line);
    changed.set(lineNo - 1, now);
    for (var each : lines.subList(lineNo, lines.size())) {
      if (each.goesWith() == lineNo) {
        changed.set(each.no() - 1, following(each, now));
      }
    }
    return with(changed);
  }

  private static BasketLine following(BasketLine container, BasketLine goods) {
    var with = container.facts().deposit();
    if (goods.voided()) {
      return container.struck();
    }
    return with == null || !(container.price() instanceof LinePrice.Each)
        ? container
        : times(container, goods.quantity().times(with.each()));
  }
}
