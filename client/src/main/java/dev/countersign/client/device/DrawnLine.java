package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Place;
import dev.countersign.client.device.ReceiptLine.Style;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/**
 * Draws a line of a receipt whose letters no page of the printer has: Arabic with its letters
 * joined and from right to left, Chinese, or a name that mixes alphabets. Amounts stay at their
 * edge; a part that is too wide is made narrower, never cut.
 */
final class DrawnLine {
  /** Dots that a character of the printer's own font is wide and high. */
  static final int CELL = 12;

  static final int CELL_HIGH = 24;
  private static final float SIZE = 20;
  private static final FontRenderContext DOTS = new FontRenderContext(null, true, true);

  private record Part(TextLayout layout, double squeeze) {
    double width() {
      return layout.getAdvance() * squeeze;
    }
  }

  private DrawnLine() {}

  static Bitmap draw(ReceiptLine line, PrintFonts fonts) {
    boolean loud = line.style() == Style.LOUD;
    int dots = line.columns() * CELL * (loud ? 2 : 1);
    float size = loud ? SIZE * 2 : SIZE;
    boolean heavy = line.style() != Style.NORMAL;
    Part right = part(line.right(), size, heavy, dots, fonts);
    double taken = right == null ? 0 : right.width() + CELL;
    Part left = part(line.left(), size, heavy, Math.max(CELL, dots - taken), fonts);
    double above = Math.max(above(left), above(right));
    double below = Math.max(below(left), below(right));
    int high = Math.max(loud ? CELL_HIGH * 2 : CELL_HIGH, (int) Math.ceil(above + below) + 2);
    BufferedImage paper = new BufferedImage(dots, high, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = paper.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, dots, high);
    pen.setColor(Color.BLACK);
    double base = above + (high - above - below) / 2;
    if (left != null) {
      put(pen, left, line.place() == Place.CENTRE ? (dots - left.width()) / 2 : 0, base);
    }
    if (right != null) {
      put(pen, right, dots - right.width(), base);
    }
    pen.dispose();
    return Bitmap.of(paper);
  }

  private static @Nullable Part part(
      String text, float size, boolean heavy, double room, PrintFonts fonts) {
    if (text.isBlank()) {
      return null;
    }
    TextLayout layout = new TextLayout(fonts.dressed(text, size, heavy).getIterator(), DOTS);
    return new Part(layout, Math.min(1, room / layout.getAdvance()));
  }

  /** Of what is really drawn: some letters reach beyond what their font says. */
  private static double above(@Nullable Part part) {
    if (part == null) {
      return 0;
    }
    Rectangle2D bounds = part.layout().getBounds();
    return Math.max(part.layout().getAscent(), -bounds.getMinY());
  }

  private static double below(@Nullable Part part) {
    return part == null
        ? 0
        : Math.max(part.layout().getDescent(), part.layout().getBounds().getMaxY());
  }

  private static void put(Graphics2D pen, Part part, double x, double base) {
    AffineTransform before = pen.getTransform();
    pen.translate(x, base);
    pen.scale(part.squeeze(), 1);
    part.layout().draw(pen, 0, 0);
    pen.setTransform(before);
  }
}
