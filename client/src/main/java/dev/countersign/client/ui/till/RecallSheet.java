package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Parking.Waiting;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * The sales that wait, of this till and of the others; up and down choose, Enter takes one up. What
 * is taken up elsewhere leaves the list while it is open.
 */
final class RecallSheet {
  private static final double WIDTH = 660;
  private static final double ROW = 60;
  private static final double LINE = 20;
  private static final double GAP = 8;
  private static final double MOST_HEIGHT = 420;

  private final Surface surface;
  private final Words words;
  private final boolean busy;
  private final Consumer<Waiting> recall;
  private final Consumer<Waiting> discard;
  private final VBox choices = new VBox(GAP);
  private final VBox discards = new VBox(GAP);
  private final Label title = Parts.label("", "title");
  private final VBox text = new VBox();
  private final ScrollPane scroll = new ScrollPane(new HBox(GAP, choices, discards));
  private final Button none;
  private List<Waiting> shown = List.of();

  /**
   * @param busy whether a sale is running, which is put aside then
   */
  RecallSheet(Surface surface, boolean busy, Consumer<Waiting> recall, Consumer<Waiting> discard) {
    this.surface = surface;
    this.words = surface.words();
    this.busy = busy;
    this.recall = recall;
    this.discard = discard;
    HBox.setHgrow(choices, Priority.ALWAYS);
    this.none = Parts.button(words.say("sheet.close"), surface.sheets()::close);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
  }

  void open(List<Waiting> waiting, Runnable onClose) {
    list(waiting);
    VBox content = new VBox(14, title, text, scroll, Parts.foot(none));
    ChoiceKeys.listen(content, choices);
    surface.sheets().open(content, WIDTH, first(), onClose);
  }

  /** What waits now; the one that was chosen stays chosen while it is there. */
  void refresh(List<Waiting> waiting) {
    if (waiting.equals(shown)) {
      return;
    }
    Node focused = scroll.getScene() == null ? null : scroll.getScene().getFocusOwner();
    int at = choices.getChildren().indexOf(focused);
    UUID chosen = at < 0 ? null : shown.get(at).id();
    list(waiting);
    if (at >= 0) {
      int still = shown.stream().map(Waiting::id).toList().indexOf(chosen);
      (still < 0 || !shown.get(still).usable() ? first() : choices.getChildren().get(still))
          .requestFocus();
    }
  }

  private Node first() {
    return choices.getChildren().stream()
        .filter(each -> !each.isDisabled())
        .findFirst()
        .orElse(none);
  }

  private void list(List<Waiting> waiting) {
    shown = List.copyOf(waiting);
    title.setText(words.say("recall.title", waiting.size()));
    // Where there is nothing to choose, nothing is cancelled either.
    none.setText(words.say(waiting.isEmpty() ? "sheet.close" : "sheet.cancel"));
    none.setAccessibleText(none.getText());
    String said = waiting.isEmpty() ? "recall.none" : busy ? "recall.text-busy" : "recall.text";
    text.getChildren().setAll(Parts.paragraph(words.say(said), "soft", "note"));
    choices.getChildren().setAll(waiting.stream().map(this::choice).toList());
    discards.getChildren().clear();
    for (int i = 0; i < waiting.size(); i++) {
      discards.getChildren().add(discard(waiting.get(i), (Button) choices.getChildren().get(i)));
    }
    double height = waiting.stream().mapToDouble(sale -> height(sale) + GAP).sum();
    scroll.setPrefHeight(Math.min(MOST_HEIGHT, height));
    scroll.setMinHeight(scroll.getPrefHeight());
    Parts.show(scroll, !waiting.isEmpty());
  }

  private Button choice(Waiting sale) {
    Button button =
        Parts.button(
            row(sale),
            title(sale) + " " + String.join(" ", more(sale)),
            () -> {
              surface.sheets().close();
              recall.accept(sale);
            },
            "choice");
    button.setDisable(!sale.usable());
    return button;
  }

  /** Beside the sale that it throws away, and as high. */
  private Button discard(Waiting sale, Button beside) {
    String name = words.say("recall.discard");
    Button button =
        Parts.button(
            name,
            () -> {
              surface.sheets().close();
              discard.accept(sale);
            },
            "quiet");
    button.setAccessibleText(name + " " + title(sale));
    button.minHeightProperty().bind(beside.heightProperty());
    return button;
  }

  private String title(Waiting sale) {
    return sale.name().isEmpty()
        ? words.say("recall.unnamed", surface.amounts().time(sale.since()))
        : sale.name();
  }

  private HBox row(Waiting sale) {
    VBox names =
        new VBox(
            2,
            Parts.label(title(sale), "medium"),
            Parts.label(
                words.say(
                    "recall.note", sale.items(), surface.amounts().moment(sale.since()), sale.by()),
                "small",
                "faint"));
    List<String> more = more(sale);
    if (!more.isEmpty()) {
      names.getChildren().add(Parts.label(String.join(" · ", more), "small", "soft"));
    }
    names.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(names, Priority.ALWAYS);
    HBox row =
        Parts.row(12, names, Parts.whole(surface.amounts().text(sale.total()), "semi", "lead"));
    row.setPrefWidth(WIDTH - 240);
    row.setMinHeight(height(sale));
    return row;
  }

  private double height(Waiting sale) {
    return more(sale).isEmpty() ? ROW : ROW + LINE;
  }

  /** What is not as usual: another till, an old one, one that stays here, another total. */
  private List<String> more(Waiting sale) {
    List<String> more = new ArrayList<>();
    String elsewhere = sale.elsewhere();
    if (elsewhere != null) {
      more.add(
          elsewhere.isEmpty() ? words.say("recall.at-another") : words.say("recall.at", elsewhere));
    }
    if (!sale.usable()) {
      more.add(words.say("recall.unusable"));
    }
    if (sale.onlyHere()) {
      more.add(words.say("recall.only-here"));
    }
    if (sale.days() > 0) {
      more.add(words.say("recall.days", sale.days()));
    }
    if (sale.isPricedAnew()) {
      sale.then()
          .ifPresent(then -> more.add(words.say("recall.was", surface.amounts().text(then))));
    }
    return more;
  }
}
