package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

/** The columns of a table: texts to the left, figures to the right. */
final class Columns {
  private Columns() {}

  static <T> TableColumn<T, String> text(String name, double width, Function<T, String> text) {
    TableColumn<T, String> column = new TableColumn<>(name);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
    column.setPrefWidth(width);
    column.setMinWidth(width * 0.6);
    return column;
  }

  /**
   * A column that sorts by value and shows a text.
   *
   * @param shown how a value is written
   */
  static <T, V extends Comparable<? super V>> TableColumn<T, V> figure(
      String name, double width, Function<T, V> value, Function<V, String> shown) {
    TableColumn<T, V> column = new TableColumn<>(name);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setCellFactory(_ -> new Written<>(shown));
    column.getStyleClass().add("right");
    column.setPrefWidth(width);
    column.setMinWidth(width * 0.8);
    return column;
  }

  /** A column that shows a part of its own. */
  static <T, V extends Comparable<? super V>> TableColumn<T, V> part(
      String name, double width, Function<T, V> value, Function<V, Node> shown) {
    TableColumn<T, V> column = new TableColumn<>(name);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setCellFactory(_ -> new Drawn<>(shown));
    column.setPrefWidth(width);
    column.setMinWidth(width * 0.8);
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
