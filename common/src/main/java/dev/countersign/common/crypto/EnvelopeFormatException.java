package dev.countersign.common.crypto;

/**
 * Bytes that are no envelope. The message says which rule was broken and holds none of the bytes.
 */
public final class EnvelopeFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  EnvelopeFormatException(String message) {
    super(message);
  }
}
