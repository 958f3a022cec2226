package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.Printed;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.device.VirtualPrinter.Nature;
import dev.countersign.client.ledger.SealedBatch;
import dev.countersign.client.port.Place;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.ReadBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody learns at the till; nothing of it is real, and everybody can see that. */
class TrainingTest {
  private static final String MARK = "TRAINING: nothing here is real";

  @TempDir Path directory;
  private Window window;

  @AfterEach
  void close() {
    if (window != null) {
      window.close();
    }
  }

  @Test
  void whatSomebodyLearnsLeavesNothingBehindButMarkedPaper() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick())) {
      window =
          new Window(directory)
              .printingOn(printer(paper))
              .enrolled(DeviceKind.TILL, 0)
              .open()
              .atTheCounter();
      var before = window.device().outbox().state().waiting();
      window.assertFits();

      train();
      sell();
      window.awaitText("Receipt TRAINING-000001");
      window.assertSees(MARK);
      paper.awaitText("TRAINING-000001");
      assertThat(texts(paper)).anyMatch(line -> line.contains("TRAINING - NOT A SALE"));
      assertThat(paper.roll()).noneMatch(Printed.Kick.class::isInstance);
      assertThat(paper.roll())
          .as("leads nobody to a log")
          .noneMatch(Printed.Code.class::isInstance);
      assertThat(window.device().outbox().state().waiting())
          .as("that somebody learns, and nothing of what they do")
          .isEqualTo(before + 1);
      assertThat(window.device().books().lastSale()).isEmpty();
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("cannot be set up in training");

      window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN);
      window.await(() -> !window.sees(MARK));
      window.awaitText("Ready for the next customer");
      window.await(() -> throwAways() == 0);
      sell();
      window.awaitText("Receipt R2-000001");
    }
  }

  @Test
  void whoLearnedAndWhenStandsInTheLogAndInNoBook() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    long before = window.device().outbox().state().waiting();
    train();
    sell();
    window.awaitText("Receipt TRAINING-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.unlock("Kofi B.");
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN);
    window.await(() -> !window.sees(MARK));
    window.await(() -> window.device().outbox().state().waiting() == before + 3);
    List<Change> noted = noted();
    assertThat(noted)
        .extracting(change -> ((TrainingSwitched) change.body()).begun())
        .containsExactly(true, true, false);
    assertThat(noted)
        .extracting(Change::actor)
        .containsExactly(Shelf.FIRST_USER, Shelf.SECOND_USER, Shelf.SECOND_USER);
    assertThat(noted).extracting(Change::entity).containsOnly(noted.getFirst().entity());
    assertThat(window.device().books().lastSale()).isEmpty();
  }

  /** What the real till will send of it. */
  private List<Change> noted() throws Exception {
    List<Change> noted = new ArrayList<>();
    for (SealedBatch batch : window.device().outbox().retire(0).batches()) {
      for (ReadBatch.Slice slice : BatchCodec.decode(batch.payload()).changes()) {
        Change change = ChangeCodec.decode(batch.payload(), slice.offset(), slice.length());
        if (change.body() instanceof TrainingSwitched) {
          noted.add(change);
        }
      }
    }
    return noted;
  }

  @Test
  void nobodyLearnsWhileASaleIsOnTheCounter() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("A sale is on the counter");
    window.awaitText("Sale · one item");
    assertThat(window.sees(MARK)).isFalse();
    assertThat(throwAways()).isZero();
  }

  @Test
  void theLockScreenLeadsThereAndBackAndIsMarkedMeanwhile() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.press(KeyCode.F5);
    window.awaitText(MARK);
    window.unlock("Kofi B.");
    window.awaitText("Open shift");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.assertSees(MARK);
    window.press(KeyCode.F5);
    window.await(() -> !window.sees(MARK));
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
    window.await(() -> throwAways() == 0);
  }

  @Test
  void whatAKilledProgramLeftIsGoneWithTheNextStart() throws Exception {
    new Window(directory).enrolled(DeviceKind.TILL, 0);
    Path left = directory.resolve("device").resolve("training-left");
    Files.createDirectories(left);
    Files.writeString(left.resolve("store.db"), "what nobody can read any more");
    window = new Window(directory).open();
    assertThat(left).doesNotExist();
    window.atTheCounter();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyLanguageSaysThatNothingIsReal(Language language) throws Exception {
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .speaking(language, TextSize.USUAL)
            .open(Look.LIGHT, 1024, 768);
    String mark = Words.beside(Surface.class, new Speech(language)).say("environment.training");
    window.press(KeyCode.F5);
    window.awaitText(mark);
    window.unlock("Ama K.");
    window.awaitText(Words.beside(TillController.class, new Speech(language)).say("opening.title"));
    assertThat(throwAways()).isOne();
    assertThat(window.device().outbox().state().waiting()).as("that somebody learns").isOne();
    window.awaitText(mark);
    window.assertFits();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void itCannotBeOverlooked(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768);
    window.atTheCounter();
    train();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    camera.picture(window, "training-selling");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    camera.picture(window, "training-paying");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt TRAINING-000001");
    camera.picture(window, "training-receipt");
    assertThat(camera.defects()).isEmpty();
  }

  private void train() {
    window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Training has begun");
    window.awaitText("Open shift");
    window.type("10000");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.assertSees(MARK);
  }

  private void sell() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
  }

  private long throwAways() {
    try (Stream<Path> within = Files.list(directory.resolve("device"))) {
      return within.filter(each -> each.getFileName().toString().startsWith("training-")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(VirtualPrinter paper) {
    return paper.roll().stream()
        .filter(Printed.Text.class::isInstance)
        .map(line -> ((Printed.Text) line).text())
        .toList();
  }

  private static EscPosPrinter printer(VirtualPrinter paper) {
    PrinterProfile wide = PrinterProfile.wide();
    PrintFonts fonts = PrintFonts.bundled();
    return new EscPosPrinter(
        new Place.Network("127.0.0.1", paper.port()),
        wide,
        new EscPosReceipt(wide, ReceiptWords.english(), ReceiptTemplate.usual(), fonts),
        fonts,
        System::nanoTime);
  }
}
