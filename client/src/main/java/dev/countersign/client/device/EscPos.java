package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds a job for an ESC/POS printer (Epson's command reference, which nearly all receipt printers
 * follow) out of whole commands: between two pieces the printer may be asked how it is, never
 * inside one. Made for one job, by one thread.
 */
final class EscPos {
  static final int ESC = 0x1b;
  static final int GS = 0x1d;
  static final int DLE = 0x10;
  static final int EOT = 0x04;
  static final int DC4 = 0x14;
  static final int LF = 0x0a;

  /** Pulse for the drawer: 50 ms on, 500 ms off, in units of 2 ms. */
  private static final int PULSE_ON = 25;

  private static final int PULSE_OFF = 250;
  private static final int DOUBLE_SIZE = 0x11;
  private static final int MAX_QR_BYTES = 2331;

  /** Rows of a picture in one command: small enough for the smallest buffer. */
  private static final int ROWS = 24;

  private final PrinterProfile printer;
  private final Alphabet alphabet;
  private final PrintFonts fonts;
  private final List<byte[]> pieces = new ArrayList<>();
  private CodePage page;
  private Style style = Style.NORMAL;

  /** A job begins by initialising: what was left of another one cannot be finished on this one. */
  EscPos(PrinterProfile printer, Alphabet alphabet, PrintFonts fonts) {
    this.printer = printer;
    this.alphabet = alphabet;
    this.fonts = fonts;
    this.page = printer.pages().getFirst();
    // The American set, or # $ @ [ \ ] and their like print as other letters.
    command(ESC, '@', ESC, 'R', 0, ESC, 't', page.number());
  }

  List<byte[]> pieces() {
    return List.copyOf(pieces);
  }

  /**
   * Opens the drawer at once, for 200 ms: a printer carries it out also while it has no paper or
   * its cover is open, and takes no other command ({@code DLE DC4} 1 in Epson's reference).
   */
  static byte[] kickAtOnce(PrinterProfile printer) {
    return new byte[] {DLE, DC4, 1, (byte) printer.drawerPin(), 2};
  }

  void kick() {
    command(ESC, 'p', printer.drawerPin(), PULSE_ON, PULSE_OFF);
  }

  void line(ReceiptLine line) {
    Optional<List<Alphabet.Run>> runs = alphabet.runs(line.text(), page);
    if (runs.isEmpty()) {
      picture(DrawnLine.draw(line, fonts), false);
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    style(line.style(), out);
    for (Alphabet.Run run : runs.get()) {
      if (run.page() != page) {
        page = run.page();
        put(out, ESC, 't', page.number());
      }
      out.writeBytes(run.bytes());
    }
    out.write(LF);
    pieces.add(out.toByteArray());
  }

  private void style(Style to, ByteArrayOutputStream out) {
    if (style != to) {
      style = to;
      put(out, ESC, 'E', to == Style.NORMAL ? 0 : 1);
      put(out, GS, '!', to == Style.LOUD ? DOUBLE_SIZE : 0);
    }
  }

  /** Rows of dots, a few at a time. */
  void picture(Bitmap dots, boolean centred) {
    if (centred) {
      command(ESC, 'a', 1);
    }
    for (int from = 0; from < dots.height(); from += ROWS) {
      int rows = Math.min(ROWS, dots.height() - from);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      put(out, GS, 'v', '0', 0, dots.stride() & 0xff, dots.stride() >>> 8, rows, 0);
      out.writeBytes(dots.rows(from, rows));
      pieces.add(out.toByteArray());
    }
    if (centred) {
      command(ESC, 'a', 0);
    }
  }

  /** Model 2, error correction M: a crumpled receipt still reads. */
  void qr(String content) {
    if (printer.qrDots() == 0) {
      if (printer.pictures()) {
        Bitmap small = Symbols.qr(content, 3);
        picture(small.width() > printer.dots() ? Symbols.qr(content, 2) : small, true);
      }
      return;
    }
    byte[] data = content.getBytes(StandardCharsets.UTF_8);
    if (data.length > MAX_QR_BYTES) {
      throw new IllegalArgumentException("a QR code of " + data.length + " bytes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    style(Style.NORMAL, out);
    put(out, ESC, 'a', 1);
    put(out, GS, '(', 'k', 4, 0, '1', 'A', '2', 0);
    put(out, GS, '(', 'k', 3, 0, '1', 'C', printer.qrDots());
    put(out, GS, '(', 'k', 3, 0, '1', 'E', '1');
    int length = data.length + 3;
    put(out, GS, '(', 'k', length & 0xff, length >>> 8, '1', 'P', '0');
    out.writeBytes(data);
    put(out, GS, '(', 'k', 3, 0, '1', 'Q', '0');
    put(out, ESC, 'a', 0);
    pieces.add(out.toByteArray());
  }

  /** Ends a paper: cut off, or fed as far as one tears. */
  void end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    style(Style.NORMAL, out);
    if (printer.cuts()) {
      // Feeds to the knife first, so that the last line is not left inside.
      put(out, GS, 'V', 'B', 0);
    } else {
      put(out, ESC, 'd', 5);
    }
    pieces.add(out.toByteArray());
  }

  private void command(int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, bytes);
    pieces.add(out.toByteArray());
  }

  private static void put(ByteArrayOutputStream out, int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
  }
}
