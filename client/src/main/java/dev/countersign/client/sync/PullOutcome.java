package dev.countersign.client.sync;

/** What came of pulling. */
sealed interface PullOutcome {
  /** This device has everything that the server had for it. */
  record UpToDate() implements PullOutcome {}

  /** Not now; what was applied before stays applied. */
  record Delayed(Reply.NoAnswer reason) implements PullOutcome {}
}
