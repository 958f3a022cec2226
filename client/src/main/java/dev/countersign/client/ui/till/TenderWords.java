package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Paid;

/** A recorded tender in words. */
final class TenderWords {
  private TenderWords() {}

  static String of(Words words, Paid paid) {
    return switch (paid.means()) {
      case CASH -> words.say("paying.cash");
      case CARD ->
          paid.lastFour().isEmpty()
              ? words.say("paying.card")
              : words.say("paying.card-ending", paid.lastFour());
      case GIFT_CARD -> words.say("paying.gift-card");
      case STORE_CREDIT -> words.say("paying.store-credit");
    };
  }
}
