package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Dialog;
import dev.countersign.client.device.Hardware.Mail;
import dev.countersign.client.device.Hardware.Protection;
import dev.countersign.client.device.Hardware.Scale;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.VirtualScale;
import dev.countersign.client.device.VirtualScale.Rest;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.Remains;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.Joining;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Screens that come seldom, at the smallest and at a large size, light and dark. */
class SeldomScreensTest {
  private static final String APPLES = "00012345000133";

  @TempDir Path directory;
  private Window window;

  @AfterEach
  void close() {
    window.close();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void aSheetThatWeighsAndAScanOverIt(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    var apples =
        new ProductItem(
            "000133",
            "Apples",
            "Fruit",
            "",
            299L,
            List.of(Shelf.TAX),
            List.of(new Barcode(APPLES, Quantity.ONE)),
            Handling.NONE.withWeighed(true));
    try (VirtualScale scale = VirtualScale.start(0, Dialog.SICS)) {
      window = new Window(directory).enrolled(DeviceKind.TILL, 0, List.of(goods(apples)));
      window.open(look, 1024, 768).atTheCounter();
      setUp(
          Hardware.none()
              .with(new Scale(Way.NETWORK, "127.0.0.1", scale.port(), 9600, Dialog.SICS)),
          look);
      scale.lay(542, Rest.STILL);
      window.awaitText("Jim Beam");
      window.scan(APPLES);
      window.awaitText("0.542 kg");
      camera.picture(window, "weigh-scale");
      window.scan(Shelf.VODKA);
      window.awaitText("First the weight of Apples.");
      camera.picture(window, "weigh-scanned-over");
    }
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void whatIsHandedToACustomerBesideAReceipt(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768);
    window.atTheCounter();
    setUp(
        Hardware.none()
            .with(
                new Mail("mail.shop.example", 587, Protection.STARTTLS, "", "", "a@shop.example")),
        look);
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.DELETE, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Void the whole sale");
    camera.picture(window, "void-sale");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.M, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Receipt by e-mail");
    camera.picture(window, "mail");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 32.99");
    window.type("a");
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    window.type("2");
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.F7);
    window.awaitText("a new code for the customer");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.awaitText("Store credit · 32.99");
    camera.picture(window, "credit-slip");
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void aFurtherPersonAndATillThatIsWiped(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    UUID yaa = Shelf.id("yaa");
    var joining = new Joining("AAAA", "AAAA", Window.MORNING.plus(Duration.ofHours(1)));
    var person =
        new UserItem(yaa, null, "Yaa D.", "cashier", Map.of("sale.ring", "ALLOWED"), joining, 0);
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, List.of(FeedItem.of(1, yaa, person)))
            .open(look, 1024, 768);
    window.atTheCounter();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.click("Someone else");
    window.awaitText("A further person");
    camera.picture(window, "join");
    window.close();
    new Remains(new DeviceFolder(directory.resolve("device"))).note(new Remains.Wiped(3, true));
    window.open(look, 1024, 768);
    window.awaitText("This till was wiped");
    window.awaitText("3 sales were");
    camera.picture(window, "wiped");
    assertThat(camera.defects()).isEmpty();
  }

  private static FeedItem goods(ProductItem item) {
    return FeedItem.of(1, Shelf.id("apples"), item);
  }

  private void setUp(Hardware setup, Look look) throws Exception {
    window
        .device()
        .hardware()
        .save(new Actor(Shelf.MANAGER, null, Window.MORNING), "setup", setup.encode());
    window.close();
    window.open(look, 1024, 768);
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
  }
}
