package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** One device of the hardware page: its fields and what can be tried with it. */
interface HardwarePanel {
  /** What it is called in the list. */
  String name();

  Region fields();

  /** The buttons that try it out. */
  List<Button> tests();

  /**
   * The setup with what is typed here.
   *
   * @throws IllegalArgumentException when something typed cannot be
   */
  Hardware into(Hardware base);

  /** In a few words what this device is set to, for the list. */
  String summary(Hardware saved);
}
