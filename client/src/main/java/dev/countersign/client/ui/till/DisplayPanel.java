package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Display;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The customer's display. */
final class DisplayPanel implements HardwarePanel {
  private final Words words;
  private final CheckBox on;
  private final TextField idle;
  private final WayFields way;
  private final List<Button> tests;

  DisplayPanel(Surface surface, Display now, Runnable show) {
    this.words = surface.words();
    on = HardwareFields.check(words.say("hardware.display.on"), now.on());
    idle = HardwareFields.text(now.idle(), "display-idle");
    way =
        new WayFields(
            surface,
            List.of(Way.NONE, Way.SERIAL, Way.NETWORK, Way.DEVICE_FILE),
            now.way(),
            now.address(),
            now.port(),
            now.baud(),
            "display");
    tests = List.of(Parts.button(words.say("hardware.display.show"), show));
  }

  @Override
  public String name() {
    return words.say("hardware.display");
  }

  @Override
  public Region fields() {
    return new VBox(
        12,
        on,
        Parts.paragraph(words.say("hardware.display.where"), "note", "soft"),
        HardwareFields.named(words.say("hardware.display.idle"), idle),
        Parts.label(words.say("hardware.display.lines"), "semi"),
        way);
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    return base.with(
        new Display(
            on.isSelected(), idle.getText(), way.way(), way.address(), way.port(), way.baud()));
  }

  @Override
  public String summary(Hardware saved) {
    return saved.display().on()
        ? words.say("hardware.display.is-on")
        : WayFields.summary(words, saved.display().way(), saved.display().address());
  }
}
