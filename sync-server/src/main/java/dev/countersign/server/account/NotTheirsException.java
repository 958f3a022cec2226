package dev.countersign.server.account;

/**
 * What somebody named is not there, or not in their reach. Both are one: whoever asks must not
 * learn which.
 */
public final class NotTheirsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotTheirsException() {
    super("There is no such thing in reach.");
  }
}
