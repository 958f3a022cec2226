package dev.countersign.client.ui.kit;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The small parts that screens are put together from. */
public final class Parts {
  private Parts() {}

  /** A label with style classes. */
  public static Label label(String text, String... styles) {
    Label label = new Label(text);
    label.getStyleClass().addAll(styles);
    return label;
  }

  /** A label that never gives up its text for want of room: figures and keys. */
  public static Label whole(String text, String... styles) {
    Label label = label(text, styles);
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /** A label that breaks into as many lines as there is room for. */
  public static Label wrapping(String text, String... styles) {
    Label label = new Paragraph(text);
    label.getStyleClass().addAll(styles);
    return label;
  }

  /** A label that breaks into as many lines as it needs. */
  public static Label paragraph(String text, String... styles) {
    Label label = wrapping(text, styles);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** A button that says what it does, also to a screen reader. */
  public static Button button(String text, Runnable act, String... styles) {
    Button button = new Button(text);
    button.setAccessibleText(text);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.getStyleClass().addAll(styles);
    button.setOnAction(_ -> act.run());
    return button;
  }

  /** A button that shows a part of its own and tells a screen reader the given name. */
  public static Button button(Node shown, String name, Runnable act, String... styles) {
    Button button = new Button();
    button.setGraphic(shown);
    button.setAccessibleText(name);
    button.getStyleClass().addAll(styles);
    button.setOnAction(_ -> act.run());
    return button;
  }

  /** The key that does the same as the control beside it. */
  public static Label keyCap(String key) {
    return whole(key, "key-cap");
  }

  public static Node icon(Feather feather, String... styles) {
    return new Icon(feather, styles);
  }

  /** Pushes what follows to the end of a row or column. */
  public static Region spacer() {
    Region spacer = new Region();
    HBox.setHgrow(spacer, Priority.ALWAYS);
    VBox.setVgrow(spacer, Priority.ALWAYS);
    return spacer;
  }

  public static HBox row(double spacing, Node... nodes) {
    HBox row = new HBox(spacing, nodes);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  /** A row whose ends lie at the two sides. */
  public static HBox ends(Node start, Node end) {
    HBox row = row(12, start, spacer(), end);
    row.getStyleClass().add("row");
    return row;
  }

  /**
   * The foot of a sheet: what leaves it at the start, where Escape is on a keyboard, and what it is
   * for at the end, the main act last.
   */
  public static HBox foot(Node leave, Node... acts) {
    HBox row = row(10, leave, spacer());
    row.getChildren().addAll(acts);
    return row;
  }

  /** Takes a node out of the layout as well when it is not shown. */
  public static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
