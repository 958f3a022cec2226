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

  /** No person types so many keys in a row as close together as {@link #FEWEST} of these. */
  private static final long SCANNERS_GAP_NANOS = 25_000_000L;

  /**
   * What began as only a scanner begins may stand still so long in the middle: the screen's thread
   * was held up, and its keys with it. Nobody presses Enter so soon after a scan.
   */
  private static final long LONGEST_STALL_NANOS = 250_000_000L;

  /** From here on what comes is the scanner's, and need not reach the focused control. */
  private static final int CERTAIN = 3;

  private final StringBuilder characters = new StringBuilder();
  private long lastNanos;
  private int close;

  /**
   * A character came.
   *
   * @return whether it begins a new run, so that the screen remembers what it looked like before
   */
  public boolean typed(String character, long nanos) {
    boolean begins = characters.isEmpty() || !goesOn(nanos);
    if (begins) {
      characters.setLength(0);
      close = 1;
    } else if (close < FEWEST) {
      close = nanos - lastNanos <= SCANNERS_GAP_NANOS ? close + 1 : 1;
    }
    characters.append(character);
    lastNanos = nanos;
    return begins;
  }

  /** Whether a key at this moment belongs to a running scan. */
  public boolean isScanning(long nanos) {
    return characters.length() >= CERTAIN && goesOn(nanos);
  }

  /** Enter came: the whole code if a scanner sent it, or empty if a person pressed the key. */
  public Optional<String> ended(long nanos) {
    boolean scanned = characters.length() >= FEWEST && goesOn(nanos);
    Optional<String> code = scanned ? Optional.of(characters.toString()) : Optional.empty();
    characters.setLength(0);
    return code;
  }

  private boolean goesOn(long nanos) {
    return nanos - lastNanos <= (close < FEWEST ? LONGEST_GAP_NANOS : LONGEST_STALL_NANOS);
  }
}
