package dev.countersign.common.money;

import java.util.Currency;

/** Two amounts of different currencies met in one calculation. Always a bug of the caller. */
public final class CurrencyMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public CurrencyMismatchException(Currency left, Currency right) {
    super(left.getCurrencyCode() + " and " + right.getCurrencyCode() + " do not mix");
  }
}
