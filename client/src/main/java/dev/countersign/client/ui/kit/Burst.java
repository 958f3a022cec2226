package dev.countersign.client.ui.kit;

import java.util.Optional;

/**
 * Tells a scanner from a person by speed: a keyboard-wedge scanner sends its characters within
 * milliseconds of each other and ends with Enter. No focus, prefix or setting is needed.
 */
public final class Burst {
  /** No person types two keys closer together for long; the slowest scanners are faster. */
  static final long LONGEST_GAP_NANOS = 50_000_000L;

  /** Fewer fast characters may be two fingers falling on the keys at once. */
  static final int FEWEST = 4;

  /** From here on what comes is the scanner's, and need not reach the focused control. */
  private static final int CERTAIN = 3;

  private final StringBuilder characters = new StringBuilder();
  private long lastNanos;

  /**
   * A character came.
   *
   * @return whether it begins a new run, so that the screen remembers what it looked like before
   */
  public boolean typed(String character, long nanos) {
    boolean begins = characters.isEmpty() || nanos - lastNanos > LONGEST_GAP_NANOS;
    if (begins) {
      characters.setLength(0);
    }
    characters.append(character);
    lastNanos = nanos;
    return begins;
  }

  /** Whether a key at this moment belongs to a running scan. */
  public boolean isScanning(long nanos) {
    return characters.length() >= CERTAIN && nanos - lastNanos <= LONGEST_GAP_NANOS;
  }

  /** Enter came: the whole code if a scanner sent it, or empty if a person pressed the key. */
  public Optional<String> ended(long nanos) {
    boolean scanned = characters.length() >= FEWEST && nanos - lastNanos <= LONGEST_GAP_NANOS;
    Optional<String> code = scanned ? Optional.of(characters.toString()) : Optional.empty();
    characters.setLength(0);
    return code;
  }
}
