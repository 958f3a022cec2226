package dev.countersign.client.ui.kit;

/** Says why the server did not plainly accept something. */
public final class VerdictWords {
  private VerdictWords() {}

  /** The reason in words; a code that this program does not know stands for itself. */
  public static String why(Words words, String code) {
    return switch (code) {
      case "unknown-actor" -> words.say("why.unknown-actor");
      case "not-permitted" -> words.say("why.not-permitted");
      case "wrong-register" -> words.say("why.wrong-register");
      case "sums-do-not-agree" -> words.say("why.sums-do-not-agree");
      case "duplicate" -> words.say("why.duplicate");
      case "receipt-series" -> words.say("why.receipt-series");
      case "receipt-used" -> words.say("why.receipt-used");
      case "receipt-gap" -> words.say("why.receipt-gap");
      case "no-shift" -> words.say("why.no-shift");
      case "clock-ahead" -> words.say("why.clock-ahead");
      case "old" -> words.say("why.old");
      case "unknown-product" -> words.say("why.unknown-product");
      case "device-revoked" -> words.say("why.device-revoked");
      case "device-wiped" -> words.say("why.device-wiped");
      case "malformed" -> words.say("why.malformed");
      case "card-number" -> words.say("why.card-number");
      case "government-id" -> words.say("why.government-id");
      case "amount-out-of-range" -> words.say("why.amount-out-of-range");
      case "receipt-late" -> words.say("why.receipt-late");
      case "rounding" -> words.say("why.rounding");
      case "shift-closed" -> words.say("why.shift-closed");
      case "shift-sums" -> words.say("why.shift-sums");
      case "difference-limit" -> words.say("why.difference-limit");
      case "counted-again" -> words.say("why.counted-again");
      case "log-contradicted" -> words.say("why.log-contradicted");
      case "unknown-change" -> words.say("why.unknown-change");
      case "cannot-decide" -> words.say("why.cannot-decide");
      case "decided-before" -> words.say("why.decided-before");
      case "own-change" -> words.say("why.own-change");
      case "accepted-by-person" -> words.say("why.accepted-by-person");
      case "original-unknown" -> words.say("why.original-unknown");
      case "refund-of-other-goods" -> words.say("why.refund-of-other-goods");
      case "refund-exceeds" -> words.say("why.refund-exceeds");
      case "refund-rounding" -> words.say("why.refund-rounding");
      case "refund-other-means" -> words.say("why.refund-other-means");
      case "return-price" -> words.say("why.return-price");
      case "tender-not-taken" -> words.say("why.tender-not-taken");
      case "change-not-given" -> words.say("why.change-not-given");
      case "tip-large" -> words.say("why.tip-large");
      case "payment-unconfirmed" -> words.say("why.payment-unconfirmed");
      case "refund-unconfirmed" -> words.say("why.refund-unconfirmed");
      case "credit-overspent" -> words.say("why.credit-overspent");
      case "credit-other-kind" -> words.say("why.credit-other-kind");
      case "credit-unpaid" -> words.say("why.credit-unpaid");
      case "unknown-grant" -> words.say("why.unknown-grant");
      case "lease-ended" -> words.say("why.lease-ended");
      case "rights-withdrawn" -> words.say("why.rights-withdrawn");
      case "unknown-customer" -> words.say("why.unknown-customer");
      case "customer-erased" -> words.say("why.customer-erased");
      case "customer-terms" -> words.say("why.customer-terms");
      case "account-over-limit" -> words.say("why.account-over-limit");
      case "not-exempt" -> words.say("why.not-exempt");
      case "exemption-differs" -> words.say("why.exemption-differs");
      case "promotion-unknown" -> words.say("why.promotion-unknown");
      case "promotion-not-valid" -> words.say("why.promotion-not-valid");
      case "promotion-differs" -> words.say("why.promotion-differs");
      case "deposit-differs" -> words.say("why.deposit-differs");
      case "empties-limit" -> words.say("why.empties-limit");
      case "empties-shift-limit" -> words.say("why.empties-shift-limit");
      case "wrong-store" -> words.say("why.wrong-store");
      case "counted-later" -> words.say("why.counted-later");
      case "wrong-number" -> words.say("why.wrong-number");
      case "suspicion-reported" -> words.say("why.suspicion-reported");
      default -> minded(words, code);
    };
  }

  private static String minded(Words words, String code) {
    return switch (code) {
      case "age-not-checked" -> words.say("why.age-not-checked");
      case "out-of-hours" -> words.say("why.out-of-hours");
      case "sold-past-by-other" -> words.say("why.sold-past-by-other");
      default -> parked(words, code);
    };
  }

  private static String parked(Words words, String code) {
    return switch (code) {
      case "recalled-twice" -> words.say("why.recalled-twice");
      case "unknown-basket" -> words.say("why.unknown-basket");
      default -> taxed(words, code);
    };
  }

  private static String taxed(Words words, String code) {
    return switch (code) {
      case "tax-rate" -> words.say("why.tax-rate");
      case "tax-amount" -> words.say("why.tax-amount");
      case "tax-begun" -> words.say("why.tax-begun");
      case "tax-late" -> words.say("why.tax-late");
      case "unknown-tax" -> words.say("why.unknown-tax");
      default -> superseded(words, code);
    };
  }

  private static String superseded(Words words, String code) {
    return switch (code) {
      case "superseded-name" -> words.say("why.superseded-name");
      case "superseded-category" -> words.say("why.superseded-category");
      case "superseded-size" -> words.say("why.superseded-size");
      case "superseded-price" -> words.say("why.superseded-price");
      case "superseded-version" -> words.say("why.superseded-version");
      case "superseded-least-age" -> words.say("why.superseded-least-age");
      case "superseded-restricted" -> words.say("why.superseded-restricted");
      case "superseded-weighed" -> words.say("why.superseded-weighed");
      case "superseded-container" -> words.say("why.superseded-container");
      case "superseded-taxes" -> words.say("why.superseded-taxes");
      case "superseded-open-price" -> words.say("why.superseded-open-price");
      case "superseded-deposits" -> words.say("why.superseded-deposits");
      default -> words.say("why.other", code);
    };
  }
}
