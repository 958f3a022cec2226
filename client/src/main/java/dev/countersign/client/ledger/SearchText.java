package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Product;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a safe full-text query of what a person typed, and ranks what it found. */
final class SearchText {
  private static final int MOST_WORDS = 8;

  /**
   * What stands between words: all but letters and digits, and the few signs that have become
   * letters since the index learnt its Unicode; as part of a word they would make two of it.
   */
  private static final Pattern BETWEEN =
      Pattern.compile("[[^\\p{L}\\p{N}]\\u19b0-\\u19c0\\u19c8\\u19c9\\u1cf2\\u1cf3]+");

  private SearchText() {}

  /**
   * Each word in quotes and as a prefix, all of them required (https://www.sqlite.org/fts5.html
   * section 3). Only letters and digits are left, so nothing typed is ever read as query syntax.
   */
  static Optional<String> query(String typed) {
    List<String> words = words(typed);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder query = new StringBuilder();
    for (String word : words) {
      query.append(query.isEmpty() ? "" : " ").append('"').append(word).append("\"*");
    }
    return Optional.of(query.toString());
  }

  /** Names that begin with what was typed, then names with all words, then the rest; by name. */
  static List<Product> ranked(List<Product> matches, String typed) {
    List<String> words = words(typed);
    String whole = String.join(" ", words);
    return matches.stream()
        .sorted(
            Comparator.comparingInt((Product p) -> rank(fold(p.name()), whole, words))
                .thenComparing(Product::name)
                .thenComparing(Product::size))
        .toList();
  }

  private static int rank(String name, String whole, List<String> words) {
    if (name.startsWith(whole)) {
      return 0;
    }
    return words.stream().allMatch(name::contains) ? 1 : 2;
  }

  static List<String> words(String typed) {
    String text =
        typed.length() > Catalogue.LONGEST_TEXT
            ? typed.substring(0, Catalogue.LONGEST_TEXT)
            : typed;
    List<String> words = new ArrayList<>();
    for (String word : BETWEEN.split(fold(text), -1)) {
      if (!word.isEmpty() && words.size() < MOST_WORDS) {
        words.add(word);
      }
    }
    return words;
  }

  static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }
}
