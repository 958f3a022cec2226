package dev.countersign.server.signin;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells a password that would be guessed early: too short, too common, or made of known parts. */
final class Strength {
  /** Counts up when the rules become stricter; a password is kept with the count of its day. */
  static final int POLICY = 1;

  /** Fewest characters. */
  static final int SHORTEST = 12;

  /** Most characters; longer ones only cost time. */
  static final int LONGEST = 128;

  /** Of 0 to 4: "safely unguessable" as zxcvbn has it, over 10^8 guesses. */
  private static final int ENOUGH = 3;

  private final Zxcvbn zxcvbn = new Zxcvbn();

  /** Why a password is not taken, and what would help. */
  record Weakness(String reason, List<String> suggestions) {
    String text() {
      return suggestions.isEmpty() ? reason : reason + " " + String.join(" ", suggestions);
    }
  }

  /**
   * What is wrong with a password; empty when it is good.
   *
   * @param known what anyone would try first for this person: names of person and business
   */
  Optional<Weakness> weakness(String password, List<String> known) {
    int characters = password.codePointCount(0, password.length());
    if (characters < SHORTEST) {
      return Optional.of(
          new Weakness(
              "A password has at least " + SHORTEST + " characters.",
              List.of("Several uncommon words are easy to remember.")));
    }
    if (characters > LONGEST) {
      return Optional.of(
          new Weakness("A password has at most " + LONGEST + " characters.", List.of()));
    }
    var strength = zxcvbn.measure(password, known);
    if (strength.getScore() >= ENOUGH) {
      return Optional.empty();
    }
    Feedback feedback = strength.getFeedback();
    String warning = feedback.getWarning(Locale.ENGLISH);
    return Optional.of(
        new Weakness(
            warning.isBlank() ? "This password would be guessed early." : ended(warning),
            feedback.getSuggestions(Locale.ENGLISH).stream().map(Strength::ended).toList()));
  }

  private static String ended(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
