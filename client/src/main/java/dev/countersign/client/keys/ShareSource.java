package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;
import java.time.Duration;

/** Who gives the server's share of a key to a locked device. Blocking; ends within a bound. */
@FunctionalInterface
public interface ShareSource {
  /** What came of asking. */
  sealed interface Given {
    /**
     * The share.
     *
     * @param share the receiver closes it
     * @param lease how long it may be kept
     */
    record Share(Secret share, Duration lease) implements Given {}

    /** The server answers and does not give it: this device was taken out of use, or is held. */
    record Refused() implements Given {}

    /** Nobody answered. */
    record Unreachable() implements Given {}
  }

  /**
   * Asks.
   *
   * @param asking stays the caller's to close
   * @param tries what {@link TryCount} says
   */
  Given ask(ShareKeeper.Asking asking, long tries);
}
