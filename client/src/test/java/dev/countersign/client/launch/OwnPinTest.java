package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person changes their own PIN at the lock, without touching anything but the keyboard. */
class OwnPinTest {
  private static final String TITLE = "Change your PIN, ";
  private static final String DONE = "has a new PIN on this till";
  private static final String NEW = "8642";

  @TempDir Path directory;

  private Window locked() throws Exception {
    Window window = new Window(directory).enrolled(DeviceKind.TILL, 0).open();
    window.awaitText("Ama, enter your PIN");
    return window;
  }

  private static void open(Window window) {
    window.press(KeyCode.F4);
    window.awaitText(TITLE);
  }

  /** Fills the sheet in; Enter goes from field to field and, in the last one, changes the PIN. */
  private static void fill(Window window, String old, String first, String again) {
    for (String typed : new String[] {old, first, again}) {
      window.type(typed);
      window.press(KeyCode.ENTER);
    }
  }

  private static void tryToComeIn(Window window, String pin) {
    window.type(pin);
    window.press(KeyCode.ENTER);
  }

  @Test
  void theRightPinTheNewOneTwiceAndTheOldOneOpensNothing() throws Exception {
    try (Window window = locked()) {
      open(window);
      window.assertSees(TITLE + "Ama K.");
      window.assertFits();
      fill(window, Window.PIN, NEW, NEW);
      window.awaitText("Ama K. " + DONE);
      assertThat(window.sees(TITLE)).isFalse();
      tryToComeIn(window, Window.PIN);
      window.awaitText("Wrong PIN. 9 tries are left");
      tryToComeIn(window, NEW);
      window.awaitText("Open a shift");
      // Everybody else has theirs.
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("enter your PIN");
      window.unlock("Kofi B.");
      window.awaitText("Open a shift");
    }
  }

  @Test
  void theSheetIsForWhoWasChosenWithTheArrows() throws Exception {
    try (Window window = locked()) {
      window.press(KeyCode.RIGHT);
      window.awaitText("Kofi, enter your PIN");
      open(window);
      window.assertSees(TITLE + "Kofi B.");
      fill(window, Window.PIN, NEW, NEW);
      window.awaitText("Kofi B. " + DONE);
      window.press(KeyCode.LEFT);
      window.awaitText("Ama, enter your PIN");
      tryToComeIn(window, Window.PIN);
      window.awaitText("Open a shift");
    }
  }

  @Test
  void aWrongOldPinChangesNothingAndIsATryAsAtTheLock() throws Exception {
    try (Window window = locked()) {
      open(window);
      fill(window, "9753", NEW, NEW);
      window.awaitText("Wrong PIN. 9 tries are left");
      window.assertFits();
      assertFieldsAreEmptyAndTheFirstHasTheFocus(window);
      for (int left = 8; left > 5; left--) {
        fill(window, "9753", NEW, NEW);
        window.awaitText("Wrong PIN. " + left + " tries are left");
      }
      // From the fifth one on there is a wait, here and at the lock.
      fill(window, "9753", NEW, NEW);
      window.awaitText("Wrong PIN. 5 tries are left, the next at");
      fill(window, Window.PIN, NEW, NEW);
      window.awaitText("Too many wrong tries");
      window.press(KeyCode.ESCAPE);
      tryToComeIn(window, Window.PIN);
      window.awaitText("Too many wrong tries");
      window.clock.forward(java.time.Duration.ofHours(1));
      tryToComeIn(window, NEW);
      window.awaitText("4 tries are left");
    }
  }

  @Test
  void aPinThatMayNotBeChosenIsSaidSoAndIsNoTry() throws Exception {
    Map<String[], String> refused = new LinkedHashMap<>();
    refused.put(new String[] {"1234", "1234"}, "A run of digits is guessed first");
    refused.put(new String[] {"1111", "1111"}, "One digit repeated is guessed first");
    refused.put(new String[] {"864", "864"}, "A PIN has four to eight digits");
    refused.put(new String[] {"864209753", "864209753"}, "A PIN has four to eight digits");
    refused.put(new String[] {"86a2", "86a2"}, "A PIN has four to eight digits");
    refused.put(new String[] {NEW, "8643"}, "The two were not the same");
    refused.put(new String[] {NEW, ""}, "The two were not the same");
    refused.put(new String[] {Window.PIN, Window.PIN}, "This is the PIN you have");
    try (Window window = locked()) {
      open(window);
      for (Map.Entry<String[], String> each : refused.entrySet()) {
        fill(window, Window.PIN, each.getKey()[0], each.getKey()[1]);
        window.awaitText(each.getValue());
        assertFieldsAreEmptyAndTheFirstHasTheFocus(window);
        window.assertFits();
      }
      fill(window, "", NEW, NEW);
      window.awaitText("A PIN has four to eight digits");
      fill(window, "9753", NEW, NEW);
      window.awaitText("Wrong PIN. 9 tries are left");
      fill(window, Window.PIN, NEW, NEW);
      window.awaitText(DONE);
    }
  }

  @Test
  void whoLeavesTheSheetHasChangedNothing() throws Exception {
    try (Window window = locked()) {
      window.type("25");
      open(window);
      window.type(Window.PIN);
      window.press(KeyCode.ENTER);
      window.type(NEW);
      window.press(KeyCode.ESCAPE);
      assertThat(window.sees(TITLE)).isFalse();
      // What was typed before and on the sheet is no part of what is typed now.
      tryToComeIn(window, Window.PIN);
      window.awaitText("Open a shift");
    }
  }

  @Test
  void itIsChangedOnATillThatIsOpenToo() throws Exception {
    try (Window window = locked()) {
      window.atTheCounter();
      window.scan(Shelf.VODKA);
      window.awaitText("Sale · one item");
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("Ama, enter your PIN");
      open(window);
      fill(window, Window.PIN, NEW, NEW);
      window.awaitText(DONE);
      tryToComeIn(window, NEW);
      window.awaitText("Sale · one item");
    }
    // The faces stand where they stood.
    try (Window again = new Window(directory).open()) {
      again.awaitText("Ama, enter your PIN");
      tryToComeIn(again, NEW);
      again.awaitText("Sale · one item");
    }
  }

  private static void assertFieldsAreEmptyAndTheFirstHasTheFocus(Window window) {
    for (String id : new String[] {"change-old", "change-pin", "change-again"}) {
      String text =
          window.onScreen(() -> ((PasswordField) window.scene().lookup("#" + id)).getText());
      assertThat(text).isEmpty();
    }
    window.await(
        () ->
            window.onScreen(
                () -> window.scene().lookup("#change-old").equals(window.scene().getFocusOwner())));
  }
}
