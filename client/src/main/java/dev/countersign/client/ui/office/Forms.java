package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The parts that the pages' sheets are put together from. */
final class Forms {
  /** More than a field can have, in pixels. */
  private static final double WIDE = 2_000;

  private Forms() {}

  /** A field under its name. */
  static VBox named(String label, TextInputControl field) {
    field.setAccessibleText(label);
    return under(label, field);
  }

  /** A choice under its name. */
  static VBox named(String label, ComboBox<?> choice) {
    choice.setAccessibleText(label);
    choice.setMaxWidth(Double.MAX_VALUE);
    return under(label, choice);
  }

  private static VBox under(String label, Node control) {
    VBox box = new VBox(6, Parts.whole(label, "note", "soft"), control);
    // What would be wider than any sheet gives way equally: fields in a row are of one width.
    box.setPrefWidth(WIDE);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }

  /** What is known about something, in one line. */
  static HBox fact(String name, String value) {
    return Parts.ends(Parts.label(name, "soft"), Parts.whole(value, "medium"));
  }

  /** The first of several and how many more there are, for a cell that holds one line. */
  static String first(Words words, List<String> all) {
    return switch (all.size()) {
      case 0 -> "";
      case 1 -> all.getFirst();
      default -> words.say("list.more", all.getFirst(), all.size() - 1);
    };
  }

  /** Whoever did something: a person by name, or the server's operator. */
  static String who(Words words, @Nullable String name) {
    if (name == null) {
      return words.say("by.unknown");
    }
    return name.equals("operator") ? words.say("by.operator") : name;
  }

  /** A choice among these, each with its words; the first one is chosen. */
  static <T> ComboBox<T> choice(List<T> among, Function<T, String> words) {
    ComboBox<T> choice = new ComboBox<>();
    choice.getItems().setAll(among);
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(T value) {
            return value == null ? "" : words.apply(value);
          }

          @Override
          public T fromString(String text) {
            throw new IllegalStateException("nothing is typed here");
          }
        });
    if (!among.isEmpty()) {
      choice.getSelectionModel().select(0);
    }
    return choice;
  }

  /** What is high lies in a scroll bar of this height at most. */
  static ScrollPane scroll(Node content, double height) {
    ScrollPane scroll = new ScrollPane(content);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(height);
    return scroll;
  }

  /** Opens the row that is chosen: by Enter, by a second click, or by the button. */
  static <T> Button opens(TableView<T> table, String name, Consumer<T> open) {
    Runnable act =
        () -> {
          T row = table.getSelectionModel().getSelectedItem();
          if (row != null) {
            open.accept(row);
          }
        };
    table.setOnMouseClicked(
        click -> {
          if (click.getClickCount() == 2) {
            act.run();
          }
        });
    table.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.ENTER) {
            key.consume();
            act.run();
          }
        });
    Button button = Parts.button(name, act);
    button.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    return button;
  }

  /**
   * The day that stands in a field, as it is written here.
   *
   * @throws DateTimeException for what is no day
   */
  static LocalDate day(Amounts amounts, TextField field) {
    LocalDate day = amounts.day(field.getText().strip());
    if (day == null) {
      throw new DateTimeException("no day");
    }
    return day;
  }

  /** As {@link #day}, or null when nothing was typed. */
  static @Nullable LocalDate dayOrNone(Amounts amounts, TextField field) {
    return field.getText().isBlank() ? null : day(amounts, field);
  }
}
