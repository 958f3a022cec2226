package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePrinterTest {
  private final EscPosReceipt format =
      new EscPosReceipt(
          PrinterProfile.wide(),
          ReceiptWords.english(),
          ReceiptTemplate.usual(),
          PrintFonts.bundled());

  @TempDir Path folder;

  @Test
  void receiptsFollowEachOtherWhole() throws Exception {
    var printer = new FilePrinter(folder.resolve("receipts.bin"), format);
    var first = Receipts.of(Receipts.cashSale());
    var second = Receipts.of(Receipts.cardSale());

    assertThat(printer.print(first)).isEqualTo(new PrintOutcome.Printed(true));
    assertThat(printer.print(second)).isEqualTo(new PrintOutcome.Printed(true));

    var both = new ByteArrayOutputStream();
    both.writeBytes(format.bytes(first));
    both.writeBytes(format.bytes(second));
    assertThat(Files.readAllBytes(folder.resolve("receipts.bin"))).isEqualTo(both.toByteArray());
  }

  @Test
  void aFaultIsAnAnswerAndNoException() {
    var printer = new FilePrinter(folder.resolve("missing").resolve("receipts.bin"), format);
    assertThat(printer.print(Receipts.of(Receipts.cashSale())))
        .isInstanceOfSatisfying(
            PrintOutcome.Failed.class,
            failed -> assertThat(failed.detail()).contains("receipts.bin"));
  }

  @Test
  void noPrinterOwesNoPaper() {
    assertThat(new NoPrinter().print(Receipts.of(Receipts.cashSale())))
        .isEqualTo(new PrintOutcome.Printed(false));
  }
}
