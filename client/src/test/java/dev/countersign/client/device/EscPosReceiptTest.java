package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.client.device.EscPosReceipt.Printer;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.crypto.Hash;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EscPosReceiptTest {
  private static final ReceiptWords WORDS = ReceiptWords.english();
  private final EscPosReceipt usual = new EscPosReceipt(Printer.usual(), WORDS);

  @ParameterizedTest
  @EnumSource(CodePage.class)
  void thePrinterReadsBackExactlyTheLaidOutLines(CodePage page) {
    Receipt receipt = Receipts.of(Receipts.cashSale(), "practice", "CSR1 x", true);
    for (int columns : new int[] {32, 42}) {
      var format = new EscPosReceipt(new Printer(columns, page, 4, true), WORDS);

      var read = EscPosReader.of(format.bytes(receipt));

      assertThat(read.lines)
          .isEqualTo(new ReceiptText(columns, WORDS, page::printable).lay(receipt));
      assertThat(read.started).isOne();
      assertThat(read.international).isZero();
      assertThat(read.cuts).isOne();
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

    var read = EscPosReader.of(usual.bytes(Receipts.of(sale)));

    for (int i = 1; i <= 200; i++) {
      String name = "Item " + i;
      assertThat(read.lines).anyMatch(line -> line.text().equals(name));
    }
    assertThat(read.lines).anyMatch(line -> line.text().endsWith("400.00"));
    assertThat(read.cuts).isOne();
  }

  @Test
  void theDrawerOpensForCash() {
    assertThat(EscPosReader.of(usual.bytes(Receipts.of(Receipts.cashSale()))).drawerKicks).isOne();
  }

  @Test
  void theDrawerStaysShutForCardsCopiesAndPractice() {
    assertThat(EscPosReader.of(usual.bytes(Receipts.of(Receipts.cardSale()))).drawerKicks).isZero();
    var copy = Receipts.of(Receipts.cashSale(), "production", null, true);
    assertThat(EscPosReader.of(usual.bytes(copy)).drawerKicks).isZero();
    var practice = Receipts.of(Receipts.cashSale(), "practice", null, false);
    assertThat(EscPosReader.of(usual.bytes(practice)).drawerKicks).isZero();
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

    var read = EscPosReader.of(usual.bytes(Receipts.of(sale)));

    assertThat(read.drawerKicks).isZero();
    assertThat(read.cuts).isOne();
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

    var read =
        EscPosReader.of(usual.bytes(Receipts.of(Receipts.cashSale(), "production", check, false)));

    assertThat(read.qrCodes).containsExactly(check);
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
    var plain = new EscPosReceipt(new Printer(32, CodePage.PC437, 0, false), WORDS);

    var read =
        EscPosReader.of(plain.bytes(Receipts.of(Receipts.cashSale(), "production", "CSR1", false)));

    assertThat(read.qrCodes).isEmpty();
    assertThat(read.cuts).isZero();
  }

  @Test
  void anImpossibleQrSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Printer(42, CodePage.PC437, 17, true));
  }
}
