package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.server.support.Touch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javafx.scene.control.CheckBox;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages that need the server, at a real one, in every size and look; nothing is cut off. */
class OfficeScreenshotsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyPageThatNeedsTheServerFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      desk.givePassword(desk.cashier);
      Window window = desk.enrolled(desk.owner, look).window;
      window.awaitText("Sales by hour");
      window.click("People");
      window.awaitText("Passkeys are for web browsers");
      camera.picture(window, "office-sign-in");
      desk.signIn("Esi L.", "wrong", "");
      window.awaitText("This does not sign anybody in.");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("5 people work here");
      camera.picture(window, "office-people");
      window.click("Add a person");
      window.awaitText("They choose a PIN");
      desk.field("person-name", "Abena S.");
      camera.picture(window, "office-add-person");
      window.click("Add and show the code");
      window.awaitText("Joining code for Abena S.");
      camera.picture(window, "office-code");
      window.click("Done");
      desk.openRow("Kofi B.", "Open");
      window.awaitText("Take away");
      camera.picture(window, "office-person");
      window.press(KeyCode.ESCAPE);
      window.click("Roles");
      window.await(() -> desk.row("Cashier") >= 0);
      camera.picture(window, "office-roles");
      desk.openRow("Manager", "Open");
      window.awaitText("What one person could do alone");
      camera.picture(window, "office-role");
      window.click("Devices");
      window.await(() -> desk.rows() == 1);
      camera.picture(window, "office-devices");
      desk.openRow("active", "Open");
      window.awaitText("It sends and receives");
      camera.picture(window, "office-device");
      window.press(KeyCode.ESCAPE);
      receipts(desk, directory, camera);
      window.click("Sessions");
      window.await(() -> desk.rows() >= 1);
      camera.picture(window, "office-sessions");
      keys(desk, camera);
      reviews(desk, camera);
      operator(desk, camera);
      desk.server.close();
      window.click("Devices");
      window.awaitText("The server is needed here");
      window.awaitText("no answer from the server since");
      assertThat(window.sees("All sent and accepted")).isFalse();
      camera.picture(window, "office-offline");
    }
    assertThat(camera.defects()).isEmpty();
  }

  private static void receipts(OfficeDesk desk, Path directory, Camera camera) throws Exception {
    Window window = desk.window;
    window.click("Receipts");
    ReceiptsPageTest.awaitPaper(window);
    ReceiptsPageTest.write(window, "receipts-above", "Central City Liquor Ltd\n1 Main Street");
    ReceiptsPageTest.write(window, "receipts-below", "Thank you, and see you soon");
    window.click("Choose a logo");
    desk.field("logo-file", "/home/esi/logo.png");
    camera.picture(window, "office-logo");
    desk.field("logo-file", ReceiptsPageTest.logo(directory).toString());
    Image before = ReceiptsPageTest.paper(window);
    window.click("Use it");
    window.await(() -> ReceiptsPageTest.paper(window) != before);
    camera.picture(window, "office-receipts");
  }

  private static void keys(OfficeDesk desk, Camera camera) throws Exception {
    Window window = desk.window;
    window.click("Keys");
    window.awaitText("No keys");
    camera.picture(window, "office-keys-empty");
    window.click("Make a key");
    desk.field("key-name", "Web shop");
    camera.picture(window, "office-add-key");
    window.onScreen(
        () -> {
          ((CheckBox) window.scene().lookup("#key-audit-read")).fire();
          ((CheckBox) window.scene().lookup("#key-office-open")).fire();
          return "scopes";
        });
    window.click("Make and show the key");
    window.awaitText("The key of Web shop");
    camera.picture(window, "office-key-text");
    window.click("Done");
    desk.server
        .admission()
        .addKey(desk.tenant.id(), "Books", Set.of("export.run"), "", Duration.ofDays(30));
    window.click("Keys");
    window.await(() -> desk.rows() == 2);
    camera.picture(window, "office-keys");
    desk.openRow("Web shop", "Open");
    window.awaitText("Any address");
    camera.picture(window, "office-key");
    window.click("Replace");
    window.awaitText("Replace the key Web shop?");
    camera.picture(window, "office-key-replace");
    window.press(KeyCode.ESCAPE);
  }

  private static void reviews(OfficeDesk desk, Camera camera) throws Exception {
    Window window = desk.window;
    window.click("Reviews");
    window.awaitText("No reviews yet");
    camera.picture(window, "office-reviews-empty");
    window.click("Begin a review");
    window.awaitText("are still to decide");
    window.await(() -> desk.row("Key Books") >= 0);
    camera.picture(window, "office-review");
    desk.openRow("Yaa D.", "Open");
    window.awaitText("Change to this role");
    camera.picture(window, "office-review-row");
    window.click("Remove");
    window.awaitText("They leave the business");
    camera.picture(window, "office-review-remove");
    window.press(KeyCode.ESCAPE);
    window.click("Today");
    window.awaitText("are still to decide");
    camera.picture(window, "office-today-reminder");
    window.click("Reviews");
    desk.openRow("8", "Open");
    window.awaitText("are still to decide");
    for (String who :
        List.of(
            "Abena S.",
            "Ama K.",
            "Esi L.",
            "Kofi B.",
            "Nii A.",
            "Yaa D.",
            "Key Books",
            "Key Web shop")) {
      desk.openRow(who, "Open");
      window.click("Keep");
      window.awaitText(who + " goes on as before");
      window.await(() -> desk.row(who) > 0);
    }
    window.awaitText("Everything is decided");
    window.click("Close the review");
    window.click("Close it for good");
    window.awaitText("Closed by Esi L.");
    camera.picture(window, "office-review-closed");
    window.click("Save as a file");
    desk.field("evidence-file", "/home/owner/access-review.json");
    camera.picture(window, "office-review-save");
    window.press(KeyCode.ESCAPE);
    window.click("Reviews");
    window.await(() -> desk.rows() == 1);
    camera.picture(window, "office-reviews");
  }

  private static void operator(OfficeDesk desk, Camera camera) throws Exception {
    Window window = desk.window;
    window.click("Operator");
    window.awaitText("Nothing was asked");
    camera.picture(window, "office-operator-empty");
    var oversight = desk.server.oversight();
    oversight.ask(
        desk.tenant.id(), "Stock of one product is off by a whole delivery", 8, true, false);
    oversight.ask(desk.tenant.id(), "Call 4711: nobody can sign in any more", 4, false, true);
    window.click("Operator");
    desk.openRow("nobody can sign in", "Open");
    window.awaitText("Every command is written");
    camera.picture(window, "office-operator-request");
    window.click("Refuse");
    window.awaitText("The request is refused");
    desk.openRow("Stock of one", "Open");
    desk.choose("operator-hours", "2 hours");
    window.click("Approve");
    window.awaitText("The operator is let in until");
    oversight.pass(desk.tenant.id(), Touch.READ, "books");
    oversight.pass(desk.tenant.id(), Touch.READ, "user list");
    window.click("Operator");
    window.await(() -> desk.row("APPROVED") >= 0);
    camera.picture(window, "office-operator");
    desk.openRow("Stock of one", "Open");
    window.awaitText("user list");
    camera.picture(window, "office-operator-open");
    window.press(KeyCode.ESCAPE);
  }
}
