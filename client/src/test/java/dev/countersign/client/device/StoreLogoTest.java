package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.protocol.ReceiptLogo;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture file becomes dots that every printer of a store can print, or is refused. */
class StoreLogoTest {
  private static byte[] file(BufferedImage image, String format) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  /** White, with a black left half. */
  private static BufferedImage half(int wide, int high) {
    BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, wide, high);
    pen.setColor(Color.BLACK);
    pen.fillRect(0, 0, wide / 2, high);
    pen.dispose();
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void bothPapersGetTheirOwnPicture(String format) throws Exception {
    ReceiptLogo logo = StoreLogo.of(file(half(1152, 200), format));
    assertThat(logo.fits()).isTrue();
    for (PrinterProfile printer : List.of(PrinterProfile.wide(), PrinterProfile.narrow())) {
      Bitmap dots = StoreLogo.on(printer, logo);
      assertThat(dots.width()).isEqualTo(printer.dots());
      assertThat(dots.height()).isEqualTo(200 * printer.dots() / 1152);
      int middle = dots.width() / 2;
      assertThat(Seen.ink(dots, 0, middle - 8)).isEqualTo((middle - 8) * dots.height());
      assertThat(Seen.ink(dots, middle + 8, dots.width())).isZero();
    }
  }

  @Test
  void aSmallOneStaysSmallAndATallOneIsNoLongerThanPaperIsSpared() throws Exception {
    ReceiptLogo small = StoreLogo.of(file(half(24, 10), "png"));
    assertThat(small.wide()).hasSize(10).allMatch(row -> row.equals("pppaaa"));
    assertThat(small.narrow()).isEqualTo(small.wide());
    assertThat(StoreLogo.of(file(half(100, 3200), "png")).wide()).hasSize(ReceiptLogo.MOST_ROWS);
  }

  @Test
  void whatShinesThroughIsPaper() throws Exception {
    byte[] black = {0, 0};
    byte[] alpha = {0, -1};
    var palette = new IndexColorModel(1, 2, black, black, black, alpha);
    var image = new BufferedImage(16, 4, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int y = 0; y < 4; y++) {
      image.getRaster().setSample(0, y, 0, 1);
    }
    assertThat(StoreLogo.of(file(image, "png")).wide()).allMatch(row -> row.equals("iaaa"));
  }

  @Test
  void itIsPrintedAboveTheReceipt() throws Exception {
    PrinterProfile printer = PrinterProfile.narrow();
    ReceiptLogo logo = StoreLogo.of(file(half(80, 16), "png"));
    var format =
        new EscPosReceipt(
            printer,
            ReceiptWords.english(),
            ReceiptTemplate.usual().with(StoreLogo.on(printer, logo)),
            PrintFonts.bundled());
    List<Printed> paper = EscPosReader.read(format.bytes(Receipts.of(Receipts.cashSale())));
    Printed.Dots first =
        (Printed.Dots)
            paper.stream().filter(Printed.Dots.class::isInstance).findFirst().orElseThrow();
    assertThat(first.centred()).isTrue();
    assertThat(Seen.ink(first.dots(), 0, 40)).isEqualTo(40 * 16);
    assertThat(Seen.ink(first.dots(), 40, 80)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp", "wbmp"})
  void onlyThoseTwoFormatsAreTaken(String format) throws Exception {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY);
    byte[] file = file(image, format);
    assertThatThrownBy(() -> StoreLogo.of(file)).isInstanceOf(IOException.class);
  }

  @Test
  void aHugeOneIsRefusedBeforeItIsUnpackedAndALargeFileBeforeItIsReadAtAll() throws Exception {
    ByteBuffer png = ByteBuffer.wrap(Seen.png(1, 1));
    png.putInt(16, 100_000).putInt(20, 100_000);
    CRC32 check = new CRC32();
    check.update(png.array(), 12, 17);
    png.putInt(29, (int) check.getValue());
    assertThatThrownBy(() -> StoreLogo.of(png.array()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the picture is too large");
    assertThatThrownBy(() -> StoreLogo.of(new byte[StoreLogo.LARGEST_FILE + 1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the file is too large");
  }

  @Test
  void nothingInAPictureIsTakenForACardNumber() throws Exception {
    BufferedImage striped = half(576, 8);
    for (int x = 0; x < 576; x++) {
      for (int y = 0; y < 8; y++) {
        striped.setRGB(x, y, x / 3 % 2 == 0 ? 0xff000000 : 0xffffffff);
      }
    }
    for (String row : StoreLogo.of(file(striped, "png")).wide()) {
      assertThat(row).matches("[a-p]+");
    }
  }

  @Test
  void brokenFilesAreRefusedAndNothingElseHappens() throws Exception {
    byte[] png = file(half(40, 40), "png");
    byte[] jpeg = file(half(40, 40), "jpeg");
    for (byte[] whole : List.of(png, jpeg)) {
      for (int at = 0; at < whole.length; at += 3) {
        byte[] bent = whole.clone();
        bent[at] ^= 0x55;
        try {
          assertThat(StoreLogo.of(bent).fits()).isTrue();
        } catch (IOException _) {
          // Refused, as it should be.
        }
      }
    }
  }
}
