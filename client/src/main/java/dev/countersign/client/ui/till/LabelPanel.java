package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Price labels: a product is scanned or its number typed, and so many come out. */
final class LabelPanel implements HardwarePanel {
  /** What a person takes out of a printer at once. */
  private static final int MOST = 50;

  private final Words words;
  private final TextField code = HardwareFields.text("", "label-code");
  private final TextField count = HardwareFields.text("1", "label-count");
  private final List<Button> tests;

  /** Prints. */
  interface Printing {
    void labels(String code, int count);
  }

  LabelPanel(Surface surface, Printing printing) {
    this.words = surface.words();
    Runnable print =
        () -> {
          int many = count.getText().matches("[0-9]{1,2}") ? Integer.parseInt(count.getText()) : 0;
          if (many < 1 || many > MOST) {
            surface.refuse(words.say("hardware.label.count-wrong", MOST));
          } else {
            printing.labels(code.getText().strip(), many);
          }
        };
    code.setOnAction(_ -> print.run());
    count.setOnAction(_ -> print.run());
    tests = List.of(Parts.button(words.say("hardware.label.print"), print));
  }

  void scanned(String scanned) {
    code.setText(scanned);
  }

  @Override
  public String name() {
    return words.say("hardware.label");
  }

  @Override
  public Region fields() {
    VBox many = HardwareFields.named(words.say("hardware.label.count"), count);
    many.setMaxWidth(140);
    return new VBox(
        12,
        Parts.paragraph(words.say("hardware.label.text"), "soft"),
        new HBox(12, HardwareFields.named(words.say("hardware.label.code"), code), many));
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    return base;
  }

  @Override
  public String summary(Hardware saved) {
    return words.say("hardware.label.through");
  }
}
