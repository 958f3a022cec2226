package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Place;
import dev.countersign.client.device.ReceiptLine.Style;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.FontSelector;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfWriter;

/**
 * A receipt as a PDF of one page, as wide as the paper and as long as the receipt. Its text is
 * text: it can be searched and read aloud. Safe for any thread.
 */
public final class ReceiptPdf {
  private static final float MARGIN = 14;
  private static final float WIDTH = 227;
  private static final float SIZE = 8.5f;
  private static final float LINE = 12;
  private static final float LOUD_LINE = 22;
  private static final float LOGO_HIGH = 60;
  private static final float CODE = 90;

  private final BaseFont regular;
  private final BaseFont bold;
  private final BaseFont arabic;

  /** Takes the fonts that come with the program. */
  public ReceiptPdf() {
    regular = font("CountersignInter-Regular.otf");
    bold = font("CountersignInter-Bold.otf");
    arabic = font("NotoSansArabic-Regular.ttf");
  }

  private static BaseFont font(String name) {
    try {
      return BaseFont.createFont(
          name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, PrintFonts.bytes(name), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The document.
   *
   * @param title what a reader shows in its window
   * @param code what the QR code carries; null for none
   * @param logo above everything; null for none
   */
  public byte[] of(
      String title, List<ReceiptLine> lines, @Nullable String code, @Nullable Bitmap logo) {
    float high = 2 * MARGIN + (logo == null ? 0 : LOGO_HIGH + LINE) + (code == null ? 0 : CODE);
    for (ReceiptLine line : lines) {
      high += line.style() == Style.LOUD ? LOUD_LINE : LINE;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Document document = new Document(new Rectangle(WIDTH, high))) {
      PdfWriter writer = PdfWriter.getInstance(document, out);
      document.addTitle(title);
      document.addCreator("Countersign");
      document.open();
      PdfContentByte page = writer.getDirectContent();
      float top = high - MARGIN;
      if (logo != null) {
        picture(page, logo, top, WIDTH - 2 * MARGIN, LOGO_HIGH);
        top -= LOGO_HIGH + LINE;
      }
      for (ReceiptLine line : lines) {
        top -= line.style() == Style.LOUD ? LOUD_LINE : LINE;
        put(page, line, top);
      }
      if (code != null) {
        picture(page, Symbols.qr(code, 2), top, CODE, CODE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void picture(PdfContentByte page, Bitmap dots, float top, float wide, float high)
      throws IOException {
    Image image = Image.getInstance(dots.image(), Color.WHITE, true);
    image.scaleToFit(wide, high);
    image.setAbsolutePosition((WIDTH - image.getScaledWidth()) / 2, top - image.getScaledHeight());
    page.addImage(image);
  }

  private void put(PdfContentByte page, ReceiptLine line, float y) {
    if (line.left().startsWith("---") && line.right().isEmpty()) {
      page.setLineWidth(0.5f);
      page.moveTo(MARGIN, y + SIZE / 3);
      page.lineTo(WIDTH - MARGIN, y + SIZE / 3);
      page.stroke();
      return;
    }
    boolean centred = line.place() == Place.CENTRE;
    text(
        page,
        line.left().stripTrailing(),
        line.style(),
        centred ? Element.ALIGN_CENTER : Element.ALIGN_LEFT,
        centred ? WIDTH / 2 : MARGIN + indent(line.left()),
        y);
    text(page, line.right(), line.style(), Element.ALIGN_RIGHT, WIDTH - MARGIN, y);
  }

  private static float indent(String text) {
    return (text.length() - text.stripLeading().length()) * SIZE / 3;
  }

  private void text(PdfContentByte page, String text, Style style, int align, float x, float y) {
    if (text.isBlank()) {
      return;
    }
    float size = style == Style.LOUD ? SIZE * 1.7f : SIZE;
    FontSelector fonts = new FontSelector();
    fonts.addFont(new Font(style == Style.NORMAL ? regular : bold, size));
    fonts.addFont(new Font(arabic, size));
    Phrase phrase = fonts.process(text.strip());
    boolean fromRight = text.codePoints().anyMatch(ReceiptPdf::isFromRight);
    ColumnText.showTextAligned(
        page,
        align,
        phrase,
        x,
        y,
        0,
        fromRight ? PdfWriter.RUN_DIRECTION_RTL : PdfWriter.RUN_DIRECTION_LTR,
        0);
  }

  private static boolean isFromRight(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
