package dev.countersign.common.tax;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody who is exempt pays for a line, and the taxes that are left out for them.
 *
 * @param due the net amount behind the price; never of the other sign than the line, so that nobody
 *     is paid for taking goods whose price was taken off them
 * @param left one per rule, in the order of the rules; those in the price and {@code due} are the
 *     price together
 */
public record Exemption(Money due, List<TaxShare> left) {
  public Exemption {
    left = List.copyOf(left);
  }

  /**
   * Leaves the taxes of a line out.
   *
   * @param price after discounts, with the taxes that it includes
   * @param taxed the line with its taxes
   */
  public static Exemption of(
      List<TaxRule> rules, Money price, Quantity quantity, TaxedAmount taxed) {
    boolean back = quantity.isNegative();
    if (!isWrong(taxed.totalExcluded(), back)) {
      return new Exemption(taxed.totalExcluded(), taxed.shares());
    }
    // A levy for each piece is more than what is left of the price: they share what there is.
    var rest = price;
    var shares = new ArrayList<TaxShare>();
    for (int i = 0; i < rules.size(); i++) {
      var share = taxed.shares().get(i);
      var amount = isWrong(share.amount(), back) ? Money.zero(price.currency()) : share.amount();
      if (rules.get(i).included()) {
        amount = isWrong(rest.minus(amount), back) ? rest : amount;
        rest = rest.minus(amount);
      }
      shares.add(share.with(share.base(), amount));
    }
    return new Exemption(Money.zero(price.currency()), shares);
  }

  private static boolean isWrong(Money amount, boolean back) {
    return back ? amount.isPositive() : amount.isNegative();
  }
}
