package dev.countersign.client.device;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Dots on paper, black or none. Rows are padded to whole bytes, the leftmost dot in the highest
 * bit, as printers take them.
 */
public final class Bitmap {
  private static final int BLACK = 0xff000000;
  private static final int WHITE = 0xffffffff;
  private static final int HALF = 128;
  private final int width;
  private final int height;
  private final byte[] bits;

  /**
   * An empty one.
   *
   * @param width dots, 1 or more
   */
  public Bitmap(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(width + " x " + height + " dots");
    }
    this.width = width;
    this.height = height;
    this.bits = new byte[stride() * height];
  }

  /** Of rows as they come from a printer's command. */
  Bitmap(int bytesWide, int height, byte[] rows) {
    this(bytesWide * 8, height);
    System.arraycopy(rows, 0, bits, 0, bits.length);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Bytes in a row. */
  int stride() {
    return (width + 7) / 8;
  }

  public boolean isBlack(int x, int y) {
    return (bits[y * stride() + x / 8] & 0x80 >> x % 8) != 0;
  }

  void blacken(int x, int y) {
    bits[y * stride() + x / 8] |= (byte) (0x80 >> x % 8);
  }

  /** The rows from {@code from} on, as many as {@code count}. */
  byte[] rows(int from, int count) {
    return Arrays.copyOfRange(bits, from * stride(), (from + count) * stride());
  }

  /** What is darker than half is black: for text and drawings. */
  static Bitmap of(BufferedImage image) {
    Bitmap dots = new Bitmap(image.getWidth(), image.getHeight());
    for (int y = 0; y < dots.height; y++) {
      for (int x = 0; x < dots.width; x++) {
        if (lightness(image.getRGB(x, y)) < HALF) {
          dots.blacken(x, y);
        }
      }
    }
    return dots;
  }

  /** Shades become more or fewer dots (Floyd and Steinberg, 1976): for pictures. */
  static Bitmap dithered(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    Bitmap dots = new Bitmap(w, h);
    float[][] light = new float[h + 1][w + 2];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        light[y][x + 1] += lightness(image.getRGB(x, y));
        boolean black = light[y][x + 1] < HALF;
        if (black) {
          dots.blacken(x, y);
        }
        float error = light[y][x + 1] - (black ? 0 : 255);
        light[y][x + 2] += error * 7 / 16;
        light[y + 1][x] += error * 3 / 16;
        light[y + 1][x + 1] += error * 5 / 16;
        light[y + 1][x + 2] += error / 16;
      }
    }
    return dots;
  }

  /** 0 black to 255 white; what shines through is paper. */
  private static int lightness(int argb) {
    int alpha = argb >>> 24;
    int grey = ((argb >> 16 & 0xff) * 299 + (argb >> 8 & 0xff) * 587 + (argb & 0xff) * 114) / 1000;
    return (grey * alpha + 255 * (255 - alpha)) / 255;
  }

  /** For a screen. */
  BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, isBlack(x, y) ? BLACK : WHITE);
      }
    }
    return image;
  }
}
