package dev.countersign.client.ui.kit;

import dev.countersign.common.money.Money;
import java.util.Currency;

/**
 * An amount as it is typed at a till: digits move in from the right, so that no decimal point is
 * needed ({@code 1 2 0 0 0} is 120.00). Immutable.
 *
 * @param digits typed so far, without leading zeros, at most nine
 */
public record AmountEntry(Currency currency, String digits) {
  private static final int MOST_DIGITS = 9;

  public static AmountEntry empty(Currency currency) {
    return new AmountEntry(currency, "");
  }

  /** The entry that shows this amount, which must not be negative. */
  public static AmountEntry of(Money amount) {
    return amount.isZero()
        ? empty(amount.currency())
        : new AmountEntry(amount.currency(), Long.toString(amount.minor()));
  }

  /** One or two digits more; too many leave it as it is, a leading zero as well. */
  public AmountEntry typed(String more) {
    String all = (digits + more).replaceFirst("^0+", "");
    return all.length() > MOST_DIGITS ? this : new AmountEntry(currency, all);
  }

  /** Takes the last digit away. */
  public AmountEntry back() {
    return digits.isEmpty()
        ? this
        : new AmountEntry(currency, digits.substring(0, digits.length() - 1));
  }

  public boolean isEmpty() {
    return digits.isEmpty();
  }

  public Money amount() {
    return Money.of(digits.isEmpty() ? 0 : Long.parseLong(digits), currency);
  }
}
