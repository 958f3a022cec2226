package dev.countersign.client.ui.office;

import dev.countersign.client.flow.PriceFile;
import dev.countersign.client.flow.PriceFile.Reading;
import dev.countersign.client.flow.PriceFile.Refused;
import dev.countersign.client.flow.PriceFile.Taken;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.PriceList;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Takes prices of a file onto the list that is being written, and says of every row why not. */
final class PricesFromFile {
  private static final double WIDTH = 640;

  private final Surface surface;
  private final Words words;
  private final PriceFile prices;
  private final Consumer<List<Taken>> take;
  private final Runnable back;
  private final TextField file = new TextField();
  private final Label came = Parts.paragraph("", "medium");
  private final TextArea refused = new TextArea();

  /**
   * @param take puts them on the list
   * @param back to the list
   */
  PricesFromFile(Surface surface, PriceFile prices, Consumer<List<Taken>> take, Runnable back) {
    this.surface = surface;
    this.words = surface.words();
    this.prices = prices;
    this.take = take;
    this.back = back;
    file.setId("list-file");
    file.setOnAction(_ -> read());
    refused.setEditable(false);
    refused.setPrefRowCount(8);
    refused.setWrapText(true);
    refused.setAccessibleText(words.say("lists.file.refused"));
    Parts.show(came, false);
    Parts.show(refused, false);
  }

  void open() {
    HBox row =
        Parts.row(
            12,
            Forms.named(words.say("lists.file.path"), file),
            Parts.button(words.say("lists.file.choose"), this::choose));
    row.setAlignment(Pos.BOTTOM_LEFT);
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("lists.file.title"), "title"),
            Parts.paragraph(words.say("lists.file.text"), "soft", "note"),
            row,
            came,
            refused,
            Parts.row(
                10,
                Parts.button(words.say("lists.file.back"), back),
                Parts.spacer(),
                Parts.button(words.say("lists.file.read"), this::read, "primary")));
    surface.sheets().open(content, WIDTH, file, () -> {});
  }

  private void choose() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(words.say("lists.file.title"));
    File chosen = chooser.showOpenDialog(file.getScene().getWindow());
    if (chosen != null) {
      file.setText(chosen.getPath());
    }
  }

  private void read() {
    String path = file.getText().strip();
    surface.desk().run(() -> reading(path), this::show, surface::trouble);
  }

  /** Empty for a file that is none, or another one. */
  private Optional<Reading> reading(String path) {
    try {
      return Optional.of(prices.read(Path.of(path)));
    } catch (IOException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  private void show(Optional<Reading> read) {
    Parts.show(came, true);
    if (read.isEmpty()) {
      came.setText(words.say("lists.file.unreadable"));
      Parts.show(refused, false);
      surface.sounds().refused();
      return;
    }
    List<Taken> taken = read.get().taken();
    List<Refused> not = read.get().refused();
    take.accept(taken);
    came.setText(words.say("lists.file.taken", taken.size(), not.size()));
    refused.setText(not.stream().map(this::line).collect(Collectors.joining("\n")));
    Parts.show(refused, !not.isEmpty());
  }

  private String line(Refused row) {
    String why =
        switch (row.why()) {
          case BROKEN -> words.say("lists.file.broken");
          case NO_PRODUCT -> words.say("lists.file.no-product", row.said());
          case SEVERAL -> words.say("lists.file.several", row.said());
          case PACK -> words.say("lists.file.pack", row.said());
          case NO_PRICE -> words.say("lists.file.no-price", row.said());
          case TWICE -> words.say("lists.file.twice", row.said());
          case TOO_MANY -> words.say("lists.file.too-many", PriceList.MOST);
        };
    return words.say("lists.file.line", row.line(), why);
  }
}
