package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** What came out of a printer, as a picture: each character in its cell, each dot where it is. */
public final class PaperPicture {
  private static final int MARGIN = 20;
  private static final Color PAPER = new Color(0xfdfcf7);
  private static final Color INK = new Color(0x1b1b1b);
  private static final Color KNIFE = new Color(0xb0b0b0);
  private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);
  private static final float SIZE = 19;

  private final PrintFonts fonts;

  public PaperPicture(PrintFonts fonts) {
    this.fonts = fonts;
  }

  /** A receipt as this format prints it, as PNG. */
  public byte[] png(EscPosReceipt format, Receipt receipt) {
    return png(EscPosReader.read(format.bytes(receipt)), format.columns());
  }

  /**
   * The roll as PNG.
   *
   * @param columns of the paper
   */
  public byte[] png(List<Printed> roll, int columns) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image(roll, columns), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BufferedImage image(List<Printed> roll, int columns) {
    int dots = columns * DrawnLine.CELL;
    int high = 2 * MARGIN + roll.stream().mapToInt(PaperPicture::height).sum();
    BufferedImage image = new BufferedImage(dots + 2 * MARGIN, high, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(PAPER);
    pen.fillRect(0, 0, image.getWidth(), high);
    int top = MARGIN;
    for (Printed each : roll) {
      switch (each) {
        case Printed.Text(String text, Style style) -> text(pen, text, style, top);
        case Printed.Dots(Bitmap picture, boolean centred) ->
            dots(pen, picture, centred ? (dots - picture.width()) / 2 : 0, top);
        case Printed.Code(String content, int size) -> {
          Bitmap code = Symbols.qr(content, size);
          dots(pen, code, (dots - code.width()) / 2, top);
        }
        case Printed.Cut _ -> knife(pen, image.getWidth(), top);
        case Printed.Feed _, Printed.Kick _ -> {}
      }
      top += height(each);
    }
    pen.dispose();
    return image;
  }

  private static int height(Printed each) {
    return switch (each) {
      case Printed.Text(_, Style style) ->
          style == Style.LOUD ? DrawnLine.CELL_HIGH * 2 + 6 : DrawnLine.CELL_HIGH + 6;
      case Printed.Dots(Bitmap picture, _) -> picture.height();
      case Printed.Code(String content, int size) -> Symbols.qr(content, size).height();
      case Printed.Cut _ -> 2 * DrawnLine.CELL_HIGH;
      case Printed.Feed(int lines) -> lines * (DrawnLine.CELL_HIGH + 6);
      case Printed.Kick _ -> 0;
    };
  }

  private void text(Graphics2D pen, String text, Style style, int top) {
    int cell = style == Style.LOUD ? DrawnLine.CELL * 2 : DrawnLine.CELL;
    float size = style == Style.LOUD ? SIZE * 2 : SIZE;
    float base = top + (style == Style.LOUD ? 40 : 20);
    pen.setColor(INK);
    int at = 0;
    for (int c : text.codePoints().toArray()) {
      if (c != ' ') {
        TextLayout letter =
            new TextLayout(
                fonts.dressed(Character.toString(c), size, style != Style.NORMAL).getIterator(),
                SMOOTH);
        float room = Math.min(1, cell / letter.getAdvance());
        var before = pen.getTransform();
        pen.translate(MARGIN + at * cell + (cell - letter.getAdvance() * room) / 2, base);
        pen.scale(room, 1);
        letter.draw(pen, 0, 0);
        pen.setTransform(before);
      }
      at++;
    }
  }

  private static void dots(Graphics2D pen, Bitmap picture, int left, int top) {
    pen.setColor(INK);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (picture.isBlack(x, y)) {
          pen.fillRect(MARGIN + left + x, top + y, 1, 1);
        }
      }
    }
  }

  private static void knife(Graphics2D pen, int wide, int top) {
    pen.setColor(KNIFE);
    pen.setStroke(
        new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {8, 8}, 0));
    pen.drawLine(0, top + DrawnLine.CELL_HIGH, wide, top + DrawnLine.CELL_HIGH);
  }
}
