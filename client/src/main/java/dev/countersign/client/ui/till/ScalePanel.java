package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Dialog;
import dev.countersign.client.device.Hardware.Scale;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.ScaleReading;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.math.BigDecimal;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The scale. */
final class ScalePanel implements HardwarePanel {
  private final Words words;
  private final WayFields way;
  private final ComboBox<Dialog> dialog;
  private final List<Button> tests;

  ScalePanel(Surface surface, Scale now, Runnable read) {
    this.words = surface.words();
    way =
        new WayFields(
            surface,
            List.of(Way.NONE, Way.SERIAL, Way.NETWORK),
            now.way(),
            now.address(),
            now.port(),
            now.baud(),
            "scale");
    dialog =
        HardwareFields.choice(
            List.of(Dialog.values()),
            now.dialog(),
            each ->
                switch (each) {
                  case TOLEDO -> words.say("hardware.scale.toledo");
                  case SICS -> words.say("hardware.scale.sics");
                });
    tests = List.of(Parts.button(words.say("hardware.scale.read"), read));
  }

  @Override
  public String name() {
    return words.say("hardware.scale");
  }

  @Override
  public Region fields() {
    return new VBox(12, way, HardwareFields.named(words.say("hardware.scale.dialog"), dialog));
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    return base.with(
        new Scale(way.way(), way.address(), way.port(), way.baud(), dialog.getValue()));
  }

  @Override
  public String summary(Hardware saved) {
    return WayFields.summary(words, saved.scale().way(), saved.scale().address());
  }

  /** What a scale said, in words. */
  static String state(Words words, ScaleReading reading) {
    return switch (reading) {
      case ScaleReading.Weight(long grams) ->
          words.say("hardware.scale.weight", BigDecimal.valueOf(grams, 3).toPlainString());
      case ScaleReading.Empty _ -> words.say("hardware.scale.empty");
      case ScaleReading.Moving _ -> words.say("hardware.scale.moving");
      case ScaleReading.Below _ -> words.say("hardware.scale.below");
      case ScaleReading.Over _ -> words.say("hardware.scale.over");
      case ScaleReading.NotReady _ -> words.say("hardware.scale.not-ready");
      case ScaleReading.Silent _ -> words.say("hardware.scale.silent");
    };
  }
}
