package dev.countersign.client.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of sending what waits. */
sealed interface PushOutcome {
  /** Nothing waits any more: all of it is countersigned. */
  record AllSent() implements PushOutcome {}

  /** Not now; everything is kept and sent again later. */
  record Delayed(Obstacle obstacle, Duration retryAfter, String detail) implements PushOutcome {}

  /**
   * The countersignature is genuine, but the log it stands in contradicts what this device has
   * witnessed. It was not taken.
   */
  record Contradicted(String detail) implements PushOutcome {}

  /**
   * This device is cut off. Nothing of it is believed yet.
   *
   * @param document the server's order, as it came
   */
  record CutOff(@Nullable String document) implements PushOutcome {}

  /** Sending again cannot help. */
  record Ended(StopReason reason, String detail) implements PushOutcome {}
}
