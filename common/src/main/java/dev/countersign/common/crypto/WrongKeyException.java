package dev.countersign.common.crypto;

/**
 * Something sealed does not open: another key, other associated data, or changed bytes. Which of
 * them it was cannot be told apart, by design.
 */
public final class WrongKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongKeyException(String message) {
    super(message);
  }
}
