package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.crypto.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EscPosReceiptTest {
  private static final ReceiptWords WORDS = ReceiptWords.english();
  private static final PrintFonts FONTS = PrintFonts.bundled();
  private final EscPosReceipt usual = format(PrinterProfile.wide());

  @ParameterizedTest
  @EnumSource(CodePage.class)
  void thePrinterReadsBackExactlyTheLaidOutLines(CodePage page) {
    Receipt receipt = Receipts.of(Receipts.cashSale(), "practice", "CSR1 x", true);
    for (int columns : new int[] {32, 42}) {
      var format = format(new PrinterProfile(columns, List.of(page), 4, true, false, 0));

      byte[] bytes = format.bytes(receipt);

      assertThat(texts(bytes))
          .isEqualTo(format.lines(receipt).stream().map(ReceiptLine::text).toList());
      assertThat(EscPosReader.read(bytes)).filteredOn(Printed.Cut.class::isInstance).hasSize(1);
      assertThat(bytes).startsWith(0x1b, '@', 0x1b, 'R', 0, 0x1b, 't', page.number());
    }
  }

  @Test
  void aReceiptOfTwoHundredLinesIsWhole() {
    var sale =
        Receipts.sale(
            IntStream.rangeClosed(1, 200)
                .mapToObj(i -> Receipts.line(i, "Item " + i, "2", 100L, 200))
                .toList(),
            List.of(new Paid(Means.CASH, 40_000, "", "")),
            0,
            0);

    byte[] bytes = usual.bytes(Receipts.of(sale));

    for (int i = 1; i <= 200; i++) {
      String name = "Item " + i;
      assertThat(texts(bytes)).anyMatch(line -> line.equals(name));
    }
    assertThat(texts(bytes)).anyMatch(line -> line.endsWith("400.00"));
    assertThat(count(bytes, Printed.Cut.class)).isOne();
  }

  @Test
  void theDrawerOpensForCash() {
    assertThat(count(usual.bytes(Receipts.of(Receipts.cashSale())), Printed.Kick.class)).isOne();
  }

  @Test
  void theDrawerStaysShutForCardsCopiesAndPractice() {
    assertThat(count(usual.bytes(Receipts.of(Receipts.cardSale())), Printed.Kick.class)).isZero();
    var copy = Receipts.of(Receipts.cashSale(), "production", null, true);
    assertThat(count(usual.bytes(copy), Printed.Kick.class)).isZero();
    var practice = Receipts.of(Receipts.cashSale(), "practice", null, false);
    assertThat(count(usual.bytes(practice), Printed.Kick.class)).isZero();
  }

  @Test
  void aProductsNameCannotCommandThePrinter() {
    var sale =
        Receipts.sale(
            List.of(
                Receipts.line(1, "Tea\u001bp\u0000\u0019\u00fa\u001dV\u0000\u0085", "1", 1L, 1)),
            List.of(new Paid(Means.CARD, 1, "", "")),
            0,
            0);

    byte[] bytes = usual.bytes(Receipts.of(sale));

    assertThat(count(bytes, Printed.Kick.class)).isZero();
    assertThat(count(bytes, Printed.Cut.class)).isOne();
  }

  @Test
  void theQrCodeCarriesTheCheckText() {
    String check =
        ReceiptCheck.of(
                new UUID(7, 1),
                new UUID(7, 2),
                new UUID(7, 3),
                Receipts.cashSale(),
                Hash.of(new byte[] {1}))
            .text();

    assertThat(
            EscPosReader.read(
                usual.bytes(Receipts.of(Receipts.cashSale(), "production", check, false))))
        .contains(new Printed.Code(check, 4));
    assertThat(check)
        .isEqualTo(
            "CSR1 00000000-0000-0007-0000-000000000001 00000000-0000-0007-0000-000000000002"
                + " 00000000-0000-0007-0000-000000000003 A7-000042 2433 EUR"
                + " 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a");
  }

  @Test
  void theLinkLeadsToThePageOfTheSale() {
    var check =
        ReceiptCheck.of(
            new UUID(7, 1),
            new UUID(7, 2),
            new UUID(7, 3),
            Receipts.cashSale(),
            Hash.of(new byte[] {1}));

    assertThat(check.link("https://shop.example:8443"))
        .isEqualTo(
            "https://shop.example:8443/receipt/00000000-0000-0007-0000-000000000001"
                + "/00000000-0000-0007-0000-000000000002/00000000-0000-0007-0000-000000000003"
                + "/4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a");
  }

  @Test
  void aPrinterWithoutQrCodesOrKnifeIsAskedForNeither() {
    var plain = format(new PrinterProfile(32, List.of(CodePage.PC437), 0, false, false, 0));

    byte[] bytes = plain.bytes(Receipts.of(Receipts.cashSale(), "production", "CSR1", false));

    assertThat(count(bytes, Printed.Code.class)).isZero();
    assertThat(count(bytes, Printed.Dots.class)).isZero();
    assertThat(count(bytes, Printed.Cut.class)).isZero();
  }

  @Test
  void aCodeThatThePrinterCannotMakeIsDrawnAndReads() throws Exception {
    var drawing = format(new PrinterProfile(32, List.of(CodePage.PC437), 0, true, true, 0));
    String check = "https://shop.example/receipt/" + "0123456789abcdef".repeat(10);

    List<Printed> printed =
        EscPosReader.read(
            drawing.bytes(Receipts.of(Receipts.cashSale(), "production", check, false)));

    assertThat(Seen.code(new PaperPicture(FONTS).image(printed, 32))).isEqualTo(check);
  }

  @Test
  void anArabicNameIsDrawnOnItsLineAndItsAmountIsWithIt() {
    var sale =
        Receipts.sale(
            List.of(
                Receipts.line(1, "شاي أخضر بالنعناع", "1", 450L, 450),
                Receipts.line(2, "Tea", "1", 300L, 300)),
            List.of(new Paid(Means.CARD, 750, "", "")),
            0,
            0);

    List<Printed> printed = EscPosReader.read(usual.bytes(Receipts.of(sale)));

    assertThat(printed)
        .filteredOn(Printed.Text.class::isInstance)
        .extracting(each -> ((Printed.Text) each).text())
        .noneMatch(text -> text.contains("?"))
        .anyMatch(text -> text.startsWith("Tea") && text.endsWith("3.00"));
    Bitmap drawn =
        printed.stream()
            .filter(Printed.Dots.class::isInstance)
            .map(each -> ((Printed.Dots) each).dots())
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(drawn.width()).isEqualTo(42 * 12);
    assertThat(Seen.ink(drawn, 0, 12)).as("letters at the left edge").isPositive();
    assertThat(Seen.ink(drawn, 42 * 12 - 48, 42 * 12)).as("the amount at the right").isPositive();
  }

  @Test
  void halfAReceiptIsCutOffBeforeTheWholeOne() {
    Receipt receipt = Receipts.of(Receipts.cashSale());
    List<Printed> printed = EscPosReader.read(EscPosReceipt.joined(usual.pieces(receipt, true)));
    assertThat(printed.getFirst()).isInstanceOf(Printed.Cut.class);
    assertThat(printed.getLast()).isInstanceOf(Printed.Cut.class);
  }

  @Test
  void theTemplateDecidesWhatIsShownAndNeverHidesTheMarks() throws Exception {
    var template =
        new ReceiptTemplate(
                List.of("Own head"), List.of("Own foot"), false, false, false, false, null)
            .with(ReceiptTemplate.logoOf(Seen.png(40, 20), 504));
    var format = new EscPosReceipt(PrinterProfile.wide(), WORDS, template, FONTS);

    byte[] bytes = format.bytes(Receipts.of(Receipts.cashSale(), "practice", "code", true));

    assertThat(texts(bytes))
        .anyMatch(line -> line.contains("Own head"))
        .anyMatch(line -> line.contains("Own foot"))
        .anyMatch(line -> line.contains("COPY"))
        .anyMatch(line -> line.contains("NOT A SALE"))
        .anyMatch(line -> line.contains("A7-000042"))
        .noneMatch(line -> line.contains("Corner Shop"))
        .noneMatch(line -> line.contains("Robin"))
        .noneMatch(line -> line.contains("Front"));
    assertThat(count(bytes, Printed.Code.class)).isZero();
    assertThat(count(bytes, Printed.Dots.class)).isOne();
  }

  /** A few bytes can say a hundred thousand dots by a hundred thousand: forty gigabytes. */
  @Test
  void aPictureThatUnpacksToMoreThanThereIsRoomForIsRefusedBeforeItIsUnpacked() throws Exception {
    ByteBuffer png = ByteBuffer.wrap(Seen.png(1, 1));
    png.putInt(16, 100_000).putInt(20, 100_000);
    CRC32 check = new CRC32();
    check.update(png.array(), 12, 17);
    png.putInt(29, (int) check.getValue());
    assertThatThrownBy(() -> ReceiptTemplate.logoOf(png.array(), 504))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void whatIsNoPictureIsNoLogo() {
    assertThatThrownBy(() -> ReceiptTemplate.logoOf(new byte[] {1, 2, 3}, 504))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void anImpossiblePrinterIsRefused() {
    List<CodePage> pages = List.of(CodePage.PC437);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrinterProfile(42, pages, 17, true, true, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrinterProfile(12, pages, 4, true, true, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrinterProfile(42, List.of(), 4, true, true, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrinterProfile(42, pages, 4, true, true, 2));
  }

  private static EscPosReceipt format(PrinterProfile printer) {
    return new EscPosReceipt(printer, WORDS, ReceiptTemplate.usual(), FONTS);
  }

  private static List<String> texts(byte[] bytes) {
    return EscPosReader.read(bytes).stream()
        .filter(Printed.Text.class::isInstance)
        .map(each -> ((Printed.Text) each).text())
        .toList();
  }

  private static long count(byte[] bytes, Class<? extends Printed> kind) {
    return EscPosReader.read(bytes).stream().filter(kind::isInstance).count();
  }
}
