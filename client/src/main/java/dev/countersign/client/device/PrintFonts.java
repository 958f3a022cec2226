package dev.countersign.client.device;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.TextAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.AttributedString;
import java.util.List;
import java.util.Map;

/**
 * The fonts that come with the program, and behind them whatever the system has, for text that is
 * drawn and not printed. Immutable, safe for any thread.
 */
public final class PrintFonts {
  private static final String FOLDER = "/dev/countersign/client/ui/kit/fonts/";
  private final List<Font> regular;
  private final List<Font> bold;

  private PrintFonts(List<Font> regular, List<Font> bold) {
    this.regular = regular;
    this.bold = bold;
  }

  /** Latin, Greek, Cyrillic and Arabic of our own; other scripts when the system has them. */
  public static PrintFonts bundled() {
    Font arabic = read("NotoSansArabic-Regular.ttf");
    Font system = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    return new PrintFonts(
        List.of(read("CountersignInter-Medium.otf"), arabic, system),
        List.of(
            read("CountersignInter-Bold.otf"),
            arabic.deriveFont(Font.BOLD),
            system.deriveFont(Font.BOLD)));
  }

  /** The bytes of a bundled font, to be put into a document. */
  static byte[] bytes(String name) {
    try (InputStream in = PrintFonts.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the font " + name + " is not in the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Font read(String name) {
    try (InputStream in = PrintFonts.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the font " + name + " is not in the program");
      }
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font " + name + " cannot be read", e);
    }
  }

  /** True when one of the fonts has this character. */
  boolean canDraw(int c) {
    return regular.stream().anyMatch(font -> font.canDisplay(c));
  }

  /**
   * Text with a font for each of its parts; drawn as a whole, so that letters join and words of
   * both directions stand in their order.
   *
   * @param size in dots
   */
  AttributedString dressed(String text, float size, boolean heavy) {
    AttributedString dressed = new AttributedString(text);
    List<Font> fonts = heavy ? bold : regular;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      Font font = fonts.stream().filter(f -> f.canDisplay(c)).findFirst().orElse(fonts.getLast());
      dressed.addAttributes(Map.of(TextAttribute.FONT, font.deriveFont(size)), at, next);
      at = next;
    }
    return dressed;
  }
}
