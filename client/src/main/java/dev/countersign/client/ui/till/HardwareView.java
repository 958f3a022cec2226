package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The devices on the left, the chosen one's settings on the right. */
final class HardwareView extends HBox {
  private static final double LIST = 290;

  /** Wider, and a field is far from its name. */
  private static final double WIDEST = 820;

  private final List<HardwarePanel> panels;
  private final List<Button> rows = new ArrayList<>();
  private final List<Label> summaries = new ArrayList<>();
  private final List<Region> fields = new ArrayList<>();
  private final Label title = Parts.label("", "headline");
  private final ScrollPane scroll = new ScrollPane();
  private final HBox tests = Parts.row(10);

  HardwareView(Words words, List<HardwarePanel> panels, Runnable save, Runnable back) {
    this.panels = panels;
    VBox list = new VBox(8, Parts.label(words.say("hardware.title"), "title"));
    for (int i = 0; i < panels.size(); i++) {
      int index = i;
      HardwarePanel panel = panels.get(i);
      Label summary = Parts.label("", "note", "soft");
      VBox shown = new VBox(2, Parts.label(panel.name(), "semi"), summary);
      shown.setAlignment(Pos.CENTER_LEFT);
      Button row = Parts.button(shown, panel.name(), () -> choose(index), "choice");
      rows.add(row);
      summaries.add(summary);
      Region form = panel.fields();
      form.setMaxWidth(WIDEST);
      fields.add(form);
      list.getChildren().add(row);
    }
    Button leave = Parts.button(words.say("hardware.back"), back);
    leave.setGraphic(Parts.keyCap(words.key("Esc")));
    list.getChildren().addAll(Parts.spacer(), leave);
    list.setPrefWidth(LIST);
    list.setMinWidth(LIST);
    list.setPadding(new Insets(16, 0, 16, 16));
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    Button keep = Parts.button(words.say("hardware.save"), save, "primary");
    HBox acts = Parts.row(10, tests, Parts.spacer(), keep);
    VBox side = new VBox(14, title, scroll, acts);
    side.getStyleClass().add("card");
    HBox.setHgrow(side, Priority.ALWAYS);
    HBox.setMargin(side, new Insets(16));
    getChildren().addAll(list, side);
  }

  List<HardwarePanel> panels() {
    return panels;
  }

  void choose(HardwarePanel panel) {
    choose(panels.indexOf(panel));
  }

  void choose(int index) {
    HardwarePanel panel = panels.get(index);
    title.setText(panel.name());
    fields.get(index).setPadding(new Insets(2, 14, 2, 2));
    scroll.setContent(new StackPane(fields.get(index)));
    StackPane.setAlignment(fields.get(index), Pos.TOP_LEFT);
    tests.getChildren().setAll(panel.tests());
    for (Button row : rows) {
      row.getStyleClass().remove("on");
    }
    rows.get(index).getStyleClass().add("on");
    rows.get(index).requestFocus();
  }

  /** Says under each device what it is set to. */
  void summaries(Hardware saved) {
    for (int i = 0; i < panels.size(); i++) {
      String text = panels.get(i).summary(saved);
      summaries.get(i).setText(text);
      rows.get(i).setAccessibleText(panels.get(i).name() + ", " + text);
    }
  }
}
