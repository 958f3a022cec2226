package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;

/** What the means of payment are called. */
final class TenderWords {
  private TenderWords() {}

  /** A recorded tender. */
  static String of(Words words, Paid paid) {
    return paid.means() == Means.CARD && !paid.lastFour().isEmpty()
        ? words.say("paying.card-ending", paid.lastFour())
        : name(words, paid.means());
  }

  static String name(Words words, Means means) {
    return switch (means) {
      case CASH -> words.say("paying.cash");
      case CARD -> words.say("paying.card");
      case GIFT_CARD -> words.say("paying.gift-card");
      case STORE_CREDIT -> words.say("paying.store-credit");
    };
  }
}
