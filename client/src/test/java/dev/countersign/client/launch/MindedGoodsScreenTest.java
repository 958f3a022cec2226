package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Dialog;
import dev.countersign.client.device.Hardware.Scale;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.VirtualScale;
import dev.countersign.client.device.VirtualScale.Rest;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.SaleHours;
import dev.countersign.common.sale.Weighing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// Long because everything that is minded of goods is worked here.
/** Ages, hours, deposits, empties and weights, worked with keys alone. */
class MindedGoodsScreenTest {
  private static final UUID BOTTLE = Shelf.id("deposit bottle");
  private static final String LAGER = "00012345000102";
  private static final String EMPTY = "00012345000119";
  private static final String CIDER = "00012345000126";
  private static final String APPLES = "00012345000133";
  private static final String FLOWERS = "00012345000140";

  /** Cider is sold from the evening on. */
  private static List<FeedItem> goods() {
    List<FeedItem> items = new ArrayList<>();
    items.add(
        FeedItem.of(
            1,
            Shelf.id("settings"),
            new SettingsItem(
                    "Central City Liquor",
                    "Central City Liquor",
                    List.of("1 Main Street", "Central City"),
                    List.of("Thank you, and see you soon"),
                    "USD",
                    0,
                    "HALF_UP",
                    "CASH",
                    0,
                    "UTC")
                .with(
                    GoodsSettings.USUAL
                        .with(List.of(new SaleHours("cider", List.of(), 17 * 60, 23 * 60)))
                        .with(500))));
    Handling beer =
        Handling.NONE.withLeastAge(18).withDeposits(List.of(new Deposit(BOTTLE, Quantity.ONE)));
    items.add(product(Shelf.id("lager"), "Harbour Lager", "500 ml", 220, LAGER, beer));
    items.add(product(BOTTLE, "Bottle deposit", "", 25, EMPTY, Handling.NONE.withContainer(true)));
    items.add(
        product(
            Shelf.id("cider"),
            "Orchard Cider",
            "330 ml",
            195,
            CIDER,
            Handling.NONE.withLeastAge(18).withRestricted("cider")));
    items.add(
        product(Shelf.id("apples"), "Apples", "", 299, APPLES, Handling.NONE.withWeighed(true)));
    items.add(
        product(Shelf.id("flowers"), "Flowers", "", 0, FLOWERS, Handling.NONE.withOpenPrice(true)));
    return items;
  }

  private static FeedItem product(
      UUID id, String name, String size, long price, String code, Handling handling) {
    return FeedItem.of(
        1,
        id,
        new ProductItem(
            code.substring(8),
            name,
            "Beer",
            size,
            price,
            List.of(Shelf.TAX),
            List.of(new Barcode(code, Quantity.ONE)),
            handling));
  }

  @TempDir Path directory;
  private Window window;
  private final List<Receipt> paper = new CopyOnWriteArrayList<>();

  @BeforeEach
  void atTheCounter() throws Exception {
    window =
        new Window(directory)
            .printingInto(paper)
            .enrolled(DeviceKind.TILL, 0, goods())
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void approve() {
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.await(() -> !window.sees("A supervisor approves"));
  }

  private SaleCompleted paid(int receipt) {
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    return printed(receipt);
  }

  @Test
  void anOpenPriceIsTypedOnThePad() {
    window.scan(FLOWERS);
    window.awaitText("Its price is open");
    window.press(KeyCode.ENTER);
    window.awaitText("Type what one is to cost");
    window.type("1250");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    SaleCompleted sale = paid(1);
    assertThat(sale.lines().getFirst().unit()).isEqualTo(1250);
    assertThat(sale.lines().getFirst().listed()).isNull();
  }

  @Test
  void pastItsBestIsSaidInItsOwnWordsAndWhoSellsItStandsInTheSale() {
    window.scan("]C101" + FLOWERS + "15261120");
    window.awaitText("Past its best");
    window.click("Sell it all the same");
    window.awaitText("Its price is open");
    window.type("300");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    assertThat(paid(1).lines().getFirst().beside().soldPast()).isNotNull();
  }

  /** The sheet stays, the scan is refused aloud, and what was typed so far stands. */
  @Test
  void aScanOverTheQuestionForAPriceIsRefusedAndLosesNothing() {
    window.scan(FLOWERS);
    window.awaitText("Its price is open");
    window.type("12");
    window.scan(Shelf.VODKA);
    window.awaitText("First the price of Flowers.");
    window.assertSees("Its price is open");
    window.assertFits();
    assertThat(window.device().ledger().draft()).isEmpty();
    window.type("50");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 2 items");
    assertThat(paid(1).lines().getFirst().unit()).isEqualTo(1250);
  }

  @Test
  void aScanOverTheQuestionForAWeightIsRefusedAndLosesNothing() {
    window.scan(APPLES);
    window.awaitText("Type the weight of the goods alone");
    window.scan(Shelf.VODKA);
    window.awaitText("First the weight of Apples.");
    window.assertFits();
    window.type("0.75");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    assertThat(paid(1).lines()).extracting(Line::name).containsExactly("Apples");
  }

  /** Two scans before the first sheet is there: the second is refused as well. */
  @Test
  void ofTwoScansThatAskTheFirstIsAskedAndTheOtherIsRefused() {
    Runnable answered = window.holdAnswers();
    window.scan(FLOWERS);
    window.scan(APPLES);
    answered.run();
    window.awaitText("First the price of Flowers.");
    window.assertSees("Its price is open");
    assertThat(window.sees("Type the weight of the goods alone")).isFalse();
  }

  @Test
  void aQuestionForAnAgeIsAskedBehindAPriceThatNobodyGave() {
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.scan(FLOWERS);
    window.awaitText("Its price is open");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Is the customer 18 or older?");
    window.press(KeyCode.F5);
    window.awaitText("Sale · one item");
    assertThat(paid(1).lines()).extracting(Line::name).contains("Harbour Lager 500 ml");
  }

  @Test
  void outOfHoursAndScannedOverTheQuestionStands() {
    window.scan(CIDER);
    window.awaitText("Not at this hour");
    window.scan(Shelf.VODKA);
    window.awaitText("First decide about Orchard Cider.");
    window.assertSees("Not at this hour");
  }

  private SaleCompleted printed(int receipt) {
    window.awaitText("Receipt R2-00000" + receipt);
    window.await(() -> paper.size() == receipt);
    return paper.getLast().sale();
  }

  private List<String> lastPaper() {
    return ReceiptText.forScreen(ReceiptText.WIDE, ReceiptWords.english())
        .lay(paper.getLast())
        .stream()
        .map(ReceiptLine::text)
        .toList();
  }

  @Test
  void theAgeIsAskedOnceAndEnterLeavesTheGoodsOut() {
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.assertSees("Nov 21, 2008");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    assertThat(window.device().ledger().draft()).isEmpty();
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.scan(LAGER);
    window.press(KeyCode.F6);
    window.awaitText("Sale · 2 items");
    window.assertSees("Bottle deposit");
    window.assertSees("4.90");
    window.scan(LAGER);
    window.awaitText("Sale · 3 items");
    SaleCompleted sale = paid(1);
    assertThat(sale.age()).isEqualTo(new AgeCheck(18, AgeCheck.How.DOCUMENT));
    assertThat(sale.lines()).extracting(Line::quantity).containsOnly(Quantity.of(3));
    assertThat(lastPaper())
        .containsSequence(
            "Harbour Lager 500 ml",
            "  3 × 2.20                            6.60",
            "  Bottle deposit",
            "  3 × 0.25                            0.75");
  }

  /** Who is too young to sell it themselves says what they saw, and another person agrees. */
  @Test
  void whoseRoleAsksForItSellsGoodsWithAnAgeOnAnotherPersonsWord() throws Exception {
    window.close();
    List<FeedItem> items = goods();
    items.addAll(ApprovalTest.cashierWhoAsks(PermissionKey.SALE_AGE));
    window = new Window(directory.resolve("young")).enrolled(DeviceKind.TILL, 0, items);
    window.open().atTheCounter();
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.press(KeyCode.F6);
    window.awaitText("A supervisor approves");
    window.assertSees("Goods with a minimum age");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("A supervisor approves"));
    assertThat(window.device().ledger().draft()).isEmpty();
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.press(KeyCode.F6);
    approve();
    window.awaitText("Sale · one item");
    window.scan(LAGER);
    window.awaitText("Sale · 2 items");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    var sale = window.device().books().lastSale().orElseThrow().body();
    assertThat(sale.age()).isEqualTo(new AgeCheck(18, AgeCheck.How.DOCUMENT));
    assertThat(sale.agreed()).containsExactly(new SaleCompleted.Agreed("sale.age", Shelf.MANAGER));
  }

  @Test
  void outOfHoursASupervisorAnswersAndTheAgeIsStillAsked() {
    window.scan(CIDER);
    window.awaitText("Not at this hour");
    window.assertSees("17:00 to 23:00");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.scan(CIDER);
    window.awaitText("Not at this hour");
    window.click("Sell it all the same");
    approve();
    window.awaitText("Is the customer 18 or older?");
    window.press(KeyCode.F5);
    window.awaitText("Sale · one item");
    SaleCompleted sale = paid(1);
    assertThat(sale.agreed())
        .containsExactly(new SaleCompleted.Agreed("sale.hours", Shelf.MANAGER));
  }

  @Test
  void deletingADepositDeletesItsGoodsAndUndoBringsBothBack() {
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.press(KeyCode.F5);
    window.awaitText("Sale · one item");
    window.press(KeyCode.DOWN);
    window.press(KeyCode.DELETE);
    window.awaitText("voided");
    assertThat(window.device().ledger().draft().orElseThrow().liveLines()).isEmpty();
    window.click("Undo");
    window.awaitText("Sale · one item");
    assertThat(window.device().ledger().draft().orElseThrow().liveLines()).hasSize(2);
  }

  @Test
  void theDepositComesBackWithItsGoods() {
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    window.press(KeyCode.F5);
    window.awaitText("Sale · one item");
    paid(1);
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 2.20");
    window.type("+");
    window.awaitText("To give back");
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    window.type("1");
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.ENTER);
    approve();
    SaleCompleted refund = printed(2);
    assertThat(refund.total()).isEqualTo(-245);
    assertThat(refund.lines()).allMatch(line -> line.refunds() != null);
  }

  @Test
  void emptiesAreScannedWithOneKeyAndPaidOutInCash() {
    window.press(KeyCode.E, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Empties: scan what comes back");
    window.scan(EMPTY);
    window.awaitText("−0.25");
    window.scan(LAGER);
    window.awaitText("−0.50");
    window.scan(Shelf.JAMESON);
    window.awaitText("No deposit is paid back for Jameson");
    window.type("19*");
    window.scan(EMPTY);
    approve();
    window.awaitText("−5.25");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F12);
    window.awaitText("Give back");
    window.press(KeyCode.ENTER);
    SaleCompleted sale = printed(1);
    assertThat(sale.total()).isEqualTo(-525);
    assertThat(lastPaper())
        .containsSequence(
            "Empties returned", "Bottle deposit", "  -21 × 0.25                         -5.25");
  }

  @Test
  void aSecondCustomersEmptiesAreBeyondTheShiftsLimitAndASupervisorIsAsked() throws Exception {
    SettingsItem settings = window.device().settings().current();
    var replica = window.device().replica();
    replica.apply(
        new FeedPage(
            replica.epoch(),
            replica.cursor() + 1,
            false,
            List.of(
                FeedItem.of(
                    replica.cursor() + 1,
                    Shelf.id("settings"),
                    settings.with(GoodsSettings.USUAL.inShift(100L))))));
    for (int customer = 1; customer <= 2; customer++) {
      window.press(KeyCode.E, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("Empties: scan what comes back");
      window.type("3*");
      window.scan(EMPTY);
      if (customer == 2) {
        window.awaitText("A supervisor approves");
        window.press(KeyCode.ESCAPE);
        window.awaitText("Empties above 1.00 in a shift need a supervisor");
        window.assertFits();
        window.type("3*");
        window.scan(EMPTY);
        approve();
      }
      window.awaitText("−0.75");
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.F12);
      window.awaitText("Give back");
      window.press(KeyCode.ENTER);
      assertThat(printed(customer).total()).isEqualTo(-75);
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
    }
    assertThat(window.device().ledger().emptiesPaid()).isEqualTo(75);
  }

  @Test
  void goodsAreWeighedLessTheirContainerAndTypedWhereNoScaleAnswers() throws Exception {
    try (VirtualScale scale = VirtualScale.start(0, Dialog.SICS)) {
      setUp(scale.port());
      scale.lay(30, Rest.STILL);
      window.scan(APPLES);
      window.awaitText("It says 0.030 kg.");
      window.type("t");
      window.press(KeyCode.T);
      scale.lay(542, Rest.MOVING);
      window.awaitText("not at rest");
      window.press(KeyCode.ENTER);
      window.awaitText("There is no weight to take");
      scale.lay(542, Rest.STILL);
      window.awaitText("0.512 kg");
      window.assertSees("1.53");
      window.press(KeyCode.ENTER);
      window.awaitText("Sale · one item");
      scale.lay(0, Rest.DEAF);
      window.scan(APPLES);
      window.awaitText("Type the weight of the goods alone");
      window.type("0.75");
      window.awaitText("2.24");
      window.press(KeyCode.ENTER);
      window.awaitText("Sale · 2 items");
      SaleCompleted sale = paid(1);
      assertThat(sale.lines())
          .extracting(line -> line.beside().weighing())
          .containsExactly(new Weighing(30, false), new Weighing(0, true));
      assertThat(lastPaper())
          .containsSequence(
              "Apples",
              "  0.512 kg × 2.99                     1.53",
              "  tare 0.030 kg",
              "Apples",
              "  0.75 kg × 2.99                      2.24",
              "  weight typed in");
    }
  }

  /** What was typed as the container's weight is never sold as the goods'. */
  @Test
  void aScaleThatIsLateOnceChangesNothingAndOneThatIsGoneForgetsTheContainer() throws Exception {
    try (VirtualScale scale = VirtualScale.start(0, Dialog.SICS)) {
      setUp(scale.port());
      scale.lay(542, Rest.STILL);
      window.scan(APPLES);
      window.awaitText("0.542 kg");
      window.type("0.03");
      window.awaitText("0.512 kg");
      scale.lay(542, Rest.DEAF);
      window.awaitText("not at rest");
      window.press(KeyCode.ENTER);
      window.awaitText("There is no weight to take");
      scale.lay(542, Rest.STILL);
      window.awaitText("0.512 kg");
      scale.lay(542, Rest.DEAF);
      window.awaitText("Type the weight of the goods alone");
      window.press(KeyCode.ENTER);
      window.awaitText("There is no weight to take");
      scale.lay(542, Rest.STILL);
      window.awaitText("0.542 kg");
    }
  }

  private void setUp(int port) throws Exception {
    Hardware setup =
        Hardware.none().with(new Scale(Way.NETWORK, "127.0.0.1", port, 9600, Dialog.SICS));
    window
        .device()
        .hardware()
        .save(new Actor(Shelf.MANAGER, null, Window.MORNING), "setup", setup.encode());
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theSheetsFit(Look look, int width, int height) throws Exception {
    window.close();
    window = new Window(directory.resolve("pictures")).enrolled(DeviceKind.TILL, 0, goods());
    window.open(look, 1024, 768).atTheCounter();
    Camera camera = new Camera(look, width, height);
    window.awaitText("Jim Beam");
    window.scan(LAGER);
    window.awaitText("Is the customer 18 or older?");
    camera.picture(window, "age");
    window.press(KeyCode.F5);
    window.awaitText("Sale · one item");
    window.scan(CIDER);
    window.awaitText("Not at this hour");
    camera.picture(window, "hours");
    window.press(KeyCode.ESCAPE);
    window.scan(APPLES);
    window.awaitText("There is no scale here");
    window.type("0.75");
    camera.picture(window, "weigh-typed");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · 2 items");
    window.press(KeyCode.E, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Empties: scan what comes back");
    window.type("4*");
    window.scan(EMPTY);
    window.awaitText("−1.00");
    camera.picture(window, "empties");
    assertThat(camera.defects()).isEmpty();
  }
}
