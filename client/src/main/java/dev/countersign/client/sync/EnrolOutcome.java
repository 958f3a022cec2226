package dev.countersign.client.sync;

import dev.countersign.common.protocol.Environment;

/** What came of trying a code. Nothing on this device has changed unless it is {@link Enrolled}. */
public sealed interface EnrolOutcome {
  /** The server made this device. Both screens show the fingerprint before a PIN is chosen. */
  record Enrolled(EnrolmentResult result) implements EnrolOutcome {}

  /** The code is of an environment that this device is not for. Nobody was asked. */
  record OtherEnvironment(Environment found) implements EnrolOutcome {}

  /** The pasted text is no enrolment code. Nobody was asked. */
  record NotACode() implements EnrolOutcome {}

  /**
   * Wrong, used, expired or tried too often: the server does not say which. A new one is needed.
   */
  record CodeRefused() implements EnrolOutcome {}

  /**
   * The server could not be asked or did not answer whole. It may have used the code up: when the
   * same code is refused afterwards, a new one is needed.
   */
  record NoServer(Reply.NoAnswer reason) implements EnrolOutcome {}

  /** Another key answered than the code names: the wrong server, or somebody in between. */
  record CertificateChanged() implements EnrolOutcome {}

  /**
   * The answer does not come from the holder of the code, or does not fit together. Treat it as an
   * attack until somebody knows better.
   *
   * @param detail which check failed, for a developer
   */
  record NotBelieved(String detail) implements EnrolOutcome {}
}
