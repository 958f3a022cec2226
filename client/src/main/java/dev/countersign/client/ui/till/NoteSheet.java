package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.Notes;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A note beside the chosen line or the sale, for the receipt. F9 changes between the two. */
final class NoteSheet {
  private static final double WIDTH = 560;

  private final Surface surface;
  private final Running running;
  private final Running.@Nullable Row row;
  private final BiConsumer<Integer, String> save;
  private final TextField text;
  private final FlowPane targets;
  private boolean onLine;

  private NoteSheet(
      Surface surface,
      Running running,
      Running.@Nullable Row row,
      BiConsumer<Integer, String> save) {
    Words words = surface.words();
    this.surface = surface;
    this.running = running;
    this.row = row;
    this.save = save;
    this.onLine = row != null;
    this.text = SheetForm.text(words.say("note.text"), "note-text", Notes.LONGEST);
    String all = words.say("note.sale");
    this.targets =
        SheetForm.chips(
            row == null ? List.of(all) : List.of(words.say("note.line", row.name()), all),
            0,
            index -> target(row != null && index == 0));
  }

  /**
   * @param save takes the line's number, 0 for the sale, and the note
   */
  static void open(
      Surface surface,
      Running running,
      Running.@Nullable Row row,
      BiConsumer<Integer, String> save) {
    new NoteSheet(surface, running, row, save).show();
  }

  private void show() {
    Words words = surface.words();
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("note.title"), "title"),
            Parts.paragraph(words.say("note.hint"), "soft", "note"),
            targets,
            text,
            SheetForm.buttons(surface, words.say("note.save"), this::save));
    content.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.F9 && row != null) {
            target(!onLine);
            key.consume();
          }
        });
    SheetForm.onEnter(content, this::save);
    target(onLine);
    surface.sheets().open(content, WIDTH, text, () -> {});
    text.end();
  }

  private void target(boolean line) {
    onLine = line;
    SheetForm.choose(targets, row == null || line ? 0 : 1);
    text.setText(line && row != null ? row.note() : running.basket().note());
    text.end();
  }

  private void save() {
    surface.sheets().close();
    save.accept(onLine && row != null ? row.no() : 0, text.getText());
  }
}
