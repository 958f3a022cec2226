package dev.countersign.client.ui.kit;

import java.util.List;
import java.util.Locale;

/**
 * What stands on the keys of the keyboard on the screen: the letters of a language where its own
 * keyboards have them, and a row that is an accent shorter where only a part of it is wanted.
 *
 * @param small three rows, from the left to the right, at most twelve keys each; the last one has
 *     room for ten
 * @param large the same with the shift key held
 */
record KeyRows(List<String> small, List<String> large) {
  static final String DIGITS = "1234567890";

  /** What no letter row has, at most twelve, twelve and ten. */
  static final KeyRows SIGNS = same("!\"#$%&/()=+*", "€£¥°:;,?¿¡<>", "'_~^|[]{}\\");

  private static final KeyRows LATIN =
      raised(Locale.ENGLISH, "qwertyuiop", "asdfghjkl'", "zxcvbnm,");

  /** The rows of a language's letters. */
  static KeyRows of(Language language) {
    return switch (language) {
      case ENGLISH -> LATIN;
      case FRENCH -> raised(Locale.FRENCH, "azertyuiopéè", "qsdfghjklmàç", "wxcvbn,'êù");
      case GERMAN -> raised(Locale.GERMAN, "qwertzuiopü", "asdfghjklöä", "yxcvbnmß,");
      case SPANISH -> raised(Locale.of("es"), "qwertyuiopáé", "asdfghjklñíó", "zxcvbnmúü,");
      case ARABIC ->
          new KeyRows(
              List.of("ضصثقفغعهخحجد", "شسيبلاتنمكطذ", "ئءؤرىةوزظ،"),
              List.of("ضصثقفغعهخحجد", "شسيبلأتنمكطذ", "ئءآرىةإزظ؟"));
    };
  }

  /** Those for addresses and codes, where the language has none of them. */
  static KeyRows latin() {
    return LATIN;
  }

  private static KeyRows raised(Locale locale, String... rows) {
    return new KeyRows(
        List.of(rows),
        List.of(rows).stream()
            // The sharp s has no large letter on any key.
            .map(row -> row.replace('ß', 'ẞ').toUpperCase(locale))
            .toList());
  }

  private static KeyRows same(String... rows) {
    return new KeyRows(List.of(rows), List.of(rows));
  }
}
