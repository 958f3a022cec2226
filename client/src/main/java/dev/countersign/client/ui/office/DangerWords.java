package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.Danger;

/** What one person could do alone, in a person's words. */
final class DangerWords {
  private DangerWords() {}

  static String of(Words words, Danger danger) {
    return switch (danger) {
      case VOID_AND_KEEP -> words.say("danger.void-and-keep");
      case RETURN_AND_KEEP -> words.say("danger.return-and-keep");
      case REFUND_AND_KEEP -> words.say("danger.refund-and-keep");
      case CARD_TO_CASH -> words.say("danger.card-to-cash");
      case TAKE_AND_COUNT -> words.say("danger.take-and-count");
      case CREDIT_FOR_NOTHING -> words.say("danger.credit-for-nothing");
      case SELL_AND_WRITE_OFF -> words.say("danger.sell-and-write-off");
      case ACCEPT_OWN_FAULT -> words.say("danger.accept-own-fault");
      case ANY_DISCOUNT -> words.say("danger.any-discount");
      case ANY_PRICE -> words.say("danger.any-price");
      case ANY_ITEM -> words.say("danger.any-item");
      case PROMOTION_FOR_A_MINUTE -> words.say("danger.promotion-for-a-minute");
      case TAX_FOR_A_DAY -> words.say("danger.tax-for-a-day");
      case TERMS_FOR_A_FRIEND -> words.say("danger.terms-for-a-friend");
      case PRICE_FOR_A_MINUTE -> words.say("danger.price-for-a-minute");
      case SELL_AS_SOMEBODY -> words.say("danger.sell-as-somebody");
      case STOP_A_TILL -> words.say("danger.stop-a-till");
      case CHANGE_THE_PAPER -> words.say("danger.change-the-paper");
      case MAKE_AN_ACCOMPLICE -> words.say("danger.make-an-accomplice");
      case REVIEW_THEMSELVES -> words.say("danger.review-themselves");
      case EXPORT_UNDER_ANOTHER_NAME -> words.say("danger.export-under-another-name");
      case KEY_THAT_STAYS -> words.say("danger.key-that-stays");
      case TAKE_ALL_AWAY -> words.say("danger.take-all-away");
      case LET_THE_OPERATOR_IN -> words.say("danger.let-the-operator-in");
    };
  }
}
