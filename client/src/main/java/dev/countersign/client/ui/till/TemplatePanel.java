package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Template;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** What receipts show, with the paper beside it as it comes out. */
final class TemplatePanel implements HardwarePanel {
  private static final long LARGEST_LOGO = 512 * 1024;
  private static final double PREVIEW = 250;

  private final Surface surface;
  private final Words words;
  private final TextArea header = new TextArea();
  private final TextArea footer = new TextArea();
  private final CheckBox store;
  private final CheckBox register;
  private final CheckBox cashier;
  private final CheckBox code;
  private final ComboBox<String> language = new ComboBox<>();
  private final ImageView paper = new ImageView();
  private final Button choose;
  private final Button remove;
  private final List<Button> tests;
  private final Runnable changed;
  private byte[] logo;

  /**
   * @param changed told when the picture of the paper is old
   */
  TemplatePanel(Surface surface, Template now, byte[] logo, Runnable changed) {
    this.surface = surface;
    this.words = surface.words();
    this.logo = logo.clone();
    this.changed = changed;
    area(header, now.header(), "receipt-header");
    area(footer, now.footer(), "receipt-footer");
    store = HardwareFields.check(words.say("hardware.receipt.store"), now.store());
    register = HardwareFields.check(words.say("hardware.receipt.register"), now.register());
    cashier = HardwareFields.check(words.say("hardware.receipt.cashier"), now.cashier());
    code = HardwareFields.check(words.say("hardware.receipt.code"), now.code());
    for (CheckBox each : List.of(store, register, cashier, code)) {
      each.selectedProperty().addListener((_, _, _) -> changed.run());
    }
    languages(now.language());
    choose = Parts.button(words.say("hardware.receipt.logo"), this::chooseLogo);
    remove = Parts.button(words.say("hardware.receipt.no-logo"), () -> take(new byte[0]));
    tests = List.of(Parts.button(words.say("hardware.receipt.preview"), changed));
    paper.setFitWidth(PREVIEW);
    paper.setPreserveRatio(true);
    paper.setSmooth(true);
  }

  private void languages(String now) {
    language.setId("receipt-language");
    language.getItems().add(words.say("hardware.receipt.language.till"));
    int on = 0;
    for (Language each : Language.values()) {
      language.getItems().add(each.ownName());
      if (each.code().equals(Locale.forLanguageTag(now).getLanguage())) {
        on = each.ordinal() + 1;
      }
    }
    language.getSelectionModel().select(on);
    language.getSelectionModel().selectedIndexProperty().addListener((_, _, _) -> changed.run());
  }

  private void area(TextArea area, List<String> lines, String id) {
    area.setId(id);
    area.setText(String.join("\n", lines));
    area.setPrefRowCount(3);
    area.setPrefColumnCount(20);
    area.focusedProperty()
        .addListener(
            (_, _, focused) -> {
              if (!focused) {
                changed.run();
              }
            });
  }

  @Override
  public String name() {
    return words.say("hardware.receipt");
  }

  @Override
  public Region fields() {
    VBox left =
        new VBox(
            10,
            HardwareFields.named(words.say("hardware.receipt.header"), header),
            HardwareFields.named(words.say("hardware.receipt.footer"), footer),
            HardwareFields.named(words.say("hardware.receipt.language"), language),
            new FlowPane(18, 0, store, register, cashier, code),
            new FlowPane(10, 10, choose, remove));
    left.setPrefWidth(300);
    HBox.setHgrow(left, Priority.ALWAYS);
    return new HBox(18, left, paper);
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    Template typed =
        new Template(
            lines(header),
            lines(footer),
            store.isSelected(),
            register.isSelected(),
            cashier.isSelected(),
            code.isSelected(),
            chosenLanguage());
    typed.with(null);
    return base.with(typed);
  }

  private String chosenLanguage() {
    int index = language.getSelectionModel().getSelectedIndex();
    return index <= 0 ? "" : Language.values()[index - 1].locale().toLanguageTag();
  }

  private static List<String> lines(TextArea area) {
    String text = area.getText().strip();
    return text.isEmpty() ? List.of() : text.lines().map(String::strip).toList();
  }

  @Override
  public String summary(Hardware saved) {
    return saved.receipt().header().isEmpty()
        ? words.say("hardware.receipt.as-shop")
        : saved.receipt().header().getFirst();
  }

  /** The picture file; empty for none. */
  byte[] logo() {
    return logo.clone();
  }

  /** Shows the paper. */
  void show(byte[] png) {
    paper.setImage(new Image(new ByteArrayInputStream(png)));
    paper.setAccessibleText(words.say("hardware.receipt.preview"));
  }

  private void chooseLogo() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(words.say("hardware.receipt.logo"));
    File file = chooser.showOpenDialog(choose.getScene().getWindow());
    if (file != null) {
      surface
          .desk()
          .run(
              () ->
                  Files.size(file.toPath()) > LARGEST_LOGO
                      ? new byte[0]
                      : Files.readAllBytes(file.toPath()),
              bytes -> {
                if (bytes.length == 0) {
                  surface.refuse(words.say("hardware.receipt.logo-size"), "LOGO-SIZE");
                } else {
                  take(bytes);
                }
              },
              surface::trouble);
    }
  }

  private void take(byte[] bytes) {
    logo = bytes;
    changed.run();
  }
}
