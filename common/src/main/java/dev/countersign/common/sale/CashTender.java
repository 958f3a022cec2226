package dev.countersign.common.sale;

import dev.countersign.common.money.Money;

/**
 * Notes and coins.
 *
 * @param tendered what was handed over; change is given from it
 */
public record CashTender(Money tendered) implements Tender {
  @Override
  public Money amount() {
    return tendered;
  }

  @Override
  public TenderKind kind() {
    return TenderKind.CASH;
  }
}
