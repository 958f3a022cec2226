package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/** Goods and amounts that the tests of this package sell. */
final class Goods {
  static final Currency USD = Currency.getInstance("USD");
  static final Currency CHF = Currency.getInstance("CHF");

  private Goods() {}

  static Money usd(String amount) {
    return Money.parse(amount, USD);
  }

  static Money chf(String amount) {
    return Money.parse(amount, CHF);
  }

  static Quantity qty(String quantity) {
    return Quantity.parse(quantity);
  }

  static LinePrice.Each each(String amount) {
    return new LinePrice.Each(usd(amount));
  }

  static LinePrice.Total total(String amount) {
    return new LinePrice.Total(usd(amount));
  }

  static TaxRule tax(String percent, boolean included) {
    return new TaxRule(
        UUID.nameUUIDFromBytes((percent + included).getBytes()),
        percent + " %",
        TaxRule.Kind.PERCENT,
        new BigDecimal(percent),
        included,
        false,
        true);
  }

  static LineItem item(String name, TaxRule... taxes) {
    return new LineItem(
        UUID.nameUUIDFromBytes(name.getBytes()), name, name, "750 ml", List.of(taxes));
  }
}
