package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Product;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text as they are searched for: what is typed, what stands in the index and what is
 * looked through without one are folded here and nowhere else. Ranks what was found, too.
 */
final class SearchText {
  private static final int MOST_WORDS = 8;

  /** Of the marks on kana: か and が are two letters, as a and á are one. */
  private static final String VOICED_KANA = "\u3099\u309a";

  private SearchText() {}

  /**
   * Each word in quotes and as a prefix, all of them required (https://www.sqlite.org/fts5.html
   * section 3). Only letters and digits are left, so nothing typed is ever read as query syntax.
   *
   * @param words at least one
   */
  static String query(List<String> words) {
    StringBuilder query = new StringBuilder();
    for (String word : words) {
      query.append(query.isEmpty() ? "" : " ").append('"').append(word).append("\"*");
    }
    return query.toString();
  }

  /** Names that begin with what was typed, then names with all words, then the rest; by name. */
  static List<Product> ranked(List<Product> matches, List<String> words) {
    record Ranked(Product product, int rank) {}
    String whole = String.join(" ", words);
    return matches.stream()
        .map(product -> new Ranked(product, rank(fold(product.name()), whole, words)))
        .sorted(
            Comparator.comparingInt(Ranked::rank)
                .thenComparing(ranked -> ranked.product().name())
                .thenComparing(ranked -> ranked.product().size()))
        .map(Ranked::product)
        .toList();
  }

  private static int rank(String name, String whole, List<String> words) {
    if (name.startsWith(whole)) {
      return 0;
    }
    return words.stream().allMatch(name::contains) ? 1 : 2;
  }

  /** The first words of what somebody typed. */
  static List<String> words(String typed) {
    List<String> words =
        split(
            typed.length() > Catalogue.LONGEST_TEXT
                ? typed.substring(0, Catalogue.LONGEST_TEXT)
                : typed);
    return words.size() > MOST_WORDS ? words.subList(0, MOST_WORDS) : words;
  }

  /**
   * What the index is to be given of a text: the same for the same text always, because what is
   * taken from the index must be what was put there.
   */
  static String indexed(String text) {
    return isPlain(text) ? text : String.join(" ", split(text));
  }

  private static List<String> split(String text) {
    String folded = fold(text);
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < folded.length(); ) {
      int point = folded.codePointAt(at);
      int next = at + Character.charCount(point);
      if (separates(point)) {
        if (at > start) {
          words.add(folded.substring(start, at));
        }
        start = next;
      }
      at = next;
    }
    if (start < folded.length()) {
      words.add(folded.substring(start));
    }
    return words;
  }

  /**
   * Whether a sign of a folded text stands between words: all but letters and digits, and the few
   * signs that have become letters since the index learnt its Unicode; as part of a word they would
   * make two of it there.
   */
  static boolean separates(int point) {
    if (point < 0x80) {
      return !(point >= 'a' && point <= 'z' || point >= '0' && point <= '9');
    }
    boolean counts =
        switch (Character.getType(point)) {
          case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
          default -> Character.isLetterOrDigit(point);
        };
    boolean newcomer =
        point >= 0x19b0 && point <= 0x19c0
            || point == 0x19c8
            || point == 0x19c9
            || point == 0x1cf2
            || point == 0x1cf3;
    return !counts || newcomer;
  }

  /**
   * One writing for all in which people type the same: small letters, no accents, no points, no
   * ligatures, no full width; letters with a stroke without it, digits of every script as ours; of
   * Arabic the letters that keyboards and hands write in several ways. Korean syllables fall into
   * their letters, so that one that is not finished yet is the beginning of what it will be. What
   * separates words stays where it is.
   */
  static String fold(String text) {
    if (isPlain(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(apart.length());
    for (int at = 0; at < apart.length(); ) {
      int point = apart.codePointAt(at);
      at += Character.charCount(point);
      switch (Character.getType(point)) {
        case Character.NON_SPACING_MARK,
            Character.COMBINING_SPACING_MARK,
            Character.ENCLOSING_MARK ->
            mark(folded, point);
        // Seen by nobody: joiners, soft hyphens, the direction of what follows.
        case Character.FORMAT -> {}
        case Character.DECIMAL_DIGIT_NUMBER -> folded.append(Character.digit(point, 10));
        default -> letter(folded, point);
      }
    }
    return folded.toString();
  }

  private static void mark(StringBuilder folded, int mark) {
    int last = folded.length() - 1;
    if (last >= 0 && VOICED_KANA.indexOf(mark) >= 0) {
      String voiced =
          Normalizer.normalize(
              folded.substring(last) + Character.toString(mark), Normalizer.Form.NFC);
      if (voiced.length() == 1) {
        folded.setCharAt(last, voiced.charAt(0));
      }
    }
  }

  private static void letter(StringBuilder folded, int point) {
    switch (point) {
      case 'ß' -> folded.append("ss");
      case 'æ' -> folded.append("ae");
      case 'œ' -> folded.append("oe");
      case 'þ' -> folded.append("th");
      case 'ø' -> folded.append('o');
      case 'đ', 'ð' -> folded.append('d');
      case 'ł' -> folded.append('l');
      case 'ħ' -> folded.append('h');
      case 'ŧ' -> folded.append('t');
      case 'ı' -> folded.append('i');
      case 'ς' -> folded.append('σ');
      // Arabic: alef wasla, teh marbuta, alef maksura and the Persian yeh and kaf; no tatweel.
      case 0x0671 -> folded.append('\u0627');
      case 0x0629 -> folded.append('\u0647');
      case 0x0649, 0x06cc -> folded.append('\u064a');
      case 0x06a9 -> folded.append('\u0643');
      case 0x0640 -> {}
      default -> folded.appendCodePoint(point);
    }
  }

  /** Which the index reads as this does. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
