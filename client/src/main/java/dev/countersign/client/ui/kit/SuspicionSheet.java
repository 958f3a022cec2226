package dev.countersign.client.ui.kit;

import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.SuspicionReported.Kind;
import dev.countersign.common.sale.CardNumbers;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Somebody noticed something that should not be: what, in a word; and what they do next. */
public final class SuspicionSheet {
  private static final double WIDTH = 600;
  private static final double STEP_WIDTH = 540;

  private final Surface surface;
  private final Words words;
  private final BiConsumer<Kind, String> report;
  private final VBox choices = new VBox(8);
  private final TextField note = new TextField();
  private @Nullable Kind chosen;

  private SuspicionSheet(Surface surface, BiConsumer<Kind, String> report) {
    this.surface = surface;
    this.words = surface.kit();
    this.report = report;
  }

  /**
   * @param report takes what it is about and a note, which may be empty
   */
  public static void open(Surface surface, BiConsumer<Kind, String> report) {
    new SuspicionSheet(surface, report).show();
  }

  /** What it is about, in words. */
  public static String name(Words words, Kind kind) {
    return switch (kind) {
      case SECRET_ASKED -> words.say("suspicion.secret-asked");
      case STRANGE_DEVICE -> words.say("suspicion.strange-device");
      case STRANGE_BEHAVIOUR -> words.say("suspicion.strange-behaviour");
      case TOUCHED -> words.say("suspicion.touched");
      case STRANGE_CALL -> words.say("suspicion.strange-call");
      case OTHER -> words.say("suspicion.other");
    };
  }

  private void show() {
    for (Kind kind : Kind.values()) {
      String name = name(words, kind);
      Node row =
          Parts.row(
              12,
              Parts.keyCap(surface.amounts().count(kind.ordinal() + 1L)),
              Parts.label(name, "medium"));
      choices.getChildren().add(Parts.button(row, name, () -> choose(kind), "choice"));
    }
    note.setId("suspicion-note");
    note.setPromptText(words.say("suspicion.note"));
    note.setAccessibleText(words.say("suspicion.note"));
    note.textProperty()
        .addListener(
            (_, before, now) -> {
              if (now.length() > SuspicionReported.LONGEST_NOTE) {
                note.setText(before);
              }
            });
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("suspicion.title"), "title"),
            Parts.paragraph(words.say("suspicion.text"), "soft", "note"),
            choices,
            note,
            Parts.foot(
                Parts.button(words.say("suspicion.cancel"), surface.sheets()::close),
                Parts.button(words.say("suspicion.report"), this::done, "primary")));
    content.addEventFilter(KeyEvent.KEY_PRESSED, this::enter);
    content.addEventFilter(KeyEvent.KEY_TYPED, this::digit);
    surface.sheets().open(content, WIDTH, choices.getChildren().getFirst(), () -> {});
  }

  /** Enter on the note or, once a kind is chosen, on it reports; on another button it is that. */
  private void enter(KeyEvent key) {
    boolean elsewhere =
        key.getTarget() instanceof ButtonBase button
            && button.isFocusVisible()
            && !choices.getChildren().contains(button);
    boolean reports = key.getTarget() == note || (chosen != null && !elsewhere);
    if (key.getCode() == KeyCode.ENTER && reports) {
      key.consume();
      done();
    }
  }

  private void digit(KeyEvent key) {
    boolean typing = key.getTarget() instanceof TextInputControl;
    int number = key.getCharacter().matches("[1-9]") ? key.getCharacter().charAt(0) - '0' : 0;
    if (!typing && number >= 1 && number <= Kind.values().length) {
      key.consume();
      choose(Kind.values()[number - 1]);
    }
  }

  private void choose(Kind kind) {
    chosen = kind;
    for (int i = 0; i < choices.getChildren().size(); i++) {
      Node choice = choices.getChildren().get(i);
      choice.getStyleClass().remove("on");
      if (i == kind.ordinal()) {
        choice.getStyleClass().add("on");
      }
    }
    note.requestFocus();
  }

  private void done() {
    Kind kind = chosen;
    if (kind == null) {
      surface.refuse(words.say("suspicion.choose"));
    } else if (CardNumbers.isIn(note.getText())) {
      surface.refuse(words.say("trouble.card-number"));
    } else {
      surface.sheets().close();
      report.accept(kind, note.getText().strip());
    }
  }

  /** It is recorded: what to do until somebody has looked. */
  public static void next(Surface surface, Kind kind) {
    Words words = surface.kit();
    Button close = Parts.button(words.say("suspicion.close"), surface.sheets()::close);
    VBox steps = new VBox(10);
    List<String> all = steps(words, kind);
    for (int i = 0; i < all.size(); i++) {
      steps
          .getChildren()
          .add(
              Parts.row(
                  12,
                  Parts.keyCap(surface.amounts().count(i + 1L)),
                  Parts.paragraph(all.get(i), "medium")));
    }
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("suspicion.reported"), "title"),
            Parts.paragraph(words.say("suspicion.reported.text"), "soft", "note"),
            steps,
            close);
    surface.sheets().open(content, STEP_WIDTH, close, () -> {});
  }

  private static List<String> steps(Words words, Kind kind) {
    String first =
        switch (kind) {
          case SECRET_ASKED -> words.say("suspicion.do.change-pin");
          case STRANGE_DEVICE -> words.say("suspicion.do.leave-plugged");
          case STRANGE_BEHAVIOUR, OTHER -> words.say("suspicion.do.lock");
          case TOUCHED -> words.say("suspicion.do.leave-till");
          case STRANGE_CALL -> words.say("suspicion.do.hang-up");
        };
    return List.of(first, words.say("suspicion.do.no-pin"), words.say("suspicion.do.manager"));
  }
}
