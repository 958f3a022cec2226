package dev.countersign.server.account;

/** What somebody wanted to do is in their reach, and is not theirs to do; the message says why. */
public final class AboveThemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AboveThemException(String message) {
    super(message);
  }
}
