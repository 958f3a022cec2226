package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a PIN. */
public sealed interface UnlockOutcome {

  /**
   * The right PIN.
   *
   * @param inner opens the database key, see {@link StoreKeys#open}; the receiver closes it
   */
  record Unlocked(UUID user, Secret inner) implements UnlockOutcome {}

  /**
   * The wrong PIN; the try is counted.
   *
   * @param triesLeft until the wrap is destroyed, at least one
   * @param waitUntil when the next try is heard, or null when at once
   */
  record WrongPin(int triesLeft, @Nullable Instant waitUntil) implements UnlockOutcome {}

  /** Too early after too many wrong ones; the PIN was not looked at and the try not counted. */
  record Waiting(Instant until) implements UnlockOutcome {}

  /** Ten wrong ones: this person's PIN opens nothing any more; someone else must re-issue it. */
  record Destroyed() implements UnlockOutcome {}

  /** This person has no PIN on this device. */
  record NoPin() implements UnlockOutcome {}

  /** The chest that keeps the device's secret is gone, locked or another one. */
  record ChestMissing(String reason) implements UnlockOutcome {}

  /** The chest did not answer in time. */
  record ChestHanging(String reason) implements UnlockOutcome {}

  /** The folder's list of wraps cannot be read or was changed. */
  record FolderDamaged(String reason) implements UnlockOutcome {}
}
