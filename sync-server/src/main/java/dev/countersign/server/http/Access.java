package dev.countersign.server.http;

/** Who may use a route. Every route has one; there is no default. */
public enum Access {
  /** Anyone, without signing in. */
  OPEN,
  /**
   * Anyone, because what is sent proves itself: its body is signed, and the signature is checked.
   */
  SIGNED_BODY,
  /** A device that is signed in and was not revoked. */
  DEVICE
}
