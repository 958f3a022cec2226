package dev.countersign.client.device;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
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
  private static final int MOST_PIXELS = 16_000_000;

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
    BufferedImage picture = picture(file);
    double scale =
        Math.min(
            1,
            Math.min(
                (double) dots / picture.getWidth(), (double) HIGHEST_LOGO / picture.getHeight()));
    int wide = Math.max(1, (int) (picture.getWidth() * scale));
    int high = Math.max(1, (int) (picture.getHeight() * scale));
    BufferedImage fitted = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = fitted.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(picture, 0, 0, wide, high, null);
    pen.dispose();
    return Bitmap.dithered(fitted);
  }

  /** Few bytes can say millions of dots: the size is asked for before anything is unpacked. */
  private static BufferedImage picture(byte[] file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("not a picture that can be read");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          throw new IOException("the picture is too large");
        }
        return reader.read(0);
      } catch (RuntimeException e) {
        throw new IOException("not a picture that can be read", e);
      } finally {
        reader.dispose();
      }
    }
  }

  /** The logo, where this printer can print it; one made for wider paper is left out. */
  @Nullable Bitmap logoFor(PrinterProfile printer) {
    Bitmap dots = logo;
    return dots == null || !printer.pictures() || dots.width() > printer.dots() ? null : dots;
  }
}
