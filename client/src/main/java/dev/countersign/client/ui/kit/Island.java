package dev.countersign.client.ui.kit;

/**
 * Text in letters that run from the left, in the middle of text that runs from the right. Without
 * marks around it, what ends it goes to the other side: the full stop of {@code Ama K.}, the
 * percent sign of {@code VAT 20 %}, the sign of an amount.
 */
final class Island {
  /**
   * Left-to-right mark (Unicode U+200E): no width, and as strong as a letter. The toolkit draws
   * nothing for it, but boxes for the isolates and for the mark of the other direction.
   */
  private static final char MARK = '\u200E';

  private Island() {}

  /**
   * With a mark at both ends; as it is when it holds letters that run from the right, or nothing.
   */
  static String of(String text) {
    boolean letters = false;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int point = text.codePointAt(at);
      switch (Character.getDirectionality(point)) {
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
          return text;
        }
        default -> letters |= Character.isLetterOrDigit(point);
      }
    }
    return letters ? MARK + text + MARK : text;
  }
}
