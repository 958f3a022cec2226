package dev.countersign.client.device;

import dev.countersign.client.port.DeviceLine;
import dev.countersign.client.port.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;

/**
 * A customer's display of two lines of twenty characters that speaks ESC/POS, as those on a pole
 * do. It is opened for each text and let go after it. Safe for any thread; blocks a few seconds at
 * most.
 */
public final class LineDisplay {
  /** Characters of a line. */
  public static final int COLUMNS = 20;

  private static final Duration CALL = Duration.ofSeconds(2);
  private static final CodePage PAGE = CodePage.PC437;
  private static final int ESC = 0x1b;
  private static final int US = 0x1f;
  private static final int CLR = 0x0c;

  private final Place place;
  private final Alphabet alphabet = new Alphabet(List.of(PAGE), null);

  public LineDisplay(Place place) {
    this.place = place;
  }

  /** One line: a text at its beginning, a figure at its end. */
  public record Line(String text, String figure) {}

  /**
   * Puts two lines onto it.
   *
   * @throws IOException when it cannot be reached or takes nothing
   */
  public void show(Line upper, Line lower) throws IOException {
    byte[] bytes = bytes(upper, lower);
    try (DeviceLine line = place.open(CALL)) {
      if (line.write(bytes, 0, bytes.length, CALL) < bytes.length) {
        throw new IOException("the display takes nothing");
      }
      line.finish(CALL);
    }
  }

  byte[] bytes(Line upper, Line lower) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Initialised, overwriting from the first place on, in a table that all of them have.
    out.writeBytes(new byte[] {ESC, '@', US, 1, ESC, 't', (byte) PAGE.number(), CLR});
    Charset charset = PAGE.charset();
    out.writeBytes(laid(upper).getBytes(charset));
    out.writeBytes(laid(lower).getBytes(charset));
    return out.toByteArray();
  }

  /** A figure is never cut; a text in letters that the display has not is left out. */
  String laid(Line line) {
    String figure = shown(line.figure());
    String text = shown(line.text());
    int room = figure.isEmpty() ? COLUMNS : Math.max(0, COLUMNS - figure.length() - 1);
    if (text.length() > room) {
      text = text.substring(0, room);
    }
    String all = text + " ".repeat(Math.max(0, COLUMNS - text.length() - figure.length())) + figure;
    return all.substring(0, COLUMNS);
  }

  private String shown(String text) {
    String printable = alphabet.printable(text);
    return printable.contains("?") && !text.contains("?") ? "" : printable.strip();
  }
}
