package dev.countersign.client.flow;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Users;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.tax.TaxRule;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes what was rung up: quantities, prices, discounts, notes, and things that no catalogue
 * knows. What not everybody may do is asked for when it is done, and the basket keeps who answered
 * for it. Every act can be taken back. One thread at a time; blocking.
 *
 * <p>Acts throw {@code NotPermittedException} when a second person is needed or the role denies
 * them, and {@code ActRefusedException} on a card number in a text; the basket is as before then. A
 * line that is not there, voided, a container or one of goods that come back keeps what it costs,
 * and a container that goes with goods as many as it is.
 */
public final class Amending {
  private final Selling selling;
  private final Users users;
  private final InstantSource clock;

  public Amending(Selling selling, Users users, InstantSource clock) {
    this.selling = selling;
    this.users = users;
    this.clock = clock;
  }

  /**
   * Sells so many of a line instead. Fewer leaves the line struck through, so that what was shown
   * to the customer stays to be seen. A part of something that was counted in whole pieces is a
   * price of one's own, and asks for that. More at another price, or with something off, asks once
   * more for what was allowed of fewer.
   *
   * @param quantity above 0
   * @param approver the second person, or null when nobody was asked
   */
  public Running count(UUID cashier, @Nullable UUID approver, int line, Quantity quantity) {
    return onLine(
        line,
        basket -> {
          if (comesBack(basket.line(line))) {
            return basket;
          }
          BasketLine counted = basket.line(line);
          boolean part = !quantity.isWhole() && counted.quantity().isWhole();
          boolean more = quantity.compareTo(counted.quantity()) > 0;
          Basket allowed = basket;
          if (part || (more && counted.listed() != null)) {
            allowed = agreed(allowed, PermissionKey.SALE_PRICE, cashier, approver);
          }
          if (more && !counted.discounts().isEmpty()) {
            allowed = ofItsOwn(allowed, cashier, approver);
          }
          return allowed.recount(line, quantity);
        });
  }

  /**
   * Gives something off a line. Promotions may spare goods that are reduced already: what would
   * make the sale dearer is refused.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Running discount(UUID cashier, @Nullable UUID approver, int line, Discount discount) {
    return onLine(
        line,
        basket -> {
          if (comesBack(basket.line(line)) || basket.line(line).isContainer()) {
            return basket;
          }
          Basket less = ofItsOwn(basket, cashier, approver).discount(line, discount);
          if (selling.total(less).compareTo(selling.total(basket)) > 0) {
            throw new ActRefusedException(Reason.DEARER);
          }
          return less;
        });
  }

  /**
   * Gives something off everything.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Running discountAll(UUID cashier, @Nullable UUID approver, Discount discount) {
    return selling.change(ofItsOwn(selling.basket(), cashier, approver).discount(discount), 0);
  }

  /** Whether a percentage off everything was allowed of less than is in this sale by now. */
  public static boolean isOpen(Running running) {
    return OffAll.isOpen(running.basket());
  }

  /**
   * Somebody answers for a percentage off everything as it stands with all goods; nothing is asked
   * where nothing {@linkplain #isOpen is open}.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Running answerForAll(UUID cashier, @Nullable UUID approver) {
    return selling.answered(OffAll.answered(selling, users, selling.basket(), cashier, approver));
  }

  /** Takes a line's discounts away. */
  public Running withoutDiscounts(int line) {
    return onLine(line, basket -> basket.withoutDiscounts(line));
  }

  /** Takes back every coupon that was shown. */
  public Running withoutCoupons() {
    return selling.change(selling.basket().withoutCoupons(), 0);
  }

  /** Takes the discounts on everything away. */
  public Running withoutDiscountsOnAll() {
    return selling.change(selling.basket().withoutDiscounts(), 0);
  }

  /**
   * Sells a line at another price; the catalogue's goes on to be named.
   *
   * @param unit of one, zero or more
   * @param approver the second person, or null when nobody was asked
   */
  public Running price(UUID cashier, @Nullable UUID approver, int line, Money unit) {
    return onLine(
        line,
        basket -> {
          if (comesBack(basket.line(line)) || basket.line(line).isContainer()) {
            return basket;
          }
          boolean back = unit.equals(basket.line(line).listed());
          Basket allowed =
              back ? basket : agreed(basket, PermissionKey.SALE_PRICE, cashier, approver);
          return allowed.setPrice(line, new LinePrice.Each(unit));
        });
  }

  /**
   * Sells something that no catalogue knows.
   *
   * @param name not blank
   * @param unit what one costs, zero or more
   * @param taxes in the order they apply
   * @param approver the second person, or null when nobody was asked
   */
  public Running openItem(
      UUID cashier, @Nullable UUID approver, String name, Money unit, List<TaxRule> taxes) {
    Basket allowed = agreed(selling.basket(), PermissionKey.SALE_OPEN_ITEM, cashier, approver);
    LineItem item = new LineItem(null, "", name.strip(), "", taxes);
    return selling.change(
        allowed.add(item, selling.takeNext(), new LinePrice.Each(unit)),
        allowed.lines().size() + 1);
  }

  /**
   * The cashier says that the buyer is old enough; it stands for the whole sale. Whose role wants
   * another person's word for it gets that once.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public ScanOutcome sellTo(
      UUID cashier, @Nullable UUID approver, ScanOutcome.AskAge asked, AgeCheck.How how) {
    Basket basket = selling.basket();
    boolean answered =
        basket.agreed().stream().anyMatch(word -> word.act() == PermissionKey.SALE_AGE);
    if (!answered) {
      Actor here = new Actor(cashier, approver, clock.instant());
      users.require(here, List.of(PermissionKey.SALE_AGE));
    }
    return approver == null
        ? selling.sellTo(asked, how)
        : selling.sellTo(asked, how, basket.agreed(new Agreed(PermissionKey.SALE_AGE, approver)));
  }

  /**
   * Sells restricted goods outside their hours; whoever answers for it does so for all such goods
   * of this sale.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public ScanOutcome sellOutOfHours(
      UUID cashier, @Nullable UUID approver, ScanOutcome.OutOfHours outside) {
    return selling.sellOutOfHours(
        outside, agreed(selling.basket(), PermissionKey.SALE_HOURS, cashier, approver));
  }

  /**
   * Takes more empties back than the store does without approval; whoever answers for it does so
   * for all empties of this sale.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public ScanOutcome takeBack(
      UUID cashier, @Nullable UUID approver, ScanOutcome.TooManyEmpties many) {
    return selling.takeBack(
        many, agreed(selling.basket(), PermissionKey.SALE_RETURN, cashier, approver));
  }

  /** Writes beside a line; nothing takes the note away. */
  public Running note(int line, String text) {
    return onLine(line, basket -> basket.note(line, text.strip()));
  }

  /** Writes beside the sale; nothing takes the note away. */
  public Running note(String text) {
    return selling.change(selling.basket().note(text.strip()), 0);
  }

  /** What was paid for it, or is given for it, was settled when it came back. */
  private static boolean comesBack(BasketLine line) {
    return switch (line.price()) {
      case LinePrice.Each _, LinePrice.Total _ -> false;
      case LinePrice.Refunded _, LinePrice.Returned _ -> true;
    };
  }

  /** A step of a basket to the next. */
  private interface Step {
    Basket from(Basket basket);
  }

  private Running onLine(int line, Step step) {
    Basket basket = selling.basket();
    boolean live =
        line >= 1
            && line <= basket.lines().size()
            && !basket.line(line).voided()
            && basket.line(line).goesWith() == 0;
    if (!live) {
      return selling.running();
    }
    Basket after = step.from(basket);
    boolean behind = after.lines().size() > basket.lines().size();
    return selling.change(after, behind ? after.goodsOf(after.lines().size()) : line);
  }

  /** A word for one discount answers for no percentage that is open: that is asked for. */
  private Basket ofItsOwn(Basket basket, UUID cashier, @Nullable UUID approver) {
    Basket allowed = agreed(basket, PermissionKey.SALE_DISCOUNT, cashier, approver);
    return OffAll.isOpen(basket) ? basket : allowed;
  }

  /** The basket with somebody who answers for this act. */
  private Basket agreed(Basket basket, PermissionKey act, UUID cashier, @Nullable UUID approver) {
    users.require(new Actor(cashier, approver, clock.instant()), List.of(act));
    return basket.agreed(new Agreed(act, approver == null ? cashier : approver));
  }
}
