package dev.countersign.client.device;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shop wants on its receipts. What the law and the customer need (number, time, lines,
 * total, taxes, how it was paid, the marks of a copy and of practice) is always on them.
 *
 * @param header own lines above; none means those of the shop's settings
 * @param footer own lines below; likewise
 * @param store the store's name
 * @param register the register's name
 * @param cashier who sold
 * @param code the QR code that leads to the proof
 * @param logo above everything; null for none
 */
public record ReceiptTemplate(
    List<String> header,
    List<String> footer,
    boolean store,
    boolean register,
    boolean cashier,
    boolean code,
    @Nullable Bitmap logo) {
  /** Lines of each block; more is no receipt any more. */
  public static final int MOST_LINES = 12;

  private static final int HIGHEST_LOGO = 320;

  public ReceiptTemplate {
    header = List.copyOf(header);
    footer = List.copyOf(footer);
    if (header.size() > MOST_LINES || footer.size() > MOST_LINES) {
      throw new IllegalArgumentException("more than " + MOST_LINES + " lines");
    }
  }

  /** All there is, as the shop's settings have it, without a logo. */
  public static ReceiptTemplate usual() {
    return new ReceiptTemplate(List.of(), List.of(), true, true, true, true, null);
  }

  /** The same with this picture above. */
  public ReceiptTemplate with(@Nullable Bitmap other) {
    return new ReceiptTemplate(header, footer, store, register, cashier, code, other);
  }

  /**
   * A picture file as dots, no wider than the printer's paper.
   *
   * @param file PNG, JPEG, GIF or BMP
   * @throws IOException when it is no such picture, or a huge one
   */
  public static Bitmap logoOf(byte[] file, int dots) throws IOException {
    return PictureFile.dots(PictureFile.read(file, Set.of()), dots, HIGHEST_LOGO);
  }

  /** The logo, where this printer can print it; one made for wider paper is left out. */
  @Nullable Bitmap logoFor(PrinterProfile printer) {
    Bitmap dots = logo;
    return dots == null || !printer.pictures() || dots.width() > printer.dots() ? null : dots;
  }
}
