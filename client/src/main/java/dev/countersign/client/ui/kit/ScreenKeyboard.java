package dev.countersign.client.ui.kit;

import java.util.ArrayList;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/**
 * Letters for a finger at the foot of the window, for the text field that has the focus. It never
 * takes the focus itself, and what lies under it is moved up by {@link Frame}.
 */
final class ScreenKeyboard extends VBox {
  /** A field with this property has digits of its own beside it. */
  private static final Object HAS_PAD = new Object();

  private static final double KEY = 50;
  private static final double GAP = 8;
  private static final double WIDEST = 1100;

  /** Keys of the usual width in a row. */
  private static final int ACROSS = 12;

  private final Words words;
  private final VBox rows = new VBox(GAP);
  private @Nullable TextInputControl field;
  private TouchTyping when = TouchTyping.BY_FINGER;
  private boolean down;

  /** The focus went somewhere while it was down. */
  private boolean movedMeanwhile;

  private boolean forSheet;

  private boolean latin;
  private Page page = Page.SMALL;

  private enum Page {
    SMALL,
    /** For one letter. */
    LARGE,
    /** Until shift is touched again. */
    LOCKED,
    SIGNS
  }

  /**
   * Invisible until a field wants it.
   *
   * @param words this package's; the letters are those of their language
   */
  ScreenKeyboard(Words words) {
    this.words = words;
    getStyleClass().add("screen-keyboard");
    setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
    setAlignment(Pos.CENTER);
    rows.setMaxWidth(WIDEST);
    getChildren().add(rows);
    setMaxHeight(USE_PREF_SIZE);
    Parts.show(this, false);
  }

  /** This field has digits of its own: the focus alone does not bring the letters over them. */
  static void hasPad(TextInputControl field) {
    field.getProperties().put(HAS_PAD, true);
  }

  void when(TouchTyping other) {
    when = other;
    close();
  }

  /** The field that is typed into; null while nothing is shown. */
  @Nullable TextInputControl field() {
    return isVisible() ? field : null;
  }

  /** A finger or a mouse is down: nothing moves away from under it. */
  void pressed() {
    down = true;
  }

  /**
   * What a finger or a mouse came down on.
   *
   * @param keys whether it was the keyboard itself
   * @param field the text field that it was, or that it stands in
   */
  record Touched(boolean keys, @Nullable TextInputControl field) {}

  /**
   * To be asked before the touch does anything: a key may put others in the place of all keys, its
   * own too, and is not found on the keyboard any more.
   *
   * @param target where it came down
   */
  Touched touched(Node target) {
    TextInputControl text = null;
    boolean keys = false;
    for (Node at = target; at != null; at = at.getParent()) {
      text = text == null ? textOf(at) : text;
      keys |= at == this;
    }
    return new Touched(keys, text);
  }

  /**
   * It is up again, and what it did is done. Beside a field and the keyboard it puts the keyboard
   * away: there is something else to be done then. Where the focus has gone is seen to last: what
   * it did may have opened a sheet that asks for a text.
   *
   * @param finger whether the system says that it was a finger
   * @param owner what has the focus now
   * @param onSheet whether a sheet is open
   */
  void released(Touched touched, boolean finger, @Nullable Node owner, boolean onSheet) {
    boolean moved = movedMeanwhile;
    down = false;
    movedMeanwhile = false;
    TextInputControl text = touched.field();
    // What is shown already goes with the caret, whoever put it there.
    if (text != null && (isVisible() || finger || when == TouchTyping.ALWAYS)) {
      open(text, onSheet);
      return;
    }
    if (text == null && !touched.keys()) {
      close();
    }
    if (moved) {
      focused(owner, onSheet);
    }
  }

  /**
   * The focus has gone somewhere.
   *
   * @param onSheet whether a sheet is open: there a text is asked for, elsewhere it only may be
   *     typed
   */
  void focused(@Nullable Node owner, boolean onSheet) {
    TextInputControl text = textOf(owner);
    if (down) {
      movedMeanwhile = true;
      return;
    }
    if (text == null || onSheet != forSheet) {
      close();
    }
    if (isVisible()) {
      field = text;
    } else if (text != null && onSheet && isWanted(text)) {
      open(text, true);
    }
  }

  private boolean isWanted(TextInputControl text) {
    return when == TouchTyping.ALWAYS && !text.getProperties().containsKey(HAS_PAD);
  }

  private static @Nullable TextInputControl textOf(@Nullable Node node) {
    return node instanceof TextInputControl text && text.isEditable() && !text.isDisabled()
        ? text
        : null;
  }

  private void open(TextInputControl text, boolean onSheet) {
    field = text;
    forSheet = onSheet;
    if (!isVisible()) {
      latin = false;
      turn(Page.SMALL);
      Parts.show(this, true);
    }
  }

  private void close() {
    field = null;
    Parts.show(this, false);
    rows.getChildren().clear();
  }

  private void turn(Page other) {
    page = other;
    Language language = words.speech().language();
    KeyRows letters =
        page == Page.SIGNS ? KeyRows.SIGNS : latin ? KeyRows.latin() : KeyRows.of(language);
    List<String> shown = isLarge() ? letters.large() : letters.small();
    HBox digits = row(KeyRows.DIGITS);
    digits
        .getChildren()
        .add(key(Parts.icon(Feather.DELETE), words.say("keyboard.back"), 2, this::back));
    HBox last = row(shown.getLast());
    last.getChildren().addFirst(shift());
    rows.getChildren().setAll(digits, row(shown.get(0)), row(shown.get(1)), last, foot(language));
  }

  private boolean isLarge() {
    return page == Page.LARGE || page == Page.LOCKED;
  }

  private Button shift() {
    Button shift =
        key(
            Parts.icon(Feather.ARROW_UP),
            words.say("keyboard.shift"),
            2,
            () ->
                turn(
                    switch (page) {
                      case SMALL, SIGNS -> Page.LARGE;
                      case LARGE -> Page.LOCKED;
                      case LOCKED -> Page.SMALL;
                    }));
    if (isLarge()) {
      shift.getStyleClass().add(page == Page.LOCKED ? "locked" : "on");
    }
    return shift;
  }

  private HBox foot(Language language) {
    List<Node> keys = new ArrayList<>();
    boolean signs = page == Page.SIGNS;
    keys.add(
        key(
            words.say(signs ? "keyboard.letters" : "keyboard.signs"),
            2,
            () -> turn(signs ? Page.SMALL : Page.SIGNS)));
    if (language.isRightToLeft()) {
      keys.add(
          key(
              words.say(latin ? "keyboard.own" : "keyboard.latin"),
              1.5,
              () -> {
                latin = !latin;
                turn(Page.SMALL);
              }));
    }
    keys.add(letter("@"));
    keys.add(letter("-"));
    Button space = key(" ", 1, () -> type(" "));
    space.setAccessibleText(words.say("keyboard.space"));
    HBox.setHgrow(space, Priority.ALWAYS);
    keys.add(space);
    keys.add(letter("."));
    keys.add(
        key(Parts.icon(Feather.CORNER_DOWN_LEFT), words.say("keyboard.enter"), 2, this::enter));
    keys.add(key(Parts.icon(Feather.CHEVRON_DOWN), words.say("keyboard.close"), 1.5, this::close));
    HBox row = new HBox(GAP);
    row.getChildren().setAll(keys);
    return row;
  }

  private HBox row(String letters) {
    HBox row = new HBox(GAP);
    row.setAlignment(Pos.CENTER);
    letters
        .codePoints()
        .mapToObj(Character::toString)
        .forEach(each -> row.getChildren().add(letter(each)));
    return row;
  }

  private Button letter(String text) {
    return key(text, 1, () -> type(text));
  }

  private Button key(String text, double wide, Runnable act) {
    return sized(Parts.button(text, act, "digit", "letter"), wide);
  }

  private Button key(Node shown, String name, double wide, Runnable act) {
    return sized(Parts.button(shown, name, act, "digit", "letter"), wide);
  }

  /** So many keys wide, and the gaps between them. */
  private Button sized(Button key, double wide) {
    key.setFocusTraversable(false);
    key.setMinSize(0, KEY);
    key.setMaxWidth(Region.USE_PREF_SIZE);
    key.prefWidthProperty()
        .bind(
            rows.widthProperty()
                .subtract((ACROSS - 1) * GAP)
                .divide(ACROSS)
                .multiply(wide)
                .add((wide - 1) * GAP));
    return key;
  }

  private void type(String text) {
    TextInputControl into = field;
    if (into != null) {
      into.replaceSelection(text);
    }
    if (page == Page.LARGE) {
      turn(Page.SMALL);
    }
  }

  private void back() {
    TextInputControl into = field;
    if (into != null) {
      into.deletePreviousChar();
    }
  }

  /** What the key of a keyboard would do there. */
  private void enter() {
    TextInputControl into = field;
    if (into != null) {
      Scene scene = into.getScene();
      Event.fireEvent(into, enter(KeyEvent.KEY_PRESSED));
      // The field may be gone with what it did.
      Node on = scene.getFocusOwner();
      Event.fireEvent(on == null ? scene.getRoot() : on, enter(KeyEvent.KEY_RELEASED));
      if (!(into instanceof TextArea)) {
        close();
      }
    }
  }

  private static KeyEvent enter(EventType<KeyEvent> type) {
    return new KeyEvent(type, "\r", "", KeyCode.ENTER, false, false, false, false);
  }
}
