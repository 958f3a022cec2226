package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class ReceiptPdfTest {
  private static final ReceiptPdf PDF = new ReceiptPdf();

  @Test
  void everyLineOfTheReceiptCanBeReadInTheDocument() throws Exception {
    List<ReceiptLine> lines =
        ReceiptText.forScreen(42, ReceiptWords.english()).lay(Receipts.of(Receipts.cashSale()));

    String text = textOf(PDF.of("Receipt A7-000042", lines, "https://shop.example/r", null));

    for (ReceiptLine line : lines) {
      if (!line.left().startsWith("--")) {
        assertThat(text).contains(line.left().strip()).contains(line.right().strip());
      }
    }
  }

  @Test
  void aLongReceiptIsOneLongPage() throws Exception {
    var sale =
        Receipts.sale(
            java.util.stream.IntStream.rangeClosed(1, 200)
                .mapToObj(i -> Receipts.line(i, "Item " + i, "2", 100L, 200))
                .toList(),
            List.of(new Paid(Means.CASH, 40_000, "", "")),
            0,
            0);
    byte[] pdf =
        PDF.of(
            "Receipt",
            ReceiptText.forScreen(42, ReceiptWords.english()).lay(Receipts.of(sale)),
            null,
            ReceiptTemplate.logoOf(Seen.png(200, 80), 504));
    PdfReader reader = new PdfReader(pdf);
    assertThat(reader.getNumberOfPages()).isOne();
    assertThat(textOf(pdf)).contains("Item 200").contains("400.00");
  }

  @Test
  void arabicStandsInItWithItsOwnLetters() throws Exception {
    var sale =
        Receipts.sale(
            List.of(Receipts.line(1, "شاي", "1", 450L, 450)),
            List.of(new Paid(Means.CARD, 450, "", "")),
            0,
            0);
    String text =
        textOf(
            PDF.of(
                "Receipt",
                ReceiptText.forScreen(42, ReceiptWords.english()).lay(Receipts.of(sale)),
                null,
                null));
    assertThat(java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC))
        .containsAnyOf("شاي", "ياش");
  }

  private static String textOf(byte[] pdf) throws Exception {
    PdfReader reader = new PdfReader(pdf);
    return new PdfTextExtractor(reader).getTextFromPage(1);
  }
}
