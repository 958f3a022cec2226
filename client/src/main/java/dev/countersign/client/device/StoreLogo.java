package dev.countersign.client.device;

import dev.countersign.common.protocol.ReceiptLogo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The logo of a store between a picture file of the office and the printers of its tills. */
public final class StoreLogo {
  /** The largest picture file, in bytes. */
  public static final int LARGEST_FILE = 512 * 1024;

  private static final Set<String> FORMATS = Set.of("png", "jpeg");
  private static final String LETTERS = "abcdefghijklmnop";

  private StoreLogo() {}

  /**
   * A picture file as dots for both widths of paper.
   *
   * @param file PNG or JPEG, at most {@link #LARGEST_FILE} bytes
   * @throws IOException when it is no such picture, or a huge one
   */
  public static ReceiptLogo of(byte[] file) throws IOException {
    if (file.length > LARGEST_FILE) {
      throw new IOException("the file is too large");
    }
    BufferedImage picture = PictureFile.read(file, FORMATS);
    return new ReceiptLogo(
        letters(PictureFile.dots(picture, ReceiptLogo.WIDE_DOTS, ReceiptLogo.MOST_ROWS)),
        letters(PictureFile.dots(picture, ReceiptLogo.NARROW_DOTS, ReceiptLogo.MOST_ROWS)));
  }

  /**
   * The one of the two that fits this printer.
   *
   * @return null when there is none, or nothing that can be printed
   */
  public static @Nullable Bitmap on(PrinterProfile printer, ReceiptLogo logo) {
    if (logo.none() || !logo.fits()) {
      return null;
    }
    return dots(printer.dots() < ReceiptLogo.WIDE_DOTS ? logo.narrow() : logo.wide());
  }

  private static List<String> letters(Bitmap dots) {
    List<String> rows = new ArrayList<>();
    for (int y = 0; y < dots.height(); y++) {
      StringBuilder row = new StringBuilder();
      for (byte eight : dots.rows(y, 1)) {
        row.append(LETTERS.charAt(eight >> 4 & 0xf)).append(LETTERS.charAt(eight & 0xf));
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static Bitmap dots(List<String> rows) {
    int bytesWide = rows.getFirst().length() / 2;
    byte[] bits = new byte[bytesWide * rows.size()];
    int at = 0;
    for (String row : rows) {
      for (int i = 0; i < row.length(); i += 2) {
        bits[at++] =
            (byte) (LETTERS.indexOf(row.charAt(i)) << 4 | LETTERS.indexOf(row.charAt(i + 1)));
      }
    }
    return new Bitmap(bytesWide, rows.size(), bits);
  }
}
