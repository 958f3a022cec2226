package dev.countersign.server.signin;

/** Too many wrong tries came before; says when to come again. Carries no trace. */
public final class LockedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int seconds;

  LockedException(int seconds) {
    super("locked for " + seconds + " s", null, false, false);
    this.seconds = seconds;
  }

  /** In how many seconds to come again. */
  public int seconds() {
    return seconds;
  }
}
