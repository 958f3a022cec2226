package dev.countersign.client.device;

import java.util.List;

/**
 * What a printer can do.
 *
 * @param columns characters in a line, {@link ReceiptText#NARROW} to 64
 * @param pages character tables that it has, the one to begin with first
 * @param qrDots dots to a QR module, 1 to 16; 0 when the printer has no QR command, and its codes
 *     are drawn
 * @param cuts true when it has a cutter
 * @param pictures true when it takes rows of dots ({@code GS v 0}): logos and letters that it lacks
 * @param drawerPin 0 or 1: the pin that the drawer hangs on (connector pin 2 or 5)
 */
public record PrinterProfile(
    int columns, List<CodePage> pages, int qrDots, boolean cuts, boolean pictures, int drawerPin) {
  private static final int MOST_COLUMNS = 64;

  public PrinterProfile {
    pages = List.copyOf(pages);
    if (columns < ReceiptText.NARROW || columns > MOST_COLUMNS) {
      throw new IllegalArgumentException(columns + " columns are no receipt printer's");
    }
    if (pages.isEmpty()) {
      throw new IllegalArgumentException("a printer has at least one code page");
    }
    if (qrDots < 0 || qrDots > 16) {
      throw new IllegalArgumentException("a QR module has 1 to 16 dots, not " + qrDots);
    }
    if (drawerPin < 0 || drawerPin > 1) {
      throw new IllegalArgumentException("a drawer hangs on pin 0 or 1, not " + drawerPin);
    }
  }

  /** 80 mm paper, the euro, QR codes, pictures and a cutter. */
  public static PrinterProfile wide() {
    return new PrinterProfile(
        ReceiptText.WIDE,
        List.of(CodePage.PC858, CodePage.PC437, CodePage.PC852, CodePage.WPC1252),
        4,
        true,
        true,
        0);
  }

  /** 58 mm paper, as small printers have it: no cutter, few pages. */
  public static PrinterProfile narrow() {
    return new PrinterProfile(
        ReceiptText.NARROW, List.of(CodePage.PC858, CodePage.PC437), 4, false, true, 0);
  }

  /** How many dots a row has. */
  public int dots() {
    return columns * DrawnLine.CELL;
  }
}
