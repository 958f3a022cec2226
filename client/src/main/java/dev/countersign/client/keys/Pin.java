package dev.countersign.client.keys;

import java.util.Arrays;
import java.util.Optional;

/**
 * A PIN as typed, wiped when closed, never printed.
 *
 * <p>A PIN is 4 to 8 digits. One that is <em>chosen</em> must also not be one digit repeated (1111)
 * nor a run (1234, 4321); one that is only tried need not.
 */
public final class Pin implements AutoCloseable {
  public static final int SHORTEST = 4;
  public static final int LONGEST = 8;

  /** What is wrong with a PIN somebody wants to choose. */
  public enum Fault {
    NOT_FOUR_TO_EIGHT_DIGITS,
    ONE_DIGIT_REPEATED,
    A_RUN
  }

  private final char[] digits;

  private Pin(char[] digits) {
    this.digits = digits;
  }

  /**
   * A PIN to try. Takes a copy; the array stays the caller's to wipe.
   *
   * @throws IllegalArgumentException if it is not 4 to 8 digits
   */
  public static Pin typed(char[] digits) {
    if (!wellFormed(digits)) {
      throw new IllegalArgumentException("a PIN is 4 to 8 digits");
    }
    return new Pin(digits.clone());
  }

  /** The first reason why these digits may not be chosen, or empty when they may. */
  public static Optional<Fault> faultOf(char[] digits) {
    if (!wellFormed(digits)) {
      return Optional.of(Fault.NOT_FOUR_TO_EIGHT_DIGITS);
    }
    if (stepsBy(digits, 0)) {
      return Optional.of(Fault.ONE_DIGIT_REPEATED);
    }
    return stepsBy(digits, 1) || stepsBy(digits, -1) ? Optional.of(Fault.A_RUN) : Optional.empty();
  }

  /** The first reason why this PIN may not be chosen, or empty when it may. */
  public Optional<Fault> fault() {
    return faultOf(digits);
  }

  /** Lends the live array. */
  char[] digits() {
    return digits;
  }

  @Override
  public void close() {
    Arrays.fill(digits, '\0');
  }

  @Override
  public String toString() {
    return "••••";
  }

  private static boolean wellFormed(char[] digits) {
    if (digits.length < SHORTEST || digits.length > LONGEST) {
      return false;
    }
    for (char digit : digits) {
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean stepsBy(char[] digits, int step) {
    for (int i = 1; i < digits.length; i++) {
      if (digits[i] - digits[i - 1] != step) {
        return false;
      }
    }
    return true;
  }
}
