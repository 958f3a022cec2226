package dev.countersign.server.signin;

import java.util.List;
import java.util.UUID;

/** What a request at the door came to. */
public sealed interface Outcome {
  /**
   * A session began.
   *
   * @param token to be shown with every request
   * @param factorNeeded true while the only thing to do is to set up a second factor
   */
  record SignedIn(String token, UUID person, boolean factorNeeded) implements Outcome {
    @Override
    public String toString() {
      return "SignedIn[••••, " + person + "]";
    }
  }

  /** A second factor is confirmed: a new session began, and these codes are shown this once. */
  record Confirmed(String token, List<String> recoveryCodes) implements Outcome {
    @Override
    public String toString() {
      return "Confirmed[••••]";
    }
  }

  /** A further passkey of somebody who had a second factor. */
  record PasskeyAdded(UUID id) implements Outcome {}

  /** It is done; every session of the person has ended. */
  record PasswordSet() implements Outcome {}

  /** The new password would be guessed early. */
  record Weak(String advice) implements Outcome {}

  /** Not right; nothing says what was not. */
  record Refused() implements Outcome {}

  /** Too many wrong tries. */
  record Wait(int seconds) implements Outcome {}
}
