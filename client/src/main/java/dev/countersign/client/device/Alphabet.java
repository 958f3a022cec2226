package dev.countersign.client.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The characters that a printer can bring to paper: those of its pages, and where it takes pictures
 * those that a font here can draw. Immutable, safe for any thread.
 */
public final class Alphabet {
  /** Marks that every page can say otherwise; a line is not drawn for their sake. */
  private static final Map<Integer, String> MARKS =
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
          Map.entry((int) '™', "TM"));

  /** Letters that do not fall apart into a letter and its mark. */
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
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

  private final List<CodePage> pages;
  private final @Nullable PrintFonts fonts;

  /** Text on one page of the printer. */
  record Run(CodePage page, byte[] bytes) {}

  /**
   * @param pages that the printer has, the one to be used first first; at least one
   * @param fonts draw what no page has; null for a printer that takes no pictures
   */
  Alphabet(List<CodePage> pages, @Nullable PrintFonts fonts) {
    if (pages.isEmpty()) {
      throw new IllegalArgumentException("a printer has at least one page");
    }
    this.pages = List.copyOf(pages);
    this.fonts = fonts;
  }

  /**
   * Text that can be printed: what has no likeness becomes a question mark. Control characters
   * vanish, because a product's name must not be able to open the drawer.
   */
  String printable(String text) {
    List<CharsetEncoder> encoders = pages.stream().map(p -> p.charset().newEncoder()).toList();
    StringBuilder out = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> append(c, encoders, out));
    return out.toString();
  }

  private void append(int c, List<CharsetEncoder> encoders, StringBuilder out) {
    if (isInvisible(c)) {
      return;
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      out.append(' ');
      return;
    }
    String own = Character.toString(c);
    if (canEncode(encoders, own)) {
      out.append(own);
      return;
    }
    String mark = MARKS.get(c);
    if (mark != null) {
      out.append(mark);
      return;
    }
    if (fonts != null && fonts.canDraw(c)) {
      out.append(own);
      return;
    }
    String letter = LETTERS.get(c);
    if (letter != null) {
      out.append(letter);
      return;
    }
    int before = out.length();
    Normalizer.normalize(own, Normalizer.Form.NFKD)
        .codePoints()
        .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
        .mapToObj(Character::toString)
        .filter(part -> part.length() == 1 && canEncode(encoders, part))
        .forEach(out::append);
    if (out.length() == before) {
      out.append('?');
    }
  }

  private static boolean canEncode(List<CharsetEncoder> encoders, String text) {
    return encoders.stream().anyMatch(encoder -> encoder.canEncode(text));
  }

  /** Commands to a printer and marks that only steer the direction of writing. */
  static boolean isInvisible(int c) {
    boolean blank = c == '\t' || c == '\n' || c == '\r';
    return !blank && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  /**
   * Printable text as bytes, page by page, with as few changes as can be.
   *
   * @return empty when some of it is on no page and has to be drawn
   */
  Optional<List<Run>> runs(String printable, CodePage current) {
    List<Run> runs = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodePage page = current;
    CharsetEncoder encoder = page.charset().newEncoder();
    for (int c : printable.codePoints().toArray()) {
      String one = Character.toString(c);
      if (!encoder.canEncode(one)) {
        Optional<CodePage> other =
            pages.stream().filter(p -> p.charset().newEncoder().canEncode(one)).findFirst();
        if (other.isEmpty()) {
          return Optional.empty();
        }
        if (bytes.size() > 0) {
          runs.add(new Run(page, bytes.toByteArray()));
          bytes.reset();
        }
        page = other.get();
        encoder = page.charset().newEncoder();
      }
      bytes.writeBytes(one.getBytes(page.charset()));
    }
    if (bytes.size() > 0) {
      runs.add(new Run(page, bytes.toByteArray()));
    }
    return Optional.of(runs);
  }
}
