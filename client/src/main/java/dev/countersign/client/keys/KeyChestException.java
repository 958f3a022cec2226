package dev.countersign.client.keys;

import org.jspecify.annotations.Nullable;

/** The key chest gave no answer. Never carries a secret. */
public final class KeyChestException extends Exception {
  private static final long serialVersionUID = 1L;

  /** In which way. */
  public enum Reason {
    /** There is no such chest, or it is locked or refuses. */
    MISSING,
    /** It did not answer in time. */
    HANGING
  }

  private final Reason reason;

  public KeyChestException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
