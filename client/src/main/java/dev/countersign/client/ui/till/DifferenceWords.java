package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;

/** What a count says: counted less expected, below 0 where cash is missing. */
final class DifferenceWords {
  private DifferenceWords() {}

  /** A whole sentence: short, over or right. */
  static String sentence(Words words, Money difference) {
    if (difference.isZero()) {
      return words.say("counted.right");
    }
    return words.say(difference.isNegative() ? "counted.short" : "counted.over");
  }

  /** With its sign, also when there is too much. */
  static String figure(Amounts amounts, Money difference) {
    return (difference.isPositive() ? "+" : "") + amounts.text(difference);
  }

  /** The style class of the figure: what is missing is no success. */
  static String tone(Money difference) {
    if (difference.isZero()) {
      return "good";
    }
    return difference.isNegative() ? "bad" : "warn";
  }
}
