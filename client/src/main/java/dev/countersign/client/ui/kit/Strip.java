package dev.countersign.client.ui.kit;

import java.util.function.BooleanSupplier;

/**
 * The line that says what happened and what to do. It takes no focus and stops nothing: the next
 * scan works while it stands there.
 */
public interface Strip {
  /** How serious it is. */
  enum Tone {
    GOOD,
    WARN,
    BAD
  }

  /**
   * Says it in the place of what was said before.
   *
   * @param shortCode for the telephone, or empty
   */
  void say(Tone tone, String message, String shortCode);

  /**
   * Warns of what came after something was done, which goes on standing in front of it: whoever saw
   * only the warning would do it once more.
   *
   * @param shortCode for the telephone, or empty
   */
  void warnBehind(String message, String shortCode);

  void clear();

  /** What it says; empty when it is not shown. */
  String message();

  /**
   * The strip of somebody's screens. Once that person has left, it says no more what went well, in
   * which there are names, addresses and amounts; what did not, whoever comes next must know.
   *
   * @param attended whether the person is still there
   */
  default Strip attended(BooleanSupplier attended) {
    return new AttendedStrip(this, attended);
  }
}
