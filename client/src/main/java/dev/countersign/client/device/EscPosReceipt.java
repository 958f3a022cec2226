package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A receipt as the bytes of an ESC/POS printer (Epson's command reference, which nearly all receipt
 * printers follow). Every receipt begins by initialising the printer, so that what was left of an
 * interrupted one cannot be finished on the next. Immutable, safe for any thread.
 */
public final class EscPosReceipt {
  /**
   * What a printer can do.
   *
   * @param columns characters in a line: {@link ReceiptText#WIDE} or {@link ReceiptText#NARROW}
   * @param qrDots dots to a QR module, 1 to 16; 0 when the printer has no QR command
   * @param cuts true when it has a cutter
   */
  public record Printer(int columns, CodePage page, int qrDots, boolean cuts) {
    public Printer {
      if (qrDots < 0 || qrDots > 16) {
        throw new IllegalArgumentException("a QR module has 1 to 16 dots, not " + qrDots);
      }
    }

    /** 80 mm paper, the euro, QR codes and a cutter. */
    public static Printer usual() {
      return new Printer(ReceiptText.WIDE, CodePage.PC858, 4, true);
    }
  }

  private static final int ESC = 0x1b;
  private static final int GS = 0x1d;
  private static final int LF = 0x0a;

  /** Pulse for the drawer: 50 ms on, 500 ms off, in units of 2 ms. */
  private static final int PULSE_ON = 25;

  private static final int PULSE_OFF = 250;
  private static final int DOUBLE_SIZE = 0x11;
  private static final int MAX_QR_BYTES = 2331;

  private final Printer printer;
  private final ReceiptText text;

  public EscPosReceipt(Printer printer, ReceiptWords words) {
    this.printer = printer;
    this.text = new ReceiptText(printer.columns(), words, printer.page()::printable);
  }

  /** The whole receipt: drawer first, since the customer waits for change, then paper, then cut. */
  public byte[] bytes(Receipt receipt) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    start(out);
    if (receipt.opensDrawer()) {
      command(out, ESC, 'p', 0, PULSE_ON, PULSE_OFF);
    }
    Style style = Style.NORMAL;
    for (ReceiptLine line : text.lay(receipt)) {
      change(style, line.style(), out);
      style = line.style();
      out.writeBytes(printer.page().encode(line.text()));
      out.write(LF);
    }
    change(style, Style.NORMAL, out);
    String check = receipt.check();
    if (check != null && printer.qrDots() > 0) {
      qr(check, out);
    }
    end(out);
    return out.toByteArray();
  }

  private void start(ByteArrayOutputStream out) {
    command(out, ESC, '@');
    // The American set, or # $ @ [ \ ] and their like print as other letters.
    command(out, ESC, 'R', 0);
    command(out, ESC, 't', printer.page().number());
  }

  private static void change(Style from, Style to, ByteArrayOutputStream out) {
    if (from == to) {
      return;
    }
    command(out, ESC, 'E', to == Style.NORMAL ? 0 : 1);
    command(out, GS, '!', to == Style.LOUD ? DOUBLE_SIZE : 0);
  }

  /** Model 2, error correction M: a crumpled receipt still reads. */
  private void qr(String content, ByteArrayOutputStream out) {
    byte[] data = content.getBytes(StandardCharsets.UTF_8);
    if (data.length > MAX_QR_BYTES) {
      throw new IllegalArgumentException("a QR code of " + data.length + " bytes");
    }
    command(out, ESC, 'a', 1);
    command(out, GS, '(', 'k', 4, 0, '1', 'A', '2', 0);
    command(out, GS, '(', 'k', 3, 0, '1', 'C', printer.qrDots());
    command(out, GS, '(', 'k', 3, 0, '1', 'E', '1');
    int length = data.length + 3;
    command(out, GS, '(', 'k', length & 0xff, length >>> 8, '1', 'P', '0');
    out.writeBytes(data);
    command(out, GS, '(', 'k', 3, 0, '1', 'Q', '0');
    command(out, ESC, 'a', 0);
  }

  private void end(ByteArrayOutputStream out) {
    if (printer.cuts()) {
      // Feeds to the knife first, so that the last line is not left inside.
      command(out, GS, 'V', 'B', 0);
    } else {
      command(out, ESC, 'd', 5);
    }
  }

  private static void command(ByteArrayOutputStream out, int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
  }
}
