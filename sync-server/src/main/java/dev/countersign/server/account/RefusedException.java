package dev.countersign.server.account;

/** What an owner asked for cannot be done; the message is for that person. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
