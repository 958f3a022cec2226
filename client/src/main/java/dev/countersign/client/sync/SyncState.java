package dev.countersign.client.sync;

import java.time.Instant;

/** How sending stands. "Sent" is never said of something that the server did not countersign. */
public sealed interface SyncState {
  /** Everything recorded here has been countersigned, and nothing needs a person. */
  record AllAccepted() implements SyncState {}

  /**
   * Facts are recorded here and not countersigned yet.
   *
   * @param count how many changes
   * @param since when the oldest of them was recorded, by this device's clock
   */
  record Waiting(long count, Instant since, Obstacle reason) implements SyncState {}

  /**
   * Everything was countersigned, but a manager should look at some of it.
   *
   * @param count changes that were flagged or quarantined
   */
  record NeedsManager(long count) implements SyncState {}

  /**
   * Sending has ended and will not go on by itself; selling goes on and everything is kept.
   *
   * @param count changes that wait
   */
  record Stopped(StopReason reason, long count) implements SyncState {}
}
