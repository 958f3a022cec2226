package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;

/** What the means of payment are called. */
final class TenderWords {
  private TenderWords() {}

  /** A recorded tender. */
  static String of(Words words, Paid paid) {
    return of(words, paid.means(), paid.reference(), paid.lastFour());
  }

  /** One that was taken for the running sale. */
  static String of(Words words, Tender tender) {
    return switch (tender) {
      case CardTender card -> of(words, Means.CARD, "", card.lastFour());
      case MobileTender mobile -> of(words, Means.MOBILE_MONEY, mobile.reference(), "");
      case VoucherTender voucher -> of(words, Means.VOUCHER, voucher.reference(), "");
      default -> name(words, Means.of(tender.kind()));
    };
  }

  private static String of(Words words, Means means, String reference, String lastFour) {
    return switch (means) {
      case CARD ->
          lastFour.isEmpty() ? name(words, means) : words.say("paying.card-ending", lastFour);
      case MOBILE_MONEY -> words.say("paying.mobile-by", reference);
      case VOUCHER -> words.say("paying.voucher-by", reference);
      default -> name(words, means);
    };
  }

  static String name(Words words, Means means) {
    return switch (means) {
      case CASH -> words.say("paying.cash");
      case CARD -> words.say("paying.card");
      case MOBILE_MONEY -> words.say("paying.mobile");
      case VOUCHER -> words.say("paying.voucher");
      case GIFT_CARD -> words.say("paying.gift-card");
      case STORE_CREDIT -> words.say("paying.store-credit");
      case ON_ACCOUNT -> words.say("paying.on-account");
    };
  }
}
