package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Printer;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.Hardware.Width;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Printed;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Slip;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.device.VirtualPrinter.Nature;
import dev.countersign.client.ledger.SlipBook.Owed;
import dev.countersign.client.ledger.TillFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Papers of the drawer and of a shift that did not come out, on a printer that is really there. */
class OwedSlipsTest {
  @TempDir Path temp;
  private TillFixture till;
  private VirtualPrinter paper;
  private Printing printing;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    paper = VirtualPrinter.start(0, Nature.quick());
    printing = printing();
  }

  @AfterEach
  void close() throws Exception {
    paper.close();
    till.close();
  }

  @Test
  void whatIsPrintedIsNotOwed() {
    assertThat(printing.printOwing(printing.owe(slip()), slip()))
        .isInstanceOf(PrintOutcome.Printed.class);
    assertThat(printing.owed()).isEmpty();
    assertThat(paper.roll()).filteredOn(Printed.Kick.class::isInstance).hasSize(1);
  }

  @Test
  void whatDidNotComeOutOutlivesARestartAndIsPrintedOnceAndWhenAsked() throws Exception {
    paper.paper(0);
    assertThat(printing.printOwing(printing.owe(slip()), slip()))
        .isInstanceOf(PrintOutcome.Failed.class);
    till.reopen();
    printing = printing();
    assertThat(printing.printOwedReceipts(null))
        .isEqualTo(new Printing.Standing(Optional.of(Trouble.NO_PAPER), false, 1));
    paper.paper(10_000);
    assertThat(printing.printOwedReceipts(null))
        .isEqualTo(new Printing.Standing(Optional.empty(), false, 1));
    assertThat(texts()).as("nobody has asked").isEmpty();

    Owed owed = printing.owed().getFirst();
    assertThat(owed.name()).isEqualTo("Cash out · 5.00");
    assertThat(owed.mayBeOut()).isFalse();
    assertThat(printing.printOwed(owed)).isInstanceOf(PrintOutcome.Printed.class);
    assertThat(texts()).anyMatch(line -> line.contains("Reason: milk"));
    assertThat(texts()).as("it is the first").noneMatch(line -> line.contains("COPY"));
    assertThat(paper.roll())
        .as("at its moment, and not with the paper")
        .filteredOn(Printed.Kick.class::isInstance)
        .hasSize(1);
    assertThat(printing.owed()).isEmpty();
  }

  @Test
  void whatMayBeOutAlreadyIsACopy() {
    paper.paper(3);
    assertThat(printing.printOwing(printing.owe(slip()), slip()))
        .isInstanceOfSatisfying(
            PrintOutcome.Failed.class, failed -> assertThat(failed.begun()).isTrue());
    paper.paper(0);
    Owed half = printing.owed().getFirst();
    assertThat(half.mayBeOut()).isTrue();
    assertThat(printing.printOwed(half)).isInstanceOf(PrintOutcome.Failed.class);
    // Not begun this time: that it may be out is not forgotten by it.
    assertThat(printing.owed().getFirst().mayBeOut()).isTrue();
    paper.paper(10_000);
    printing.printOwed(printing.owed().getFirst());
    assertThat(texts()).filteredOn(line -> line.contains("*** COPY ***")).hasSize(2);
    assertThat(printing.owed()).isEmpty();
  }

  @Test
  void aTillThatDiedWhilePrintingCannotKnow() throws Exception {
    var slips = till.device().slips();
    slips.printing(slips.owe("Z report 1", slip().encode()));
    // It was another one's turn.
    slips.owe("Cash out", slip().encode());
    till.reopen();
    assertThat(printing().owed()).extracting(Owed::mayBeOut).containsExactly(true, false);
  }

  @Test
  void askingForACopyOfWhatIsOwedPrintsTheFirst() {
    paper.paper(0);
    printing.printOwing(printing.owe(slip()), slip());
    paper.paper(10_000);
    Slip copy = slip().asCopy("*** COPY ***");
    printing.printAgain(copy);
    assertThat(texts()).noneMatch(line -> line.contains("COPY"));
    printing.printAgain(copy);
    assertThat(texts()).filteredOn(line -> line.contains("COPY")).hasSize(2);
  }

  @Test
  void aPaperIsKeptAsItWas() {
    Slip slip = slip();
    Slip kept = Slip.decode(slip.encode());
    assertThat(kept.rows()).isEqualTo(slip.rows());
    assertThat(kept.name()).isEqualTo(slip.name());
    assertThat(kept.opensDrawer()).isFalse();
  }

  private static Slip slip() {
    return new Slip.Builder()
        .title("CASH OUT")
        .middle("R1")
        .pair("Shift 1", "12:00")
        .rule()
        .sum("Amount", "-5.00")
        .left("Reason: milk")
        .blank()
        .left("Signature")
        .build("Cash out · 5.00", true);
  }

  private Printing printing() throws Exception {
    var device = till.device();
    Counter counter =
        new Counter(
            device.hardware(),
            device.settings()::receiptLogo,
            () -> Locale.ENGLISH,
            PrintFonts::bundled,
            System::nanoTime);
    counter.save(TillFixture.approved(), at(paper.port()), new byte[0]);
    return new Printing(till.device(), ReceiptWords::english, counter);
  }

  private static Hardware at(int port) {
    return Hardware.none()
        .with(
            new Printer(
                Way.NETWORK,
                "127.0.0.1",
                port,
                19_200,
                Width.MM_80,
                PrinterProfile.wide().pages(),
                true,
                true,
                true,
                0));
  }

  private List<String> texts() {
    return paper.roll().stream()
        .filter(Printed.Text.class::isInstance)
        .map(each -> ((Printed.Text) each).text())
        .toList();
  }
}
