package dev.countersign.client.flow;

import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.UnlockOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person changes their own PIN on this device, with the old one; also while the store is closed.
 * Nobody changes another's: a manager can only take it away. Takes two PINs' time and blocks.
 */
public final class ChangingPin {
  private final PinVault vault;

  public ChangingPin(PinVault vault) {
    this.vault = vault;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The new PIN stands and the old one opens nothing any more. */
    record Changed() implements Outcome {}

    /**
     * The old PIN is another one; that was a try.
     *
     * @param waitUntil when the next try is heard, or null when at once
     */
    record WrongPin(int triesLeft, @Nullable Instant waitUntil) implements Outcome {}

    /** Too early after wrong tries; the PIN was not looked at. */
    record Waiting(Instant until) implements Outcome {}

    /** The old PIN opens nothing any more. */
    record Gone() implements Outcome {}

    /** A PIN that may not be chosen; choose another. */
    record Weak(Pin.Fault fault) implements Outcome {}

    /** The new PIN is the old one. */
    record Same() implements Outcome {}

    /** The two new PINs differ. */
    record Differs() implements Outcome {}

    /** The folder or the key chest does not answer or took nothing. */
    record NotWritten(String reason) implements Outcome {}
  }

  /** Changes it; all three are wiped. */
  public Outcome change(UUID user, char[] old, char[] first, char[] again) {
    try {
      Optional<Pin.Fault> fault = Pin.faultOf(first);
      if (fault.isPresent()) {
        return new Outcome.Weak(fault.get());
      }
      if (!Arrays.equals(first, again)) {
        return new Outcome.Differs();
      }
      if (Arrays.equals(first, old)) {
        return new Outcome.Same();
      }
      if (old.length < Pin.SHORTEST || old.length > Pin.LONGEST) {
        return new Outcome.Weak(Pin.Fault.NOT_FOUR_TO_EIGHT_DIGITS);
      }
      try (Pin known = Pin.typed(old);
          Pin chosen = Pin.typed(first)) {
        return vault
            .change(user, known, chosen)
            .map(ChangingPin::said)
            .orElse(new Outcome.Changed());
      }
    } catch (IOException | KeyChestException | IllegalArgumentException e) {
      return new Outcome.NotWritten(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(old, '\0');
      Arrays.fill(first, '\0');
      Arrays.fill(again, '\0');
    }
  }

  private static Outcome said(UnlockOutcome outcome) {
    return switch (outcome) {
      case UnlockOutcome.Unlocked _ -> new Outcome.Changed();
      case UnlockOutcome.WrongPin(int left, Instant until) -> new Outcome.WrongPin(left, until);
      case UnlockOutcome.Waiting(Instant until) -> new Outcome.Waiting(until);
      case UnlockOutcome.Destroyed _, UnlockOutcome.NoPin _ -> new Outcome.Gone();
      case UnlockOutcome.ChestMissing(String reason) -> new Outcome.NotWritten(reason);
      case UnlockOutcome.ChestHanging(String reason) -> new Outcome.NotWritten(reason);
      case UnlockOutcome.FolderDamaged(String reason) -> new Outcome.NotWritten(reason);
    };
  }
}
