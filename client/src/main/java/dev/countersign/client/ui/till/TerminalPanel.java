package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Terminal;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The card terminal that the till asks. */
final class TerminalPanel implements HardwarePanel {
  private final Words words;
  private final WayFields way;
  private final List<Button> tests;

  TerminalPanel(Surface surface, Terminal now, Runnable ask) {
    this.words = surface.words();
    way =
        new WayFields(
            surface,
            List.of(Way.NONE, Way.NETWORK),
            now.way(),
            now.address(),
            now.port(),
            Hardware.bauds().getFirst(),
            "terminal");
    tests = List.of(Parts.button(words.say("hardware.terminal.ask"), ask));
  }

  @Override
  public String name() {
    return words.say("hardware.terminal");
  }

  @Override
  public Region fields() {
    return new VBox(12, Parts.paragraph(words.say("hardware.terminal.text"), "note", "soft"), way);
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    return base.with(new Terminal(way.way(), way.address(), way.port()));
  }

  @Override
  public String summary(Hardware saved) {
    return WayFields.summary(words, saved.terminal().way(), saved.terminal().address());
  }
}
