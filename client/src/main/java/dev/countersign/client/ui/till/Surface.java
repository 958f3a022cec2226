package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Sheets;
import dev.countersign.client.ui.kit.Sounds;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Trouble;
import dev.countersign.client.ui.kit.Words;

/**
 * What every screen of one window draws on and speaks through.
 *
 * @param words the till's texts
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

  /** Says what failed; what was on the screen stays. */
  void trouble(Exception failure) {
    Trouble trouble = Trouble.of(failure, kit);
    strip.say(Strip.Tone.BAD, trouble.message(), trouble.code());
    sounds.refused();
  }

  void refuse(String message) {
    strip.say(Strip.Tone.BAD, message, "");
    sounds.refused();
  }
}
