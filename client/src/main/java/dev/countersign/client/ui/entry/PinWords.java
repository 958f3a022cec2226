package dev.countersign.client.ui.entry;

import dev.countersign.client.keys.Pin;
import dev.countersign.client.ui.kit.Words;

/** Says why a PIN may not be chosen. */
final class PinWords {
  private PinWords() {}

  static String why(Words words, Pin.Fault fault) {
    return switch (fault) {
      case NOT_FOUR_TO_EIGHT_DIGITS -> words.say("enrol.pin.short");
      case ONE_DIGIT_REPEATED -> words.say("enrol.pin.repeated");
      case A_RUN -> words.say("enrol.pin.run");
    };
  }
}
