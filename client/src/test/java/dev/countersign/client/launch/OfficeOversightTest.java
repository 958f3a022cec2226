package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.crypto.Hash;
import dev.countersign.server.account.Person;
import dev.countersign.server.support.Touch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javafx.scene.control.CheckBox;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner reviews access, gives keys to programs and lets the operator in, at an office. */
class OfficeOversightTest {
  @TempDir Path directory;

  private static Window signedIn(OfficeDesk desk, String page) throws Exception {
    if (!desk.hasFactor()) {
      desk.giveFactor(desk.owner);
    }
    Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
    window.awaitText("Sales by hour");
    window.click(page);
    desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
    window.awaitText("Signed in as Esi L.");
    return window;
  }

  @Test
  void aReviewIsOpenedDecidedRowByRowClosedAndSaved() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.server
          .admission()
          .addKey(desk.tenant.id(), "Web shop", Set.of("audit.read"), "", Duration.ofDays(30));
      Window window = signedIn(desk, "Reviews");
      window.awaitText("No reviews yet");
      window.assertFits();
      window.click("Begin a review");
      window.awaitText("6 are still to decide");
      window.assertFits();
      window.await(() -> desk.row("Cashier · Central City") >= 0);

      desk.openRow("Ama K.", "Open");
      window.awaitText("Take the money for goods");
      window.assertFits();
      window.click("Remove");
      window.awaitText("Remove Ama K.?");
      window.awaitText("password, PINs, sessions and rights end at once");
      window.assertFits();
      window.click("Remove");
      window.awaitText("5 are still to decide");
      assertThat(desk.server.provisioning().users(desk.tenant.id()))
          .filteredOn(person -> person.id().equals(desk.cashier.id()))
          .noneMatch(Person::active);

      desk.openRow("Kofi B.", "Open");
      window.awaitText("Change to this role");
      desk.choose("review-store", "Central City");
      desk.choose("review-role", "Cashier");
      window.click("Change to this role");
      window.awaitText("4 are still to decide");
      desk.openRow("Key Web shop", "Open");
      window.click("Remove");
      window.awaitText("the program that uses it is refused");
      window.click("Remove");
      window.awaitText("3 are still to decide");
      for (String[] each :
          new String[][] {
            {"Yaa D.", "2 are still to decide"},
            {"Nii A.", "One is still to decide"},
            {"Esi L.", "Everything is decided"}
          }) {
        desk.openRow(each[0], "Open");
        window.click("Keep");
        window.awaitText(each[0] + " goes on as before");
        window.awaitText(each[1]);
      }
      window.click("Today");
      window.awaitText("it can be closed");
      window.click("Reviews");
      desk.openRow("6", "Open");
      window.click("Close the review");
      window.awaitText("What was decided is evidence");
      window.click("Close it for good");
      window.awaitText("Closed by Esi L.");
      window.assertFits();
      saveEvidence(desk);
      window.click("Today");
      window.awaitText("Sales by hour");
      assertThat(window.sees("review of who may do what")).isFalse();
    }
  }

  private void saveEvidence(OfficeDesk desk) throws Exception {
    Window window = desk.window;
    Path file = directory.resolve("review.json");
    window.click("Save as a file");
    window.awaitText("Save this review");
    window.assertFits();
    desk.field("evidence-file", directory.resolve("no/such/folder/review.json").toString());
    window.click("Save here");
    window.awaitText("could not be written");
    desk.field("evidence-file", file.toString());
    window.click("Save here");
    window.awaitText("Saved as");
    var review = desk.server.oversight().reviews(desk.tenant.id()).getFirst();
    String evidence = desk.server.oversight().evidence(desk.tenant.id(), review.id()).orElseThrow();
    assertThat(Files.readString(file)).isEqualTo(evidence);
    assertThat(window.seen()).contains(Hash.of(Files.readAllBytes(file)).toHex().substring(0, 8));
    window.click("Save as a file");
    desk.field("evidence-file", file.toString());
    window.click("Save here");
    window.awaitText("There is a file of this name already");
    window.press(KeyCode.ESCAPE);
  }

  @Test
  void aReviewThatIsDueIsSaidInWordsToWhoeverReviewsAndNobodyElse() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.reviewEvery(1, desk.giveFactor(desk.owner));
      Window window = signedIn(desk, "Keys");
      window.awaitText("Reviews · due soon");
      window.assertFits();
      window.click("Today");
      window.awaitText("The next review of who may do what is due by");
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.unlock("Esi L.");
      window.awaitText("The next review of who may do what is due by");
    }
  }

  @Test
  void aKeyIsMadeShownOnceReplacedAndEnded() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      Window window = signedIn(desk, "Keys");
      window.awaitText("No keys");
      window.assertFits();
      window.click("Make a key");
      window.awaitText("Make a key for a program");
      window.assertFits();
      desk.field("key-name", "Web shop");
      window.click("Make and show the key");
      window.awaitText("A key is for at least one permission");
      window.onScreen(
          () -> {
            ((CheckBox) window.scene().lookup("#key-audit-read")).fire();
            return "audit.read";
          });
      desk.choose("key-days", "30 days");
      window.click("Make and show the key");
      window.awaitText("The key of Web shop");
      window.awaitText("It is shown this once");
      window.assertFits();
      window.click("Done");
      window.awaitText("One key in use");
      window.await(() -> desk.row("Read the audit log") >= 0 && desk.row("Esi L.") >= 0);

      desk.openRow("Web shop", "Open");
      window.awaitText("Any address");
      window.assertFits();
      window.click("Replace");
      window.awaitText("Replace the key Web shop?");
      window.assertFits();
      desk.choose("key-overlap", "No time at all");
      window.click("Replace and show the new one");
      window.awaitText("The key of Web shop");
      window.click("Done");
      window.await(() -> desk.rows() == 2);
      window.awaitText("One key in use");

      desk.openRow("true", "Open");
      window.click("End now");
      window.awaitText("End the key Web shop?");
      window.click("End now");
      window.awaitText("No key in use");
      assertThat(desk.server.admission().keys(desk.tenant.id()))
          .hasSize(2)
          .allMatch(key -> key.madeBy().equals(desk.owner.id().toString()))
          .noneMatch(key -> key.isLive(Instant.now(Clock.systemUTC())));
    }
  }

  @Test
  void theOperatorIsLetInForLessThanWasAskedSeenAndEnded() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      Window window = signedIn(desk, "Operator");
      window.awaitText("Nothing was asked");
      window.assertFits();
      desk.server.oversight().ask(desk.tenant.id(), "A count that is off", 8, true, false);
      desk.server.oversight().ask(desk.tenant.id(), "Curiosity", 4, false, true);
      window.click("Operator");
      desk.openRow("Curiosity", "Open");
      window.awaitText("no owner can sign in any more");
      window.assertFits();
      window.click("Refuse");
      window.awaitText("The request is refused");

      desk.openRow("A count that is off", "Open");
      window.awaitText("Every command is written into the audit log");
      window.assertFits();
      desk.choose("operator-hours", "2 hours");
      window.click("Approve");
      window.awaitText("The operator is let in until");
      desk.server.oversight().pass(desk.tenant.id(), Touch.READ, "user list");
      window.click("Operator");
      window.await(() -> desk.row("APPROVED") >= 0 && desk.row("1") >= 0);
      desk.openRow("APPROVED", "Open");
      window.awaitText("user list");
      window.awaitText("Read only");
      window.assertFits();
      window.click("End now");
      window.awaitText("End this access now?");
      window.click("End now");
      window.awaitText("The access has ended");
      window.await(() -> desk.row("ENDED") >= 0);
    }
  }

  @Test
  void withoutTheServerThePagesSaySoAndASignInThatEndedIsAskedForAgain() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      Window window = signedIn(desk, "Reviews");
      window.awaitText("No reviews yet");
      window.click("Sign out");
      window.awaitText("Sign in to the server");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("No reviews yet");
      desk.server.close();
      for (String page : new String[] {"Keys", "Operator", "Reviews"}) {
        window.click(page);
        window.awaitText("The server is needed here");
        window.assertFits();
      }
    }
  }
}
