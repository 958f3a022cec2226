package dev.countersign.client.device;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;

/** Looks at pictures as a scanner and as an eye does. */
final class Seen {
  private Seen() {}

  /** What the one code in the picture says. */
  static String code(BufferedImage image) throws Exception {
    int w = image.getWidth();
    int h = image.getHeight();
    LuminanceSource light = new RGBLuminanceSource(w, h, image.getRGB(0, 0, w, h, null, 0, w));
    return new MultiFormatReader().decode(new BinaryBitmap(new HybridBinarizer(light))).getText();
  }

  /** How many black dots lie between two columns. */
  static int ink(Bitmap dots, int from, int to) {
    int ink = 0;
    for (int y = 0; y < dots.height(); y++) {
      for (int x = from; x < to; x++) {
        ink += dots.isBlack(x, y) ? 1 : 0;
      }
    }
    return ink;
  }

  /** A black picture. */
  static byte[] png(int wide, int high) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
