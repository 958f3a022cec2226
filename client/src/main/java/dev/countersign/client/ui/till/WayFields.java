package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.port.SerialLine;
import dev.countersign.client.port.SpoolLine;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** How a device is reached: what has to be typed depends on the way. */
final class WayFields extends VBox {
  private final Surface surface;
  private final Words words;
  private final ComboBox<Way> way;
  private final TextField address;
  private final TextField port;
  private final ComboBox<Integer> baud;
  private final Label found = Parts.paragraph("", "note", "soft");
  private final VBox addressBox;
  private final VBox portBox;
  private final VBox baudBox;

  WayFields(
      Surface surface,
      List<Way> ways,
      Way chosen,
      String addressNow,
      int portNow,
      int baudNow,
      String id) {
    super(12);
    this.surface = surface;
    this.words = surface.words();
    way = HardwareFields.choice(ways, chosen, this::name);
    way.setId(id + "-way");
    address = HardwareFields.text(addressNow, id + "-address");
    port = HardwareFields.text(Integer.toString(portNow), id + "-port");
    baud = HardwareFields.choice(Hardware.bauds(), baudNow, each -> surface.amounts().count(each));
    addressBox = HardwareFields.named(words.say("hardware.address"), address);
    portBox = HardwareFields.named(words.say("hardware.port"), port);
    portBox.setMaxWidth(140);
    baudBox = HardwareFields.named(words.say("hardware.baud"), baud);
    baudBox.setMaxWidth(180);
    getChildren()
        .addAll(
            HardwareFields.named(words.say("hardware.way"), way),
            new HBox(12, addressBox, portBox, baudBox),
            found);
    way.valueProperty().addListener((_, _, now) -> show(now));
    show(chosen);
  }

  private String name(Way each) {
    return switch (each) {
      case NONE -> words.say("hardware.way.none");
      case NETWORK -> words.say("hardware.way.network");
      case SERIAL -> words.say("hardware.way.serial");
      case DEVICE_FILE -> words.say("hardware.way.file");
      case SYSTEM -> words.say("hardware.way.system");
    };
  }

  private void show(Way now) {
    Parts.show(addressBox, now != Way.NONE);
    Parts.show(portBox, now == Way.NETWORK);
    Parts.show(baudBox, now == Way.SERIAL);
    address.setPromptText(
        switch (now) {
          case NONE -> "";
          case NETWORK -> words.say("hardware.prompt.network");
          case SERIAL -> words.say("hardware.prompt.serial");
          case DEVICE_FILE -> words.say("hardware.prompt.file");
          case SYSTEM -> words.say("hardware.prompt.system");
        });
    Parts.show(found, false);
    if (now == Way.SERIAL || now == Way.SYSTEM) {
      surface
          .desk()
          // A lane of its own: what looks for devices may take as long as they do.
          .beside()
          .run(
              () -> now == Way.SERIAL ? SerialLine.names() : SpoolLine.names(),
              names -> found(now, names),
              surface::trouble);
    }
  }

  private void found(Way asked, List<String> names) {
    if (way.getValue() == asked) {
      found.setText(
          names.isEmpty()
              ? words.say("hardware.found.none")
              : words.say("hardware.found", String.join(", ", names)));
      Parts.show(found, true);
      if (address.getText().isBlank() && !names.isEmpty()) {
        address.setText(names.getFirst());
      }
    }
  }

  Way way() {
    return way.getValue();
  }

  String address() {
    return address.getText();
  }

  int port() {
    return HardwareFields.number(port);
  }

  int baud() {
    return baud.getValue();
  }

  /** The way and where it leads, for the list. */
  static String summary(Words words, Way way, String address) {
    return way == Way.NONE ? words.say("hardware.not-set-up") : address;
  }
}
