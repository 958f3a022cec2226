package dev.countersign.server.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Whether JSON bytes hold only real Unicode text: valid UTF-8 and no half of a surrogate pair,
 * written as bytes or as an escape. A parser lets both pass, and two programs may then read one
 * signed text as two.
 */
final class StrictText {
  private StrictText() {}

  static boolean isUnicode(byte[] json, int offset, int length) {
    boolean ascii = true;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      byte b = json[i];
      ascii &= b >= 0;
      if (b == '\\') {
        int unit = i + 1 < end && json[i + 1] == 'u' ? unit(json, i + 2, end) : -1;
        if (unit < 0) {
          i++;
        } else if (Character.isHighSurrogate((char) unit)) {
          boolean paired =
              i + 7 < end
                  && json[i + 6] == '\\'
                  && json[i + 7] == 'u'
                  && Character.isLowSurrogate((char) unit(json, i + 8, end));
          if (!paired) {
            return false;
          }
          i += 11;
        } else if (Character.isLowSurrogate((char) unit)) {
          return false;
        } else {
          i += 5;
        }
      }
    }
    return ascii || isUtf8(json, offset, length);
  }

  /** Four hexadecimal digits, or -1; the parser has its own word about those that are none. */
  private static int unit(byte[] json, int at, int end) {
    if (at + 4 > end) {
      return -1;
    }
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static boolean isUtf8(byte[] json, int offset, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, offset, length));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
