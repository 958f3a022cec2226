package dev.countersign.common.crypto;

import java.util.Base64;

/**
 * Standard Base64 with padding (RFC 4648 section 4) where one value has exactly one text: missing
 * padding, line breaks and stray trailing bits (section 3.5) are refused, which the decoder of the
 * platform lets pass.
 */
public final class StrictBase64 {
  private StrictBase64() {}

  /** The one text of these bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if the text is not the canonical one
   */
  public static byte[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("Base64 text is not canonical");
    }
    return bytes;
  }
}
