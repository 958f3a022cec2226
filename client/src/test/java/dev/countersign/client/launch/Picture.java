package dev.countersign.client.launch;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** A picture of a screen, kept small: a screen has few colours, and 256 of them are enough. */
final class Picture {
  private static final int COLOURS = 256;

  /** Squared distance below which two colours look the same. */
  private static final int CLOSE = 90;

  private final int width;
  private final int height;
  private final int[] pixels;

  Picture(WritableImage image) {
    width = (int) image.getWidth();
    height = (int) image.getHeight();
    pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
  }

  /** How many different colours there are: an empty window has next to none. */
  long colours() {
    return Arrays.stream(pixels).distinct().count();
  }

  void write(Path file) throws IOException {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Integer> palette = palette(counts);
    byte[][] channels = new byte[3][palette.size()];
    for (int i = 0; i < palette.size(); i++) {
      channels[0][i] = (byte) (palette.get(i) >> 16);
      channels[1][i] = (byte) (palette.get(i) >> 8);
      channels[2][i] = (byte) (int) palette.get(i);
    }
    var model = new IndexColorModel(8, palette.size(), channels[0], channels[1], channels[2]);
    var indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int index = nearest.computeIfAbsent(pixels[i] & 0xffffff, colour -> nearest(colour, palette));
      indexed.getRaster().setSample(i % width, i / width, 0, index);
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(indexed, "png", file.toFile());
  }

  /**
   * The most frequent colours, none of them close to one before it: so that a small dot keeps its.
   */
  private static List<Integer> palette(Map<Integer, Integer> counts) {
    List<Integer> byCount =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    List<Integer> palette = new ArrayList<>();
    for (int colour : byCount) {
      boolean apart =
          palette.size() < 16 || distance(colour, palette.get(nearest(colour, palette))) > CLOSE;
      if (apart && palette.size() < COLOURS) {
        palette.add(colour);
      }
    }
    return palette;
  }

  private static int distance(int one, int other) {
    int red = (one >> 16 & 255) - (other >> 16 & 255);
    int green = (one >> 8 & 255) - (other >> 8 & 255);
    int blue = (one & 255) - (other & 255);
    return red * red + green * green + blue * blue;
  }

  private static int nearest(int colour, List<Integer> palette) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int distance = distance(colour, palette.get(i));
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
