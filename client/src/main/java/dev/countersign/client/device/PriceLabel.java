package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Place;
import dev.countersign.client.device.ReceiptLine.Style;

/**
 * A label for a shelf or a product, drawn for the receipt printer's paper.
 *
 * @param name of the product
 * @param size beside it, such as 750 ml; may be empty
 * @param price as the shop writes it
 * @param code what the barcode says: a trade item number or the shop's own; empty for no barcode
 */
public record PriceLabel(String name, String size, String price, String code) {
  private static final int BARS_HIGH = 72;

  /**
   * @throws IllegalArgumentException when the code cannot be a barcode
   */
  Bitmap draw(PrinterProfile printer, PrintFonts fonts) {
    int columns = printer.columns();
    Bitmap what =
        DrawnLine.draw(new ReceiptLine(name, "", Place.EDGES, columns, Style.BOLD), fonts);
    Bitmap cost =
        DrawnLine.draw(new ReceiptLine(size, price, Place.EDGES, columns / 2, Style.LOUD), fonts);
    int dots = printer.dots();
    if (code.isEmpty()) {
      return stacked(dots, what, cost);
    }
    Bitmap wide = Symbols.barcode(code, 3, BARS_HIGH);
    if (wide.width() > dots) {
      wide = Symbols.barcode(code, 2, BARS_HIGH);
    }
    if (wide.width() > dots) {
      throw new IllegalArgumentException("the code " + code + " is too long for this paper");
    }
    Bitmap digits =
        DrawnLine.draw(
            new ReceiptLine(Symbols.digits(code), "", Place.CENTRE, columns, Style.NORMAL), fonts);
    return stacked(dots, what, cost, wide, digits);
  }

  private static Bitmap stacked(int dots, Bitmap... parts) {
    int high = 0;
    for (Bitmap part : parts) {
      high += part.height();
    }
    Bitmap all = new Bitmap(dots, high);
    int top = 0;
    for (Bitmap part : parts) {
      int from = Math.max(0, (dots - part.width()) / 2);
      for (int y = 0; y < part.height(); y++) {
        for (int x = 0; x < part.width() && from + x < dots; x++) {
          if (part.isBlack(x, y)) {
            all.blacken(from + x, top + y);
          }
        }
      }
      top += part.height();
    }
    return all;
  }
}
