package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.Review;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.Routes;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Saves what a closed review says, byte for byte as the log's entry is the hash of it. */
final class EvidenceSheet {
  private static final double WIDTH = 640;

  private final ServerRoom room;
  private final Words words;
  private final Review review;
  private final TextField file = new TextField();
  private final Label wrong = Parts.paragraph("", "bad-text");

  /** What became of the file. */
  private enum Saved {
    DONE,
    THERE_ALREADY,
    NOT_WRITTEN,
    /** The server gave something else than what the log's entry names. */
    ALTERED
  }

  private EvidenceSheet(ServerRoom room, Review review) {
    this.room = room;
    this.words = room.words();
    this.review = review;
    file.setId("evidence-file");
    Parts.show(wrong, false);
  }

  static void open(ServerRoom room, Review review) {
    new EvidenceSheet(room, review).show();
  }

  private void show() {
    LocalDate day = review.openedAt().atZone(room.clock().getZone()).toLocalDate();
    Path home = Path.of(System.getProperty("user.home"));
    file.setText(home.resolve("access-review-" + day + ".json").toString());
    file.setOnAction(_ -> save());
    VBox named = Forms.named(words.say("evidence.file"), file);
    HBox.setHgrow(named, Priority.ALWAYS);
    HBox row = Parts.row(12, named, Parts.button(words.say("evidence.choose"), this::choose));
    row.setAlignment(javafx.geometry.Pos.BOTTOM_LEFT);
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("evidence.title"), "title"),
            Parts.paragraph(words.say("evidence.text"), "soft", "note"),
            row,
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close),
                Parts.button(words.say("evidence.save"), this::save, "primary")));
    room.surface().sheets().open(content, WIDTH, file, () -> {});
  }

  private void choose() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(words.say("evidence.title"));
    Path now = Path.of(file.getText());
    chooser.setInitialFileName(String.valueOf(now.getFileName()));
    File chosen = chooser.showSaveDialog(file.getScene().getWindow());
    if (chosen != null) {
      file.setText(chosen.getPath());
    }
  }

  private void save() {
    String to = file.getText().strip();
    String path = Routes.REVIEW_EVIDENCE.replace("{id}", review.id().toString());
    room.act(
        () -> room.line().bytes(path).map(bytes -> written(to, bytes)),
        saved -> {
          if (saved == Saved.DONE) {
            room.surface().sheets().close();
            room.good(words.say("evidence.saved", to));
          } else {
            wrong(why(saved));
          }
        },
        no -> wrong(room.why(no)));
  }

  private Saved written(String to, byte[] bytes) {
    if (!Hash.of(bytes).toHex().equals(review.hash())) {
      return Saved.ALTERED;
    }
    try {
      Files.write(Path.of(to), bytes, StandardOpenOption.CREATE_NEW);
      return Saved.DONE;
    } catch (FileAlreadyExistsException _) {
      return Saved.THERE_ALREADY;
    } catch (IOException | InvalidPathException _) {
      return Saved.NOT_WRITTEN;
    }
  }

  private String why(Saved saved) {
    return switch (saved) {
      case THERE_ALREADY -> words.say("evidence.there-already");
      case ALTERED -> words.say("evidence.altered");
      case DONE, NOT_WRITTEN -> words.say("evidence.not-written");
    };
  }

  private void wrong(String text) {
    wrong.setText(text);
    Parts.show(wrong, true);
    room.surface().sounds().refused();
  }
}
