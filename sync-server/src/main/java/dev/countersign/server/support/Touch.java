package dev.countersign.server.support;

/** How near a command of the operator comes to a business's data. */
public enum Touch {
  /** It runs the server and shows nothing of what a business does. */
  SERVER,
  /** It reads what a business does. */
  READ,
  /** It changes something of a business. */
  WRITE,
  /** It changes what a person signs in with, which is all there is left when an owner is lost. */
  RECOVER
}
