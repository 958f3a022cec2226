package dev.countersign.client.ui.till;

import dev.countersign.client.device.CustomerDisplay;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Wardrobe;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;

/**
 * The customer's display as a second window: on the second screen when there is one, else beside
 * the till's, to be moved. It takes no key and no focus. Belongs to the screen's thread.
 */
public final class CustomerWindow implements CustomerDisplay {
  private static final int MOST_ROWS = 8;
  private static final double WIDTH = 800;
  private static final double HEIGHT = 480;

  private final Words words;
  private final Supplier<View> view;
  private final Window till;
  private StackPane root = new StackPane();
  private @Nullable Stage stage;
  private Hardware.Display setup = new Hardware.Display(false, "");
  private Shown shown = new Shown.Idle("");
  private String mark = "";

  /**
   * @param view how the till looks when this opens
   * @param till the window that closes this one with it
   */
  public CustomerWindow(Words words, Supplier<View> view, Window till) {
    this.words = words;
    this.view = view;
    this.till = till;
    till.addEventHandler(WindowEvent.WINDOW_HIDDEN, _ -> close());
  }

  /** Opens or closes it. */
  public void set(Hardware.Display now) {
    setup = now;
    if (!now.on()) {
      close();
    } else if (stage == null) {
      open();
    }
    show(shown);
  }

  /** Says above all that is shown that nothing of it is real; empty for what is. */
  public void mark(String text) {
    mark = text;
    show(shown);
  }

  /** The window's content, once it is open. */
  public Optional<Scene> scene() {
    return Optional.ofNullable(stage).map(Stage::getScene);
  }

  private void open() {
    // The scene of a window that was closed keeps its root, and shares it with no other.
    root = new StackPane();
    Scene scene = Wardrobe.dressed(root, view.get(), WIDTH, HEIGHT);
    root.getStyleClass().add("customer");
    Stage window = new Stage();
    window.setTitle(words.say("display.title"));
    window.setScene(scene);
    elsewhere()
        .ifPresent(
            bounds -> {
              window.setX(bounds.getMinX());
              window.setY(bounds.getMinY());
              window.setFullScreenExitHint("");
              window.setFullScreen(true);
            });
    // Closed by the system it is gone, and opens again with the next person at the till.
    window.setOnHidden(
        _ -> {
          if (stage == window) {
            stage = null;
          }
        });
    stage = window;
    window.show();
    till.requestFocus();
  }

  private Optional<Rectangle2D> elsewhere() {
    List<Screen> here =
        Screen.getScreensForRectangle(
            till.getX(), till.getY(), Math.max(1, till.getWidth()), Math.max(1, till.getHeight()));
    return Screen.getScreens().stream()
        .filter(screen -> !here.contains(screen))
        .map(Screen::getBounds)
        .findFirst();
  }

  private void close() {
    Stage open = stage;
    stage = null;
    if (open != null) {
      open.hide();
    }
  }

  @Override
  public void show(Shown now) {
    shown = now;
    if (stage != null) {
      VBox content =
          switch (now) {
            case Shown.Idle(String text) -> idle(text.isEmpty() ? setup.idle() : text);
            case Shown.Basket(List<Row> rows, String total, boolean back) ->
                basket(rows, words.say(back ? "refund.gives" : "display.total"), total);
            case Shown.Paying(String total, String paid, String left) ->
                paid.isEmpty()
                    ? figures(new Figure(words.say("display.total"), total))
                    : figures(
                        new Figure(words.say("display.total"), total),
                        new Figure(words.say("display.paid"), paid),
                        new Figure(words.say("display.left"), left));
            case Shown.Paid(String total, String change) -> thanks(total, change);
          };
      root.getChildren().setAll(content);
      if (!mark.isEmpty()) {
        Label above = Parts.whole(mark, "customer-mark");
        StackPane.setAlignment(above, Pos.TOP_CENTER);
        root.getChildren().add(above);
      }
    }
  }

  private VBox idle(String text) {
    VBox box =
        new VBox(
            Parts.paragraph(text.isEmpty() ? words.say("display.welcome") : text, "customer-idle"));
    box.setAlignment(Pos.CENTER);
    return box;
  }

  /** The newest lines: those are what the customer looks for. */
  private VBox basket(List<Row> rows, String name, String total) {
    VBox lines = new VBox(6);
    for (Row row : rows.subList(Math.max(0, rows.size() - MOST_ROWS), rows.size())) {
      HBox line =
          Parts.row(
              16,
              Parts.whole(row.quantity(), "customer-line", "soft"),
              Parts.label(row.name(), "customer-line"),
              Parts.spacer(),
              Parts.whole(row.amount(), "customer-line", "semi"));
      lines.getChildren().add(line);
    }
    HBox sum =
        Parts.row(
            16,
            Parts.whole(name, "customer-label"),
            Parts.spacer(),
            Parts.whole(total, "customer-total"));
    return new VBox(12, lines, Parts.spacer(), sum);
  }

  private VBox thanks(String total, String change) {
    VBox box =
        change.isEmpty()
            ? figures(new Figure(words.say("display.paid"), total))
            : figures(
                new Figure(words.say("display.paid"), total),
                new Figure(words.say("display.change"), change));
    box.getChildren().add(Parts.whole(words.say("display.thanks"), "customer-thanks"));
    return box;
  }

  /** The last one is the one that counts now. */
  private static VBox figures(Figure... all) {
    VBox box = new VBox(10);
    for (int i = 0; i < all.length; i++) {
      String style = i == all.length - 1 && i > 0 ? "customer-change" : "customer-total";
      box.getChildren()
          .addAll(
              Parts.whole(all[i].name(), "customer-label"), Parts.whole(all[i].amount(), style));
    }
    box.setAlignment(Pos.CENTER);
    return box;
  }

  private record Figure(String name, String amount) {}
}
