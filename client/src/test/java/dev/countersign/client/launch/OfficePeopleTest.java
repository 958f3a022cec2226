package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.server.account.Person;
import java.nio.file.Path;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager looks after people, roles, devices and sessions through the screens of an office. */
class OfficePeopleTest {
  @TempDir Path directory;

  @Test
  void anOwnerAddsAPersonGivesARoleSeesDangersAndEndsThemAgain() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("Signed in as Esi L.");
      window.awaitText("5 people work here");

      window.click("Add a person");
      desk.field("person-name", "Abena S.");
      desk.choose("person-role", "Cashier");
      desk.choose("person-store", "Harbour Street");
      window.click("Add and show the code");
      window.awaitText("Joining code for Abena S.");
      window.assertFits();
      window.click("Done");
      window.awaitText("6 people work here");

      desk.openRow("Abena S.", "Open");
      window.awaitText("Take away");
      window.assertFits();
      desk.choose("give-store", "Central City");
      desk.choose("give-role", "Supervisor");
      window.click("Give");
      window.awaitText("Abena S. has the role now");
      window.await(() -> desk.row("Supervisor · Central City") >= 0);

      seeDangers(desk);

      window.click("People");
      desk.openRow("Abena S.", "Open");
      window.click("End all access");
      window.awaitText("End all access of Abena S.?");
      window.click("End all access");
      window.awaitText("Abena S. has left");
      // This office is the one device that knew her, and has heard of it soon.
      window.client().sync().orElseThrow().retryNow();
      window.awaitText("Every device has confirmed.");
      window.assertFits();
      window.press(KeyCode.ESCAPE);
      window.await(() -> desk.row("Left") >= 0);
      assertThat(desk.server.provisioning().users(desk.tenant.id()))
          .filteredOn(person -> person.name().equals("Abena S."))
          .noneMatch(Person::active);

      window.click("Devices");
      window.await(() -> desk.row("active") >= 0);
      window.click("Sessions");
      window.await(() -> desk.rows() == 2);
      desk.openRow("Office, two factors", "End this one");
      window.awaitText("Sign in to the server");
    }
  }

  /** A code to join with is worth a role, and the next person at the office may not give one. */
  @Test
  void whatTheServerSaysOnceSomebodyHasLockedIsNotForWhoeverComesNext() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("5 people work here");
      desk.openRow("Ama K.", "Open");
      window.awaitText("Joining code");
      Runnable answer = window.holdBack();
      window.click("Joining code");
      window.goOn();
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("enter your PIN");
      window.unlock("Esi L.");
      window.await(() -> !window.sees("enter your PIN"));
      answer.run();
      window.calm();
      assertThat(window.sees("Joining code for Ama K.")).isFalse();
    }
  }

  private static void seeDangers(OfficeDesk desk) {
    Window window = desk.window;
    window.click("Roles");
    desk.openRow("Cashier", "Open");
    window.awaitText("What one person could do alone");
    assertThat(window.sees("Sell to a friend at any price")).isFalse();
    window.onScreen(
        () -> {
          ((ToggleButton) window.scene().lookup("#role-sale-price-ALLOWED")).fire();
          return "sale.price";
        });
    window.awaitText("Sell to a friend at any price");
    window.assertFits();
    window.click("Save");
    window.awaitText("The role Cashier is saved");
  }

  @Test
  void aWrongPasswordSaysTheUniformSentenceAndALockoutSaysWhen() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      desk.signIn("Esi L.", "wrong", "");
      window.awaitText("This does not sign anybody in.");
      desk.signIn("Nobody", "wrong", "");
      window.awaitText("This does not sign anybody in.");
      window.await(
          () -> {
            desk.signIn("Esi L.", "wrong", "");
            return window.sees("Too many wrong tries. Try again at ");
          });
      window.assertFits();
    }
  }

  @Test
  void whoMayNotSeesWordsAndNoPage() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.givePassword(desk.cashier);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      for (String page : new String[] {"People", "Roles", "Devices"}) {
        window.click(page);
        if (page.equals("People")) {
          desk.signIn("Ama K.", OfficeDesk.PASSWORD, "");
        }
        window.awaitText("What this page shows is for people who manage it");
        window.assertFits();
      }
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      // The lock has ended the session as well.
      window.click("Sessions");
      window.awaitText("Passkeys are for web browsers");
    }
  }

  @Test
  void aNewManagerSetsPasswordAndAppUpAndSeesTheCodesOnce() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      String code = desk.server.admission().passwordCode(desk.tenant.id(), desk.owner.id());
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      window.awaitText("Passkeys are for web browsers");
      window.click("I have a set-up code");
      window.awaitText("Choose a password");
      window.assertFits();
      desk.field("sign-in-code", code);
      desk.field("sign-in-password", "password1234");
      window.click("Set this password");
      window.awaitText("very common password");
      desk.field("sign-in-code", code);
      desk.field("sign-in-password", OfficeDesk.PASSWORD);
      window.click("Set this password");
      window.awaitText("Set up an authenticator app");
      window.assertFits();
      desk.takeSecret(desk.fieldText("factor-secret"));
      desk.field("sign-in-code", desk.code());
      window.click("Confirm");
      window.awaitText("Your recovery codes");
      window.assertFits();
      window.click("I have written them down");
      window.awaitText("5 people work here");
    }
  }

  @Test
  void withoutTheServerThePageSaysSo() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("5 people work here");
      desk.server.close();
      window.click("Devices");
      window.awaitText("The server is needed here");
      window.assertFits();
      window.click("Today");
      window.awaitText("Sales by hour");
    }
  }

  @Test
  void aDeviceIsCutOff() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      var own = desk.server.provisioning().devices(desk.tenant.id()).getFirst();
      window.click("Devices");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      desk.openRow(own.name(), "Open");
      window.awaitText("It sends and receives");
      window.assertFits();
      window.click("Cut off");
      window.awaitText("For good");
      window.click("Cut off");
      // It was this very office: it forgets its keys, and nobody at it has a say any more.
      window.awaitText("has forgotten its keys");
      assertThat(window.sees("Something went wrong")).isFalse();
      assertThat(window.sees("Sign in to the server")).isFalse();
      assertThat(desk.server.provisioning().devices(desk.tenant.id()).getFirst().state().isCutOff())
          .isTrue();
    }
  }
}
