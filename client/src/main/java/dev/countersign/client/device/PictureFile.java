package dev.countersign.client.device;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A picture that somebody chose, taken apart with care: nothing that it says of itself is true. */
final class PictureFile {
  private static final int MOST_PIXELS = 16_000_000;

  private PictureFile() {}

  /**
   * Its first picture.
   *
   * @param formats names of the formats that are taken, in small letters; none for all that can be
   *     read
   * @throws IOException when it is no such picture, or a huge one
   */
  static BufferedImage read(byte[] file, Set<String> formats) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          if (formats.isEmpty()
              || formats.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
            return read(reader, in);
          }
        } finally {
          reader.dispose();
        }
      }
      throw new IOException("not a picture that can be read");
    }
  }

  /**
   * Few bytes can say millions of dots, so the size is asked for before anything is unpacked; texts
   * and colour tables beside the picture are not unpacked at all.
   */
  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    try {
      reader.setInput(in, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
        throw new IOException("the picture is too large");
      }
      return reader.read(0);
    } catch (RuntimeException e) {
      throw new IOException("not a picture that can be read", e);
    }
  }

  /** The same as dots, made smaller where it is wider or higher than that, never larger. */
  static Bitmap dots(BufferedImage picture, int mostWide, int mostHigh) {
    double scale =
        Math.min(
            1,
            Math.min(
                (double) mostWide / picture.getWidth(), (double) mostHigh / picture.getHeight()));
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
}
