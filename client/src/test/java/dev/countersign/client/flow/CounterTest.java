package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Printer;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.Hardware.Width;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Printed;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.device.VirtualPrinter.Nature;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ReceiptLogoItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.ReceiptLogo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterTest {
  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void whatIsSavedHoldsWithTheNextReceiptAndAfterARestart() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick())) {
      Counter counter = counter();
      Printing printing = printing(counter);
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      assertThat(printing.printReceipts(null)).as("no printer, nothing owed").isEmpty();

      counter.save(TillFixture.approved(), on(paper.port()), new byte[0]);
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      assertThat(printing.printReceipts(null)).isEmpty();
      assertThat(texts(paper)).anyMatch(line -> line.contains("R1-000002"));

      till.reopen();
      assertThat(counter().setup()).isEqualTo(on(paper.port()));
    }
  }

  @Test
  void aReceiptOfWhichNothingWasPrintedIsNoCopyAndAHalfOneIs() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick())) {
      Counter counter = counter();
      counter.save(TillFixture.approved(), on(paper.port()), new byte[0]);
      Printing printing = printing(counter);
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      paper.paper(0);
      assertThat(printing.printReceipts(null).orElseThrow().trouble()).isEqualTo(Trouble.NO_PAPER);
      paper.paper(10_000);
      assertThat(printing.printReceipts(null)).isEmpty();
      assertThat(texts(paper)).noneMatch(line -> line.contains("COPY"));

      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      paper.paper(5);
      assertThat(printing.printReceipts(null).orElseThrow().begun()).isTrue();
      paper.paper(10_000);
      assertThat(printing.printReceipts(null)).isEmpty();
      assertThat(texts(paper)).anyMatch(line -> line.contains("COPY"));
      assertThat(printing.printReceipts(null)).as("nothing is owed any more").isEmpty();
    }
  }

  /** A till may be locked, or it may be the next morning, when its printer has paper again. */
  @Test
  void onlyTheSaleThatWasPaidJustNowOpensTheDrawer() throws Exception {
    till.close();
    till = TillFixture.real(temp.resolve("real"));
    till.openShift();
    try (var paper = VirtualPrinter.start(0, Nature.quick())) {
      Counter counter = counter();
      counter.save(TillFixture.approved(), on(paper.port()), new byte[0]);
      Printing printing = printing(counter);
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      var now = till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      assertThat(printing.printReceipts(now.id())).isEmpty();
      assertThat(paper.roll()).filteredOn(Printed.Kick.class::isInstance).hasSize(1);
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      assertThat(printing.printReceipts(null)).isEmpty();
      assertThat(texts(paper)).anyMatch(line -> line.contains("R1-000003"));
      assertThat(paper.roll()).filteredOn(Printed.Kick.class::isInstance).hasSize(1);
    }
  }

  @Test
  void aCopyIsMarkedAndFoundByItsNumber() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick())) {
      Counter counter = counter();
      Printing printing = printing(counter);
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      printing.printReceipts(null);
      counter.save(TillFixture.approved(), on(paper.port()), new byte[0]);
      var books = till.device().books();
      for (String typed : List.of("1", "R1-000001", " r1-000001 ")) {
        assertThat(books.saleByReceipt(typed)).as(typed).isPresent();
      }
      for (String typed : List.of("", "2", "R2-000001", "R1-000009", "x")) {
        assertThat(books.saleByReceipt(typed)).as(typed).isEmpty();
      }
      assertThat(printing.printCopy(books.saleByReceipt("1").orElseThrow()))
          .isEqualTo(new PrintOutcome.Printed(true));
      assertThat(texts(paper)).anyMatch(line -> line.contains("COPY"));
      assertThat(paper.roll()).noneMatch(Printed.Kick.class::isInstance);
    }
  }

  @Test
  void aCashierAloneChangesNothing() {
    Counter counter = counter();
    assertThatThrownBy(() -> counter.save(TillFixture.cashier(), on(9100), new byte[0]))
        .isInstanceOf(NotPermittedException.class);
    assertThat(counter.setup()).isEqualTo(Hardware.none());
  }

  @Test
  void whatIsNoPictureIsNotSavedAsALogo() {
    Counter counter = counter();
    assertThatThrownBy(() -> counter.save(TillFixture.approved(), on(9100), new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class);
    assertThat(counter.setup()).isEqualTo(Hardware.none());
  }

  @Test
  void theStoresLogoIsPrintedUntilItIsTakenAwayWhereTheTillHasNoneOfItsOwn() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick())) {
      Counter counter = counter();
      Printing printing = printing(counter);
      counter.save(TillFixture.approved(), on(paper.port()), new byte[0]);
      assertThat(logos(paper, printing)).isEmpty();

      hear(11, new ReceiptLogoItem(new ReceiptLogo(rows("p", 40), rows("p", 24))));
      assertThat(logos(paper, printing)).as("the narrow one").containsExactly(24 * 4);
      assertThat(counter.template().logo()).as("on a PDF too").isNotNull();

      counter.save(TillFixture.approved(), on(paper.port()), picture(16));
      assertThat(logos(paper, printing)).as("its own").containsExactly(16);
      counter.save(TillFixture.approved(), on(paper.port()), new byte[0]);
      assertThat(logos(paper, printing)).containsExactly(24 * 4);

      hear(12, new ReceiptLogoItem(new ReceiptLogo(rows("x", 40), rows("x", 24))));
      assertThat(logos(paper, printing)).as("what cannot be printed is not").isEmpty();
      hear(13, new ReceiptLogoItem(new ReceiptLogo(rows("p", 40), rows("p", 24))));
      assertThat(logos(paper, printing)).hasSize(1);
      hear(14, null);
      assertThat(logos(paper, printing)).isEmpty();
    }
  }

  private static List<String> rows(String letter, int letters) {
    return Collections.nCopies(8, letter.repeat(letters));
  }

  private static byte[] picture(int wide) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(wide, 8, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private void hear(long cursor, @Nullable FeedBody body) throws Exception {
    UUID store = new UUID(4, 9);
    FeedItem item =
        body == null
            ? new FeedItem(cursor, "receipt-logo", store, true, null)
            : FeedItem.of(cursor, store, body);
    till.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(item)));
  }

  /** How wide what stands in dots on the next receipt is. */
  private List<Integer> logos(VirtualPrinter paper, Printing printing) throws Exception {
    int before = paper.roll().size();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
    assertThat(printing.printReceipts(null)).isEmpty();
    return paper.roll().stream()
        .skip(before)
        .filter(Printed.Dots.class::isInstance)
        .map(each -> ((Printed.Dots) each).dots().width())
        .toList();
  }

  @Test
  void thePreviewIsThePictureOfThePaper() throws Exception {
    byte[] png =
        counter()
            .preview(
                on(9100),
                new byte[0],
                printing(counter()).sample("Sample product", TillFixture.NOON));
    var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(32 * 12 + 40);
    assertThat(image.getHeight()).isGreaterThan(500);
  }

  private Counter counter() {
    return new Counter(
        till.device().hardware(),
        till.device().settings()::receiptLogo,
        () -> Locale.ENGLISH,
        PrintFonts::bundled,
        System::nanoTime);
  }

  private Printing printing(Counter counter) {
    return new Printing(till.device(), ReceiptWords::english, counter);
  }

  private static Hardware on(int port) {
    return Hardware.none()
        .with(
            new Printer(
                Way.NETWORK,
                "127.0.0.1",
                port,
                19_200,
                Width.MM_58,
                PrinterProfile.wide().pages(),
                true,
                true,
                true,
                0));
  }

  private static List<String> texts(VirtualPrinter paper) {
    return paper.roll().stream()
        .filter(Printed.Text.class::isInstance)
        .map(each -> ((Printed.Text) each).text())
        .toList();
  }
}
