package dev.countersign.client.ui.kit;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys as they are printed on the keyboards of a language. */
final class KeyNames {
  private static final Map<Language, Map<String, String>> PRINTED =
      Map.of(
          Language.GERMAN, Map.of("Ctrl", "Strg", "Del", "Entf"),
          Language.FRENCH, Map.of("Enter", "Entrée", "Esc", "Échap", "Del", "Suppr"),
          Language.SPANISH, Map.of("Enter", "Intro", "Del", "Supr"));

  private KeyNames() {}

  /**
   * @param keys as on an English keyboard, with spaces between those that are held together
   */
  static String in(Language language, String keys) {
    Map<String, String> printed = PRINTED.getOrDefault(language, Map.of());
    return Arrays.stream(keys.split(" "))
        .map(key -> printed.getOrDefault(key, key))
        .collect(Collectors.joining(" "));
  }
}
