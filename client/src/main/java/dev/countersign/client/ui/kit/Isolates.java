package dev.countersign.client.ui.kit;

/**
 * Keeps what is put into a text in its own direction of writing: a name in Latin letters inside an
 * Arabic sentence neither takes the sentence's full stop with it nor turns its own brackets. The
 * marks are those of Unicode Standard Annex 9 and are not seen.
 */
final class Isolates {
  /** First strong isolate: what follows is written as its first letter is. */
  static final char OPEN = '\u2068';

  static final char CLOSE = '\u2069';

  private static final char FROM_LEFT = '\u202A';
  private static final char FROM_RIGHT = '\u202B';
  private static final char END = '\u202C';

  private Isolates() {}

  /** Each text among these by itself; numbers are left to the text that counts by them. */
  static Object[] around(Object... arguments) {
    Object[] apart = arguments.clone();
    for (int i = 0; i < apart.length; i++) {
      if (apart[i] instanceof String text && !text.isEmpty()) {
        apart[i] = OPEN + text + CLOSE;
      }
    }
    return apart;
  }

  /**
   * The same, so that the marks have no width. The toolkit (JavaFX 26) shapes a text only when some
   * character asks for it, and gives marks the width of a missing letter where it does not shape.
   * The outer mark asks for it and says what holds anyway.
   */
  static String drawn(String said) {
    return said.indexOf(OPEN) < 0 || isShaped(said) ? said : FROM_RIGHT + said + END;
  }

  /** A name that stands alone in a text that is otherwise written from right to left. */
  static String alone(String name) {
    int first = name.codePoints().filter(Isolates::isStrong).findFirst().orElse(' ');
    return Character.getDirectionality(first) == Character.DIRECTIONALITY_LEFT_TO_RIGHT
        ? FROM_LEFT + name + END
        : name;
  }

  /** What is open at the end of this line and must be opened again on the next one. */
  static int open(String line) {
    int open = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == OPEN) {
        open++;
      } else if (line.charAt(i) == CLOSE && open > 0) {
        open--;
      }
    }
    return open;
  }

  private static boolean isStrong(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT || isFromRight(direction);
  }

  private static boolean isFromRight(byte direction) {
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static boolean isShaped(String text) {
    return text.codePoints()
        .anyMatch(
            c -> (c >= FROM_LEFT && c <= '\u202E') || isFromRight(Character.getDirectionality(c)));
  }
}
