package dev.countersign.client.ui.till;

import dev.countersign.client.flow.ScanOutcome.AskAge;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.AgeCheck.How;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/**
 * Asks once whether the buyer is old enough, for all goods that were scanned meanwhile. Leaving
 * them out is what Enter and Escape do: nobody is found old enough by a scanner's own Enter.
 */
final class AgeSheet {
  private static final double WIDTH = 520;

  private final Surface surface;
  private final BiConsumer<List<AskAge>, How> sell;
  private final List<AskAge> asked = new ArrayList<>();
  private boolean leaving;

  /**
   * @param sell the goods, at least one, once the cashier has said how they know
   */
  AgeSheet(Surface surface, BiConsumer<List<AskAge>, How> sell) {
    this.surface = surface;
    this.sell = sell;
  }

  /** Asks; goods that come while it is asked wait for the same answer. */
  void ask(AskAge goods) {
    asked.add(goods);
    // Another sheet that must be answered comes first; this one is asked behind it.
    if (surface.sheets().unanswered().isEmpty()) {
      open();
    }
  }

  /** A scan has closed the sheet and not the cashier: the question stands. */
  void scannedOver() {
    leaving = false;
  }

  /** Asks again what a scan has pushed aside. */
  void resume() {
    if (!asked.isEmpty() && !surface.sheets().isOpen()) {
      open();
    }
  }

  private void open() {
    Words words = surface.words();
    AskAge oldest =
        asked.stream().max((a, b) -> Integer.compare(a.years(), b.years())).orElseThrow();
    Button leave = choice(words.say("age.leave"), "Esc", surface.sheets()::close);
    Button looked = choice(words.say("age.looked"), "F5", () -> answer(How.LOOKED));
    Button document = choice(words.say("age.document"), "F6", () -> answer(How.DOCUMENT));
    VBox choices = new VBox(8, looked, document, leave);
    VBox content =
        new VBox(
            14,
            Parts.paragraph(words.say("age.title", oldest.years()), "title"),
            Parts.paragraph(words.say("age.text", names(asked)), "soft"),
            Parts.whole(surface.amounts().date(oldest.born()), "sheet-figure"),
            choices);
    ChoiceKeys.listen(content, choices);
    content.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    surface.sheets().open(content, WIDTH, leave, this::closed);
    leaving = false;
  }

  private void closed() {
    leaving = true;
    // A scan closes the sheet just before it comes; whoever closes it otherwise leaves the goods.
    Platform.runLater(
        () -> {
          if (leaving) {
            asked.clear();
          }
        });
  }

  private static String names(List<AskAge> goods) {
    return String.join(
        ", ", goods.stream().map(each -> each.offered().product().name()).distinct().toList());
  }

  private Button choice(String name, String key, Runnable act) {
    HBox row =
        Parts.row(
            10,
            Parts.whole(name, "medium"),
            Parts.spacer(),
            Parts.keyCap(surface.words().key(key)));
    row.setAlignment(Pos.CENTER_LEFT);
    row.setPrefWidth(WIDTH - 80);
    return Parts.button(row, name, act, "choice");
  }

  /** No digits: those are a scanner's. */
  private void pressed(KeyEvent key) {
    switch (key.getCode()) {
      case F5 -> answer(How.LOOKED);
      case F6 -> answer(How.DOCUMENT);
      default -> {
        return;
      }
    }
    key.consume();
  }

  private void answer(How how) {
    List<AskAge> all = List.copyOf(asked);
    int years = all.stream().mapToInt(AskAge::years).max().orElse(0);
    asked.clear();
    surface.sheets().close();
    if (!all.isEmpty()) {
      sell.accept(
          all.stream().map(each -> new AskAge(each.offered(), years, each.born())).toList(), how);
    }
  }
}
