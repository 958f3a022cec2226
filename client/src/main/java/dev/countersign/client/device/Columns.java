package dev.countersign.client.device;

import java.lang.Character.UnicodeScript;

/** How many characters' width a text takes on paper. */
final class Columns {
  private Columns() {}

  /** Marks on letters take none, East Asian signs two, all else one (Unicode annex 11, roughly). */
  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  static int of(int c) {
    int kind = Character.getType(c);
    if (kind == Character.NON_SPACING_MARK || kind == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean fullWidth = c >= 0xff01 && c <= 0xff60 || c >= 0x3000 && c <= 0x303f;
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> 2;
      default -> fullWidth ? 2 : 1;
    };
  }
}
