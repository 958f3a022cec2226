package dev.countersign.common.money;

/** A text that is not an amount or a quantity in the strict decimal form. */
public final class MoneyFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public MoneyFormatException(String message) {
    super(message);
  }
}
