package dev.countersign.common.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    // What is no Latin-1 becomes a question mark, which is no Base64 either.
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    return decode(ascii, 0, ascii.length);
  }

  /**
   * The bytes of a text that stands in a part of an array.
   *
   * @throws IllegalArgumentException if the text is not the canonical one
   */
  public static byte[] decode(byte[] ascii, int offset, int length) {
    if (length % 4 != 0) {
      throw new IllegalArgumentException("Base64 text is not canonical");
    }
    ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(ascii, offset, length));
    byte[] bytes = decoded.array();
    if (decoded.remaining() != bytes.length) {
      bytes = Arrays.copyOf(bytes, decoded.remaining());
    }
    // The platform's decoder takes nothing but the alphabet and padding at the end; what is left
    // are stray bits in the last group, which the encoder would not have set.
    int whole = Math.max(0, length - 4);
    byte[] last =
        Base64.getEncoder().encode(Arrays.copyOfRange(bytes, whole / 4 * 3, bytes.length));
    if (!Arrays.equals(last, 0, last.length, ascii, offset + whole, offset + length)) {
      throw new IllegalArgumentException("Base64 text is not canonical");
    }
    return bytes;
  }
}
