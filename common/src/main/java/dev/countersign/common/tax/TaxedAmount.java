package dev.countersign.common.tax;

import dev.countersign.common.money.Money;
import java.util.List;

/**
 * An amount with its taxes, to the minor unit. Always totalIncluded = totalExcluded + all shares.
 *
 * @param totalExcluded without any tax
 * @param totalIncluded with every tax: what the customer pays
 * @param shares one per tax rule, in the order of the rules
 */
public record TaxedAmount(Money totalExcluded, Money totalIncluded, List<TaxShare> shares) {
  public TaxedAmount {
    shares = List.copyOf(shares);
    var sum = totalExcluded;
    for (var share : shares) {
      sum = sum.plus(share.amount());
    }
    if (!sum.equals(totalIncluded)) {
      throw new IllegalArgumentException(
          totalIncluded + " is not " + totalExcluded + " with its taxes, which is " + sum);
    }
  }

  /** An amount that bears no tax. */
  public static TaxedAmount untaxed(Money amount) {
    return new TaxedAmount(amount, amount, List.of());
  }

  /** All taxes together. */
  public Money tax() {
    return totalIncluded.minus(totalExcluded);
  }

  /** The same with every sign turned, as a full refund books it. */
  public TaxedAmount negate() {
    return new TaxedAmount(
        totalExcluded.negate(),
        totalIncluded.negate(),
        shares.stream().map(TaxShare::negate).toList());
  }
}
