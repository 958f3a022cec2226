package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import java.nio.file.Path;
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
      window.click("Sessions");
      window.await(() -> desk.rows() >= 1);
      camera.picture(window, "office-sessions");
      desk.server.close();
      window.click("Devices");
      window.awaitText("The server is needed here");
      camera.picture(window, "office-offline");
    }
    assertThat(camera.defects()).isEmpty();
  }
}
