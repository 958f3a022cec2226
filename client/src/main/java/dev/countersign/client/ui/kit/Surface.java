package dev.countersign.client.ui.kit;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.common.protocol.Environment;
import java.util.function.BooleanSupplier;

/**
 * What every screen of one window draws on and speaks through.
 *
 * @param words the slice's texts
 * @param kit the texts of the controls
 * @param desk where acts run, one after the other
 */
public record Surface(
    Words words,
    Words kit,
    Amounts amounts,
    Background desk,
    Strip strip,
    Sheets sheets,
    Sounds sounds) {

  /** The same window with the texts that stand beside this class. */
  public Surface speaking(Class<?> slice) {
    return new Surface(
        Words.beside(slice, words.speech()), kit, amounts, desk, strip, sheets, sounds);
  }

  /** The same window for the screens of somebody: of what comes late, nothing is for the lock. */
  public Surface attended(BooleanSupplier attended) {
    return new Surface(
        words, kit, amounts, desk, strip.attended(attended), sheets.attended(attended), sounds);
  }

  /** The same window with the texts and figures of another language, for paper. */
  public Surface in(Language language) {
    Speech speech = new Speech(language);
    return new Surface(
        words.in(speech), kit.in(speech), amounts.in(speech), desk, strip, sheets, sounds);
  }

  /** An environment in words. */
  public String environment(Environment environment) {
    return kit.say(
        switch (environment) {
          case PRODUCTION -> "environment.production";
          case STAGING -> "environment.staging";
          case PRACTICE -> "environment.practice";
          case DEMO -> "environment.demo";
        });
  }

  /** The words for what a device was enrolled in; empty for real business, which needs none. */
  public String environmentUnlessReal(String word) {
    if (word.equals(Enrolled.TRAINING)) {
      return kit.say("environment.training");
    }
    return Environment.named(word)
        .filter(each -> each != Environment.PRODUCTION)
        .map(this::environment)
        .orElse("");
  }

  /** Says what failed; what was on the screen stays. */
  public void trouble(Exception failure) {
    Trouble trouble = Trouble.of(failure, kit);
    refuse(trouble.message(), trouble.code());
  }

  /** Says that something was not done, and why. */
  public void refuse(String message) {
    refuse(message, "");
  }

  /**
   * A scan came over a sheet that goods wait for.
   *
   * @return whether there is such a sheet; the scan is refused then, aloud
   */
  public boolean refusesScan() {
    if (sheets.unanswered().isEmpty()) {
      return false;
    }
    refuse(sheets.unanswered(), "SCAN-FIRST");
    return true;
  }

  /**
   * Says that something was not done, and why.
   *
   * @param code short, to read out on the telephone, or empty where nobody needs to be called
   */
  public void refuse(String message, String code) {
    strip.say(Strip.Tone.BAD, message, code);
    sheets.refused(message);
    sounds.refused();
  }
}
