package dev.countersign.client.device;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.Map;

/**
 * A printer's character table (the command {@code ESC t n}), and how text is brought into it. After
 * {@link #printable(String)} every character is one byte and one column.
 */
public enum CodePage {
  /** The original IBM PC page; every printer has it. */
  PC437(0, "IBM437"),
  /** Western Europe, with the euro. */
  PC858(19, "IBM00858"),
  /** Windows Latin 1. */
  WPC1252(16, "windows-1252");

  private static final Map<Integer, String> REPLACEMENTS =
      Map.ofEntries(
          Map.entry((int) '€', "EUR"),
          Map.entry((int) '£', "GBP"),
          Map.entry((int) '¥', "JPY"),
          Map.entry((int) '×', "x"),
          Map.entry((int) '–', "-"),
          Map.entry((int) '—', "-"),
          Map.entry((int) '‐', "-"),
          Map.entry((int) '‑', "-"),
          Map.entry((int) '−', "-"),
          Map.entry((int) '‘', "'"),
          Map.entry((int) '’', "'"),
          Map.entry((int) '‚', "'"),
          Map.entry((int) '′', "'"),
          Map.entry((int) '“', "\""),
          Map.entry((int) '”', "\""),
          Map.entry((int) '„', "\""),
          Map.entry((int) '″', "\""),
          Map.entry((int) '«', "\""),
          Map.entry((int) '»', "\""),
          Map.entry((int) '…', "..."),
          Map.entry((int) '•', "*"),
          Map.entry((int) '®', "(R)"),
          Map.entry((int) '©', "(C)"),
          Map.entry((int) '™', "TM"),
          Map.entry((int) 'Œ', "OE"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'Æ', "AE"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'Ø', "O"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'Đ', "D"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'Ł', "L"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'ẞ', "SS"),
          Map.entry((int) 'Þ', "Th"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'Ð', "D"),
          Map.entry((int) 'ð', "d"));

  private final int number;
  private final String charsetName;

  CodePage(int number, String charsetName) {
    this.number = number;
    this.charsetName = charsetName;
  }

  /** The {@code n} of {@code ESC t n} in Epson's list, which most others follow. */
  public int number() {
    return number;
  }

  /** The same table as Java knows it. */
  public Charset charset() {
    return Charset.forName(charsetName);
  }

  /**
   * Text that this page can print: accents are dropped where the page lacks them, what has no
   * likeness becomes a question mark. Control characters vanish, because a product's name must not
   * be able to open the drawer.
   */
  public String printable(String text) {
    CharsetEncoder encoder = charset().newEncoder();
    StringBuilder out = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> append(c, encoder, out));
    return out.toString();
  }

  private static void append(int c, CharsetEncoder encoder, StringBuilder out) {
    if (isInvisible(c)) {
      return;
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      out.append(' ');
      return;
    }
    String own = Character.toString(c);
    if (encoder.canEncode(own)) {
      out.append(own);
      return;
    }
    String replacement = REPLACEMENTS.get(c);
    if (replacement != null) {
      out.append(replacement);
      return;
    }
    int before = out.length();
    Normalizer.normalize(own, Normalizer.Form.NFKD)
        .codePoints()
        .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
        .mapToObj(Character::toString)
        .filter(part -> part.length() == 1 && encoder.canEncode(part))
        .forEach(out::append);
    if (out.length() == before) {
      out.append('?');
    }
  }

  /** Commands to a printer and marks that only steer the direction of writing. */
  static boolean isInvisible(int c) {
    boolean blank = c == '\t' || c == '\n' || c == '\r';
    return !blank && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  /** The bytes of printable text, one a character. */
  public byte[] encode(String printable) {
    return printable.getBytes(charset());
  }
}
