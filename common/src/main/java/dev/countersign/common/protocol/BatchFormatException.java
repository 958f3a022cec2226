package dev.countersign.common.protocol;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a batch at all. (A bad change inside a good batch is not this.) */
public final class BatchFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  public BatchFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
