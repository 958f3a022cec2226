package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRule.Kind;
import java.math.BigDecimal;

/** Taxes in a person's words. */
record TaxWords(Words words, Amounts amounts) {
  /** A rate of a tax, such as 19 %. */
  String rate(Tax tax, BigDecimal rate) {
    return rate(tax.kind(), rate);
  }

  String rate(Kind kind, BigDecimal rate) {
    return switch (kind) {
      case PERCENT -> words.say("taxes.percent", amounts.percent(rate));
      case PER_UNIT -> words.say("taxes.each", amounts.price(rate));
    };
  }

  /** Where it stands: in the price of the shelf, or beside it. */
  String place(Tax tax) {
    return words.say(tax.included() ? "taxes.included" : "taxes.on-top");
  }

  String kind(Kind kind) {
    return switch (kind) {
      case PERCENT -> words.say("taxes.kind.percent");
      case PER_UNIT -> words.say("taxes.kind.each");
    };
  }
}
