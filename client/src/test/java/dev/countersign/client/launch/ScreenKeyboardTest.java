package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A till without a keyboard: everything that has letters is written with a finger. */
class ScreenKeyboardTest {
  private static final String AWAY = "Put the keyboard away";
  private static final String SEARCH = "Search products";

  @TempDir Path directory;
  private Window window;

  @AfterEach
  void close() {
    window.close();
  }

  private void atTheCounter() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.awaitText("Jim Beam");
  }

  private boolean isUp() {
    return window.onScreen(() -> window.scene().getRoot().lookup(".screen-keyboard").isVisible());
  }

  @Test
  void goodsAreFoundAndASaleIsParkedUnderANameWithAFingerAlone() throws Exception {
    atTheCounter();
    assertThat(isUp()).isFalse();
    window.press(SEARCH, true);
    assertThat(isUp()).isTrue();
    window.touch("jame");
    window.touchKey("Delete");
    window.touch("eson");
    window.await(() -> !window.sees("Jim Beam"));
    window.assertFits();
    window.touchKey("Enter");
    window.awaitText("Sale · one item");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.press("Name (may stay empty)", true);
    window.touchKey("Capital letters");
    window.touch("Kofi 7");
    window.touchKey("Enter");
    window.awaitText("The sale is parked");
    assertThat(isUp()).isFalse();
    window.press(KeyCode.F6);
    window.awaitText("Kofi 7");
  }

  @Test
  void aMouseBringsNoLettersUnlessTheTillHasNoKeyboard() throws Exception {
    atTheCounter();
    window.press(SEARCH, false);
    assertThat(isUp()).isFalse();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Ama K.");
    window.press(KeyCode.F3);
    window.awaitText("Keyboard on the screen");
    window.click("At every field");
    window.awaitText("Keyboard on the screen");
    window.press(KeyCode.ESCAPE);
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Jim Beam");
    assertThat(isUp()).isFalse();
    window.press(SEARCH, false);
    assertThat(isUp()).isTrue();
    window.touchKey(AWAY);
    assertThat(isUp()).isFalse();
    window.press(SEARCH, false);
    assertThat(isUp()).isTrue();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.pressButton("Note", false);
    window.awaitText("It stands on the receipt");
    assertThat(isUp()).isTrue();
    window.touch("gift, no. ");
    window.touchKey("?123");
    window.touch("#");
    window.touchKey("ABC");
    window.touch("12");
    window.click("Save note");
    window.awaitText("gift, no. #12");
    assertThat(isUp()).isFalse();
  }

  /** Such a key puts others in the place of them all, of itself too. */
  @Test
  void theKeysThatTurnTheOthersLeaveTheKeyboardWhereItIs() throws Exception {
    atTheCounter();
    window.press(SEARCH, true);
    window.touchKey("Capital letters");
    window.touch("Ab");
    window.touchKey("Capital letters");
    window.touchKey("Capital letters");
    window.touch("CD");
    window.touchKey("Capital letters");
    window.touch("e");
    window.touchKey("?123");
    window.touch("#");
    window.touchKey("ABC");
    window.touch("f");
    assertThat(text(".search .text-field")).isEqualTo("AbCDe#f");
  }

  /** The sheet is open, and its field has the focus, before the finger is known to be up. */
  @ParameterizedTest
  @CsvSource({"Note,#note-text", "Park,#park-name"})
  void aSheetThatAFingerOpensBringsTheLettersThatItAsksFor(String act, String field)
      throws Exception {
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .typing(TouchTyping.ALWAYS)
            .open()
            .atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    assertThat(isUp()).isFalse();
    window.pressButton(act, false);
    assertThat(isUp()).isTrue();
    window.touch("b4");
    assertThat(text(field)).isEqualTo("b4");
    window.touchKey(AWAY);
    assertThat(isUp()).isFalse();
  }

  /** The sign-in of an office goes on to the password with Enter. */
  @Test
  void itsOwnEnterBringsItBackForTheFieldThatThisLeadsTo() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.OFFICE, 0).typing(TouchTyping.ALWAYS).open();
    window.unlock("Esi L.");
    window.await(() -> window.sees("People"));
    window.pressButton("People", false);
    window.awaitText("Sign in to the server");
    window.press("Name", false);
    window.touchKey("Enter");
    assertThat(isUp()).isTrue();
    window.touch("x7");
    assertThat(text("#sign-in-name")).isEqualTo("Esi L.");
    assertThat(text("#sign-in-password")).isEqualTo("x7");
  }

  @Test
  void aMouseThatTakesTheCaretToAnotherFieldTakesTheLettersThere() throws Exception {
    atTheCounter();
    window.press(KeyCode.F3);
    window.awaitText("New customer");
    window.click("New customer");
    window.awaitText("A name is enough");
    window.press("E-mail", true);
    window.touch("a");
    window.press("Name", false);
    window.touch("kofi");
    assertThat(text("#customer-email")).isEqualTo("a");
    assertThat(text("#customer-name")).isEqualTo("kofi");
  }

  /** What is typed is seen while it is typed, and so is the key that keeps it. */
  @Test
  void theFieldAndTheKeysOfItsSheetStandAboveTheKeyboard() throws Exception {
    atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    double before = bottom("#park-name");
    window.press("Name (may stay empty)", true);
    window.assertFits();
    assertThat(bottom("#park-name")).isLessThan(top(".screen-keyboard"));
    assertThat(bottom(".sheet-box")).isLessThan(top(".screen-keyboard"));
    window.touchKey(AWAY);
    assertThat(bottom("#park-name")).isEqualTo(before);
  }

  /** A key that moved while a finger is on it would not be pressed. */
  @Test
  void nothingMovesUnderAFingerThatIsDown() throws Exception {
    atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F9);
    window.press("Note", true);
    double shown = top(".sheet-box");
    window.onScreen(
        () -> {
          Node chip = node(".sheet-box .chip");
          chip.fireEvent(Window.pressed(chip, MouseEvent.MOUSE_PRESSED, true));
          return chip;
        });
    window.settle();
    assertThat(window.onScreen(() -> node(".sheet-box .chip").isFocused())).isTrue();
    assertThat(isUp()).isTrue();
    assertThat(top(".sheet-box")).isEqualTo(shown);
    window.onScreen(
        () -> {
          Node chip = node(".sheet-box .chip");
          chip.fireEvent(Window.pressed(chip, MouseEvent.MOUSE_RELEASED, true));
          return chip;
        });
    window.settle();
    assertThat(isUp()).isFalse();
    assertThat(top(".sheet-box")).isGreaterThan(shown);
  }

  /** The digits beside a field are not covered until somebody wants letters in it. */
  @Test
  void aFieldWithDigitsBesideItGetsLettersWhenItIsTouched() throws Exception {
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .typing(TouchTyping.ALWAYS)
            .open()
            .atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.click("Card");
    window.awaitText("Terminal reference (may stay empty)");
    assertThat(isUp()).isFalse();
    window.press("Terminal reference (may stay empty)", false);
    window.touch("a1");
    assertThat(text("#card-reference")).isEqualTo("a1");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theLettersOfEveryLanguageAreWrittenAsTheyStandOnTheKeys(Language language) throws Exception {
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .speaking(language, TextSize.LARGE)
            .typing(TouchTyping.ALWAYS)
            .open();
    Words till = Words.beside(TillController.class, new Speech(language));
    window.unlock("Ama K.");
    window.awaitText(till.say("opening.title"));
    Camera camera = Camera.asSpoken(Look.LIGHT, 1024, 768);
    window.type("10000");
    window.press(KeyCode.ENTER);
    window.await(() -> search() != null);
    window.press(window.onScreen(() -> search().getAccessibleText()), false);
    List<String> keys =
        window.onScreen(
            () ->
                window.scene().getRoot().lookupAll(".letter").stream()
                    .map(key -> ((Button) key).getText())
                    .filter(text -> text != null && text.codePointCount(0, text.length()) == 1)
                    .toList());
    assertThat(keys).hasSizeGreaterThan(38).doesNotHaveDuplicates();
    window.onScreen(
        () -> {
          window.scene().getRoot().lookupAll(".letter").stream()
              .map(Button.class::cast)
              .filter(key -> keys.contains(key.getText()))
              .forEach(Button::fire);
          return search();
        });
    assertThat(window.onScreen(() -> search().getText())).isEqualTo(String.join("", keys));
    camera.picture(window, "keyboard-" + language.code() + "-large");
    assertThat(camera.defects()).isEmpty();
    if (language == Language.ARABIC) {
      window.touchKey("ABC");
      window.touch("qr@x.y");
      window.touchKey(Words.beside(Look.class, new Speech(language)).say("keyboard.own"));
      window.touch("ش");
      assertThat(window.onScreen(() -> search().getText())).endsWith("qr@x.yش");
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void itLooksLikeThis(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768);
    window.atTheCounter();
    window.press(SEARCH, true);
    window.touch("jame");
    window.await(() -> !window.sees("Jim Beam"));
    camera.picture(window, "keyboard-search");
    window.touchKey("Delete");
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F9);
    window.press("Note", true);
    window.touchKey("Capital letters");
    camera.picture(window, "keyboard-note");
    window.touchKey("?123");
    camera.picture(window, "keyboard-signs");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F3);
    window.awaitText("New customer");
    window.click("New customer");
    window.awaitText("A name is enough");
    window.press("E-mail", true);
    camera.picture(window, "keyboard-customer");
    assertThat(camera.defects()).isEmpty();
  }

  /** The first thing that is ever written at a till. */
  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1920,1080"})
  void aTillIsEnrolledWithAFingerAlone(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory.resolve("new")).open(look, 1024, 768);
    window.awaitText("Name of this device");
    window.press("Name of this device", true);
    window.touch("till 2");
    assertThat(text("#enrol-name")).as("in the place of what was proposed").isEqualTo("till 2");
    camera.picture(window, "keyboard-enrol");
    assertThat(camera.defects()).isEmpty();
  }

  private TextField search() {
    return (TextField) window.scene().getRoot().lookup(".search .text-field");
  }

  private Node node(String selector) {
    return Objects.requireNonNull(window.scene().getRoot().lookup(selector), selector);
  }

  private String text(String selector) {
    return window.onScreen(() -> ((TextField) node(selector)).getText());
  }

  private double top(String selector) {
    return window.onScreen(() -> bounds(selector).getMinY());
  }

  private double bottom(String selector) {
    return window.onScreen(() -> bounds(selector).getMaxY());
  }

  private Bounds bounds(String selector) {
    window.scene().getRoot().applyCss();
    window.scene().getRoot().layout();
    Node node = node(selector);
    return node.localToScene(node.getLayoutBounds());
  }
}
