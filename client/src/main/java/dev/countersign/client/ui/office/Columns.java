package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The columns of a table: texts to the left, figures to the right. */
final class Columns {
  /** The size of letters that widths are given for. */
  private static final double USUAL_LETTERS = 13;

  /** What stands left and right of a column's name. */
  private static final double AROUND_NAME = 26;

  private Columns() {}

  /** What a cell sorts by; null where there is nothing, which is left empty and sorts first. */
  interface Value<T, V> {
    @Nullable V of(T row);
  }

  /** What does not fit into one line of a cell takes a second one. */
  static <T> TableColumn<T, String> text(String name, double width, Function<T, String> text) {
    TableColumn<T, String> column = named(name, width, width * 0.7);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
    column.setCellFactory(_ -> new Lines<>());
    return column;
  }

  /**
   * A column as wide as its name at least; with larger letters it grows.
   *
   * @param width at the usual size of letters, and so is the least
   */
  private static <T, V> TableColumn<T, V> named(String name, double width, double least) {
    TableColumn<T, V> column = new TableColumn<>(name);
    Label head = Parts.whole(name, "column-name");
    column.setGraphic(head);
    Runnable fit =
        () -> {
          double factor = head.getFont().getSize() / USUAL_LETTERS;
          double whole = Math.ceil(head.prefWidth(-1)) + AROUND_NAME;
          column.setMinWidth(Math.max(least * factor, whole));
          column.setPrefWidth(Math.max(width * factor, whole));
        };
    head.fontProperty().addListener((_, _, _) -> fit.run());
    head.textProperty().addListener((_, _, _) -> fit.run());
    fit.run();
    return column;
  }

  /**
   * A column that sorts by value and shows a text.
   *
   * @param shown how a value is written
   */
  static <T, V extends Comparable<? super V>> TableColumn<T, V> figure(
      String name, double width, Value<T, V> value, Function<V, String> shown) {
    TableColumn<T, V> column = named(name, width, width * 0.8);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.of(cell.getValue())));
    column.setCellFactory(_ -> new Written<>(shown));
    column.getStyleClass().add("right");
    return column;
  }

  /** A column of figures that are written already; what has none is left empty. */
  static <T> TableColumn<T, String> amount(String name, double width, Function<T, String> text) {
    TableColumn<T, String> column = named(name, width, width * 0.7);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
    column.setCellFactory(_ -> new Written<>(Function.identity()));
    column.getStyleClass().add("right");
    return column;
  }

  /** A column that shows a part of its own. */
  static <T, V extends Comparable<? super V>> TableColumn<T, V> part(
      String name, double width, Function<T, V> value, Function<V, Node> shown) {
    TableColumn<T, V> column = named(name, width, width * 0.8);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setCellFactory(_ -> new Drawn<>(shown));
    return column;
  }

  /** A table that says in words that it is empty. */
  static <T> TableView<T> table(String name, String emptyTitle, String emptyText) {
    TableView<T> table = new TableView<>();
    table.setAccessibleText(name);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    VBox empty =
        new VBox(Parts.label(emptyTitle, "empty-title"), Parts.paragraph(emptyText, "empty-text"));
    empty.getStyleClass().add("empty");
    table.setPlaceholder(empty);
    return table;
  }

  private static final class Lines<T> extends TableCell<T, String> {
    private final Label text = Parts.wrapping("");

    @Override
    protected void updateItem(String value, boolean empty) {
      super.updateItem(value, empty);
      text.setText(empty || value == null ? "" : value);
      setGraphic(text.getText().isEmpty() ? null : text);
    }

    @Override
    protected void layoutChildren() {
      super.layoutChildren();
      if (getGraphic() != null) {
        double left = snappedLeftInset();
        text.resizeRelocate(left, 0, getWidth() - left - snappedRightInset(), getHeight());
      }
    }
  }

  private static final class Written<T, V> extends TableCell<T, V> {
    private final Function<V, String> shown;

    Written(Function<V, String> shown) {
      this.shown = shown;
    }

    @Override
    protected void updateItem(V value, boolean empty) {
      super.updateItem(value, empty);
      setText(empty || value == null ? null : shown.apply(value));
    }
  }

  private static final class Drawn<T, V> extends TableCell<T, V> {
    private final Function<V, Node> shown;

    Drawn(Function<V, Node> shown) {
      this.shown = shown;
    }

    @Override
    protected void updateItem(V value, boolean empty) {
      super.updateItem(value, empty);
      setGraphic(empty || value == null ? null : shown.apply(value));
    }
  }
}
