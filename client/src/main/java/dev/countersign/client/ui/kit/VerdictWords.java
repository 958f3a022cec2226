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
      default -> words.say("why.other", code);
    };
  }
}
