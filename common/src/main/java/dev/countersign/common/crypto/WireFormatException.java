package dev.countersign.common.crypto;

/** Compressed bytes that are broken, cut off, too long or followed by something. */
public final class WireFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  WireFormatException(String message) {
    super(message);
  }
}
