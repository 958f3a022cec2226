package dev.countersign.client.ui.office;

import dev.countersign.common.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;
import javafx.scene.control.TextField;

/** Reads and writes the figures of a sheet's fields: with a point or a comma. */
final class FigureFields {
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,2})?");

  private FigureFields() {}

  static TextField field(String id) {
    TextField field = new TextField();
    field.setId(id);
    return field;
  }

  /**
   * A whole number.
   *
   * @throws NumberFormatException for what is none
   */
  static int whole(TextField field) {
    return Integer.parseInt(field.getText().strip());
  }

  /** As {@link #whole(TextField)}; {@code none} for an empty field. */
  static int whole(TextField field, int none) {
    return field.getText().isBlank() ? none : whole(field);
  }

  /**
   * A percentage in hundredths of a percent.
   *
   * @throws IllegalArgumentException for what is none
   */
  static int hundredths(TextField field) {
    String typed = plain(field);
    if (!PERCENT.matcher(typed).matches()) {
      throw new IllegalArgumentException("not a percentage");
    }
    return new BigDecimal(typed).movePointRight(2).intValueExact();
  }

  /**
   * An amount in minor units.
   *
   * @throws IllegalArgumentException or ArithmeticException for what is none
   */
  static long minor(TextField field, Currency currency) {
    return Money.parse(plain(field), currency).minor();
  }

  static String percent(int hundredths) {
    return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
  }

  static String money(long minor, Currency currency) {
    return Money.of(minor, currency).toDecimalString();
  }

  private static String plain(TextField field) {
    return field.getText().strip().replace(',', '.');
  }
}
