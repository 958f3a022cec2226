package dev.countersign.common.protocol;

/** What the server decided about one change. */
public enum Verdict {
  /** Recorded and effective. */
  ACCEPTED,
  /** Recorded and effective; a person should look. */
  FLAGGED,
  /** Recorded; someone newer won. Both are kept. */
  SUPERSEDED,
  /** Recorded and not effective until a manager resolves it. */
  QUARANTINED
}
