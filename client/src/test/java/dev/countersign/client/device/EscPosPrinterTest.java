package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.VirtualPrinter.Nature;
import dev.countersign.client.port.Place;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a printer on a real port, with its moods. */
class EscPosPrinterTest {
  private static final PrintFonts FONTS = PrintFonts.bundled();
  private static final PrinterProfile WIDE = PrinterProfile.wide();
  private static final EscPosReceipt FORMAT =
      new EscPosReceipt(WIDE, ReceiptWords.english(), ReceiptTemplate.usual(), FONTS);
  private static final Delivery.Patience SHORT =
      new Delivery.Patience(
          Duration.ofMillis(300),
          Duration.ofMillis(1200),
          Duration.ofMillis(50),
          Duration.ofMillis(200));
  private static final Receipt LONG =
      Receipts.of(
          Receipts.sale(
              IntStream.rangeClosed(1, 200)
                  .mapToObj(i -> Receipts.line(i, "Item " + i, "2", 100L, 200))
                  .toList(),
              List.of(new Paid(Means.CASH, 40_000, "", "")),
              0,
              0));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLongReceiptComesOutWholeOnAPrinterThatIsSlowerThanEveryPatience(boolean speaks)
      throws Exception {
    try (var virtual = VirtualPrinter.start(0, new Nature(Duration.ofMillis(8), 16, speaks))) {
      long begun = System.nanoTime();

      assertThat(at(virtual.port()).print(LONG)).isEqualTo(new PrintOutcome.Printed(speaks));

      virtual.awaitText("Thank you");
      assertThat(texts(virtual))
          .containsAll(FORMAT.lines(LONG).stream().map(ReceiptLine::text).toList());
      if (speaks) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .as("it took longer than one stretch without progress may")
            .isGreaterThan(SHORT.progress());
        assertThat(virtual.roll().getLast()).isInstanceOf(Printed.Cut.class);
      }
    }
  }

  @Test
  void aPrinterWithoutPaperOpensTheDrawerAtOnceAndNoMoreWithThePaperThatComesLater()
      throws Exception {
    try (var virtual = VirtualPrinter.start(0, Nature.quick())) {
      virtual.paper(0);
      assertThat(at(virtual.port()).print(LONG))
          .isEqualTo(new PrintOutcome.Failed(Trouble.NO_PAPER, false, ""));
      while (virtual.roll().isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(virtual.roll()).containsExactly(new Printed.Kick(0));
      assertThat(at(virtual.port()).print(LONG.afterwards()))
          .isEqualTo(new PrintOutcome.Failed(Trouble.NO_PAPER, false, ""));
      virtual.paper(1000);
      assertThat(at(virtual.port()).state())
          .isEqualTo(new EscPosPrinter.State(java.util.Optional.empty(), true, false));
      assertThat(virtual.roll()).hasSize(1);
      assertThat(at(virtual.port()).print(LONG.afterwards()))
          .isEqualTo(new PrintOutcome.Printed(true));
      assertThat(virtual.roll()).filteredOn(Printed.Kick.class::isInstance).hasSize(1);
    }
  }

  @Test
  void anOpenCoverIsSaid() throws Exception {
    try (var virtual = VirtualPrinter.start(0, Nature.quick())) {
      virtual.cover(true);
      assertThat(at(virtual.port()).print(LONG))
          .isEqualTo(new PrintOutcome.Failed(Trouble.COVER_OPEN, false, ""));
    }
  }

  @Test
  void paperThatEndsInTheMiddleIsSaidAndTheWholeReceiptFollowsOnAPaperOfItsOwn() throws Exception {
    try (var virtual = VirtualPrinter.start(0, Nature.quick())) {
      var printer = at(virtual.port());
      virtual.paper(150);
      assertThat(printer.print(LONG))
          .isEqualTo(new PrintOutcome.Failed(Trouble.NO_PAPER, true, ""));
      virtual.paper(10_000);
      assertThat(printer.print(LONG)).isEqualTo(new PrintOutcome.Printed(true));
      List<Printed> roll = virtual.roll();
      int lastCut = lastCutBefore(roll, roll.size() - 1);
      assertThat(lastCut).as("the half is cut off").isPositive();
      assertThat(roll.subList(lastCut + 1, roll.size() - 1))
          .filteredOn(Printed.Text.class::isInstance)
          .extracting(each -> ((Printed.Text) each).text())
          .isEqualTo(FORMAT.lines(LONG).stream().map(ReceiptLine::text).toList());
    }
  }

  @Test
  void aPrinterThatDiesInTheMiddleIsSaidAndPrintsAgainWhenItIsBack() throws Exception {
    try (var virtual = VirtualPrinter.start(0, new Nature(Duration.ofMillis(1), 16, true))) {
      var printer = at(virtual.port());
      virtual.dieAfter(100);
      assertThat(printer.print(LONG))
          .isInstanceOfSatisfying(
              PrintOutcome.Failed.class,
              failed -> {
                assertThat(failed.trouble()).isEqualTo(Trouble.GONE);
                assertThat(failed.begun()).isTrue();
              });
      virtual.revive();
      assertThat(printer.print(Receipts.of(Receipts.cashSale())))
          .isEqualTo(new PrintOutcome.Printed(true));
      assertThat(texts(virtual)).anyMatch(line -> line.startsWith("Espresso beans"));
    }
  }

  @Test
  void aPrinterThatIsOffIsSaid() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(at(port).print(LONG))
        .isInstanceOfSatisfying(
            PrintOutcome.Failed.class,
            failed -> {
              assertThat(failed.trouble()).isEqualTo(Trouble.AWAY);
              assertThat(failed.begun()).isFalse();
            });
    assertThat(at(port).state().trouble()).contains(Trouble.AWAY);
  }

  @Test
  void aPrinterThatTakesNothingIsGivenUpAfterAStretchWithoutProgress() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var whole = new java.util.ArrayList<>(FORMAT.pieces(LONG, false));
      // More than the buffers of the network between hold.
      byte[] rows = new byte[8 + 63 * 255];
      System.arraycopy(new byte[] {0x1d, 'v', '0', 0, 63, 0, (byte) 255, 0}, 0, rows, 0, 8);
      for (int i = 0; i < 2000; i++) {
        whole.add(rows);
      }
      try (var line =
          new Place.Network("127.0.0.1", deaf.getLocalPort()).open(Duration.ofSeconds(1))) {
        assertThat(new Delivery(line, SHORT, System::nanoTime).bring(whole, null))
            .isInstanceOfSatisfying(
                PrintOutcome.Failed.class,
                failed -> {
                  assertThat(failed.trouble()).isEqualTo(Trouble.STUCK);
                  assertThat(failed.begun()).isTrue();
                });
      }
    }
  }

  @Test
  void aDeviceFileThatIsNotThereIsNotMade() {
    Path none = Path.of("/dev/countersign-no-such-printer");
    var printer = at(new Place.DeviceFile(none));
    assertThat(printer.print(LONG))
        .isInstanceOfSatisfying(
            PrintOutcome.Failed.class,
            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.NO_PORT));
    assertThat(none).doesNotExist();
  }

  @Test
  void aDeviceFileTakesReceiptsAndAFullOneIsSaid() {
    assertThat(at(new Place.DeviceFile(Path.of("/dev/null"))).print(LONG))
        .isEqualTo(new PrintOutcome.Printed(false));
    assertThat(at(new Place.DeviceFile(Path.of("/dev/full"))).print(LONG))
        .isInstanceOfSatisfying(
            PrintOutcome.Failed.class,
            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.GONE));
  }

  @Test
  void theDrawerOpensWithoutPaper() throws Exception {
    try (var virtual = VirtualPrinter.start(0, Nature.quick())) {
      assertThat(at(virtual.port()).kick()).isEqualTo(new PrintOutcome.Printed(true));
      assertThat(virtual.roll()).containsExactly(new Printed.Kick(0));
    }
  }

  @Test
  void aLabelsBarcodeReadsAsTheProductsNumber() throws Exception {
    try (var virtual = VirtualPrinter.start(0, Nature.quick())) {
      var label = new PriceLabel("Jameson Irish Whiskey", "750 ml", "32.99", "080432400432");
      assertThat(at(virtual.port()).print(List.of(label)))
          .isEqualTo(new PrintOutcome.Printed(true));
      assertThat(Seen.code(new PaperPicture(FONTS).image(virtual.roll(), 42)))
          .isIn("080432400432", "0080432400432");
    }
  }

  @Test
  void twoJobsAtOnceDoNotMix() throws Exception {
    try (var virtual = VirtualPrinter.start(0, Nature.quick())) {
      var printer = at(virtual.port());
      var first = CompletableFuture.supplyAsync(() -> printer.print(LONG));
      var second = CompletableFuture.supplyAsync(() -> printer.print(LONG));
      assertThat(first.get()).isEqualTo(new PrintOutcome.Printed(true));
      assertThat(second.get()).isEqualTo(new PrintOutcome.Printed(true));
      List<String> lines = FORMAT.lines(LONG).stream().map(ReceiptLine::text).toList();
      List<String> twice = new java.util.ArrayList<>(lines);
      twice.addAll(lines);
      assertThat(texts(virtual)).isEqualTo(twice);
    }
  }

  private static EscPosPrinter at(int port) {
    return at(new Place.Network("127.0.0.1", port));
  }

  private static EscPosPrinter at(Place place) {
    return new EscPosPrinter(place, WIDE, FORMAT, FONTS, SHORT, System::nanoTime);
  }

  private static int lastCutBefore(List<Printed> roll, int index) {
    int at = index - 1;
    while (at >= 0 && !(roll.get(at) instanceof Printed.Cut)) {
      at--;
    }
    return at;
  }

  private static List<String> texts(VirtualPrinter virtual) {
    return virtual.roll().stream()
        .filter(Printed.Text.class::isInstance)
        .map(each -> ((Printed.Text) each).text())
        .toList();
  }
}
