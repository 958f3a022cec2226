package dev.countersign.client.ui.kit;

import dev.countersign.common.catalogue.Gs1Parser;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every screen: the bar at the top, the strip at the bottom, the sheets above,
 * and the ears: keys and scans go to the screen that is shown, wherever the focus is.
 */
public final class Frame {
  /** As wide as the mark at the sides and at the foot; at the top it lies on the bar. */
  private static final Insets MARKED = new Insets(0, 6, 6, 6);

  /** Between the field that is typed into and the keyboard under it. */
  private static final double CLEAR = 12;

  private static final Set<KeyCode> GOES_ON = EnumSet.of(KeyCode.ENTER, KeyCode.F12);

  /** A key that is held comes again sooner, whatever the system is set to. */
  private static final long REPEATS = Duration.ofMillis(1_500).toNanos();

  /** When each of them came last and was not let go of since, as far as was heard. */
  private final Map<KeyCode, Long> down = new EnumMap<>(KeyCode.class);

  private final LongSupplier nanos;
  private final Surface surface;
  private final StripBar strip;
  private final SheetLayer sheets;
  private final TopBar bar;
  private final Runnable touched;
  private final ScanFilter scans;
  private final StackPane content = new StackPane();
  private final BorderPane pane;
  private final StackPane root;
  private final Region edge = new Region();
  private final ScreenKeyboard keyboard;
  private @Nullable Screen current;
  private List<Always> always = List.of();

  /**
   * @param nanos only runs forward
   * @param touched told of every key, touch and scan
   */
  public Frame(
      Surface surface,
      StripBar strip,
      SheetLayer sheets,
      TopBar bar,
      LongSupplier nanos,
      Runnable touched) {
    this.surface = surface;
    this.strip = strip;
    this.sheets = sheets;
    this.bar = bar;
    this.touched = touched;
    this.nanos = nanos;
    this.scans = new ScanFilter(nanos, this::remember, this::scanned);
    pane = new BorderPane(content, bar, null, strip, null);
    edge.getStyleClass().add("training-edge");
    edge.setMouseTransparent(true);
    Parts.show(edge, false);
    keyboard = new ScreenKeyboard(surface.kit());
    StackPane.setAlignment(keyboard, Pos.BOTTOM_CENTER);
    root = new Layers(pane, sheets, keyboard, edge);
    content.setMinSize(0, 0);
    bar.onPerson(this::nameTouched);
  }

  public Parent root() {
    return root;
  }

  /** Marks everything that is shown, sheets too, as not real; or takes the mark away. */
  public void training(boolean on) {
    Parts.show(edge, on);
    // What the mark lies over would be hidden under it.
    pane.setPadding(on ? MARKED : Insets.EMPTY);
    bar.training(on);
  }

  /** When letters for a finger come up. */
  public void touchTyping(TouchTyping when) {
    keyboard.when(when);
  }

  private void nameTouched() {
    Screen screen = current;
    if (screen != null && !always.isEmpty()) {
      PersonSheet.open(surface, bar.person(), always, keys(screen));
    }
  }

  /** Listens to this scene, whose root is {@link #root}. */
  public void listen(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::held);
    scene.addEventFilter(KeyEvent.KEY_RELEASED, key -> down.remove(key.getCode()));
    // Whoever turned to another program let go of it there.
    scene.windowProperty().flatMap(Window::focusedProperty).addListener((_, _, _) -> down.clear());
    LatinKeys.listen(scene);
    scans.listen(scene);
    new Drawn().listen(scene);
    scene.addEventFilter(InputEvent.ANY, _ -> touched.run());
    scene.focusOwnerProperty().addListener((_, _, owner) -> focused(owner));
    scene.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> keyboard.pressed());
    scene.addEventFilter(MouseEvent.MOUSE_RELEASED, this::released);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    scene.addEventFilter(KeyEvent.KEY_TYPED, this::key);
  }

  /**
   * A key that goes on to the next thing does so once each time it is pressed: held down, it would
   * go through a count, close the shift and open the next one.
   */
  private void held(KeyEvent key) {
    if (GOES_ON.contains(key.getCode())) {
      long now = nanos.getAsLong();
      Long before = down.put(key.getCode(), now);
      if (before != null && now - before < REPEATS) {
        key.consume();
      }
    }
  }

  private void released(MouseEvent up) {
    Node target = up.getTarget() instanceof Node node ? node : root;
    ScreenKeyboard.Touched touch = keyboard.touched(target);
    boolean finger = up.isSynthesized();
    Platform.runLater(
        () -> {
          keyboard.released(touch, finger, focused(), sheets.isOpen());
          root.requestLayout();
        });
  }

  private void focused(@Nullable Node owner) {
    sheets.keepFocus(owner);
    keyboard.focused(owner, sheets.isOpen());
    root.requestLayout();
  }

  /**
   * Moves the field that is typed into up from behind the keyboard, and all that it stands in: of a
   * sheet so much more that its keys are seen, as long as there is room above it.
   */
  private void lift() {
    Node field = keyboard.field();
    double foot = root.getHeight() - keyboard.getHeight() - CLEAR;
    double ofPane = field == null ? 0 : Math.max(0, bounds(pane, field).getMaxY() - foot);
    double ofSheet = 0;
    Node sheet = field == null ? null : sheets.holding(field);
    if (field != null && sheet != null) {
      Bounds whole = bounds(sheets, sheet);
      double needed = bounds(sheets, field).getMaxY() - foot;
      double wished = Math.min(whole.getMaxY() - foot, whole.getMinY() - CLEAR);
      ofSheet = Math.max(0, Math.max(needed, wished));
    }
    pane.setTranslateY(sheet == null ? -ofPane : 0);
    sheets.setTranslateY(-ofSheet);
  }

  private static Bounds bounds(Node layer, Node node) {
    return layer.sceneToLocal(node.localToScene(node.getLayoutBounds()));
  }

  /** What lies over one another in the window. */
  private final class Layers extends StackPane {
    Layers(Node... layers) {
      super(layers);
    }

    @Override
    protected void layoutChildren() {
      super.layoutChildren();
      if (keyboard.isVisible()) {
        // Where the field is, is known once all that it stands in is laid out.
        pane.layout();
        sheets.layout();
      }
      lift();
    }
  }

  /**
   * Puts another screen of somebody who is there in the place of the one that is shown.
   *
   * @param acts what they can do on every screen
   */
  public void show(Screen screen, List<Always> acts) {
    show(screen, true);
    always = List.copyOf(acts);
  }

  /** Puts another screen in the place of the one that is shown. */
  public void show(Screen screen, boolean withBar) {
    always = List.of();
    Screen before = current;
    if (before != null) {
      before.hidden();
    }
    sheets.close();
    current = screen;
    Parts.show(bar, withBar);
    place(screen.root());
    content.getChildren().setAll(screen.root());
    screen.shown();
  }

  private void place(Parent screen) {
    pane.setBottom(null);
    if (strip.getParent() instanceof StackPane former) {
      former.getChildren().remove(strip);
    }
    strip.floating(screen instanceof StripPlace);
    if (screen instanceof StripPlace place) {
      place.stripPlace().getChildren().add(strip);
    } else {
      pane.setBottom(strip);
    }
  }

  private void key(KeyEvent key) {
    Screen screen = current;
    if (key.isConsumed() || screen == null) {
      return;
    }
    if (!sheets.isOpen()) {
      boolean asks =
          key.getEventType() == KeyEvent.KEY_PRESSED
              && key.getCode() == KeyCode.F1
              && !screen.keys().isEmpty();
      if (asks) {
        KeysSheet.open(surface, keys(screen));
        key.consume();
      } else {
        pressed(screen, key);
      }
    } else if (key.getEventType() == KeyEvent.KEY_PRESSED && key.getCode() == KeyCode.ESCAPE) {
      sheets.close();
      key.consume();
    } else if (isLock(key)) {
      // As Escape and then this: nobody leaves a till open because a sheet is.
      sheets.close();
      pressed(screen, key);
    }
  }

  /** Its own, and those of every screen; none where it has no help. */
  private List<KeyAct> keys(Screen screen) {
    List<KeyAct> own = screen.keys();
    Stream<KeyAct> others =
        always.stream()
            .map(each -> new KeyAct(each.key(), each.name()))
            .filter(each -> own.stream().noneMatch(known -> known.key().equals(each.key())));
    return own.isEmpty() ? own : Stream.concat(own.stream(), others).toList();
  }

  private void pressed(Screen screen, KeyEvent key) {
    screen.key(key);
    for (Always each : always) {
      if (!key.isConsumed() && each.isPressed(key)) {
        key.consume();
        each.act().run();
      }
    }
  }

  private static boolean isLock(KeyEvent key) {
    return key.getEventType() == KeyEvent.KEY_PRESSED
        && key.getCode() == KeyCode.L
        && key.isShortcutDown();
  }

  private Runnable remember() {
    Runnable ofScreen = current == null ? () -> {} : current.remember();
    Runnable ofField = focused() instanceof TextInputControl field ? text(field) : () -> {};
    Runnable onSheet = sheets.remember();
    return () -> {
      onSheet.run();
      ofField.run();
      ofScreen.run();
    };
  }

  private static Runnable text(TextInputControl field) {
    String text = field.getText();
    int caret = field.getCaretPosition();
    return () -> {
      field.setText(text);
      field.positionCaret(caret);
    };
  }

  /**
   * Into the field for codes of an open sheet, such as a terminal's reference; else to the screen.
   * Where a sheet asks about goods, or somebody has written on it, that comes first: what is
   * scanned over it is refused aloud.
   */
  private void scanned(String code) {
    Screen screen = current;
    if (surface.refusesScan()) {
      return;
    }
    if (sheets.isOpen()) {
      TextInputControl field = sheets.codeField(focused());
      if (field != null) {
        field.requestFocus();
        field.setText(Gs1Parser.printed(code));
        field.end();
        return;
      }
      if (sheets.isWritten()) {
        surface.refuse(surface.kit().say("sheet.scanned"), "SCAN-FIRST");
        return;
      }
      sheets.close();
    }
    if (screen != null) {
      screen.scanned(code);
    }
  }

  private @Nullable Node focused() {
    Scene scene = root.getScene();
    return scene == null ? null : scene.getFocusOwner();
  }
}
