package dev.countersign.common.log;

/** What came of reading a checkpoint. Only {@link Verified} may be believed. */
public sealed interface CheckpointReading {
  /** Well-formed, of the expected log, and signed by its key. */
  record Verified(SignedCheckpoint checkpoint) implements CheckpointReading {}

  /** Well-formed, but of a log with another origin. */
  record OtherLog(String origin) implements CheckpointReading {}

  /** Well-formed, but without a signature of the expected key. */
  record NotSigned() implements CheckpointReading {}

  /** Carries a signature that claims to be the expected key's and is not: evidence to keep. */
  record Forged() implements CheckpointReading {}

  /** Not a checkpoint; the reason is for a developer. */
  record Malformed(String reason) implements CheckpointReading {}
}
