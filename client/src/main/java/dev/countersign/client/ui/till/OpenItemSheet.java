package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.EntryPad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.tax.TaxRule;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Something that no catalogue knows: what it is, what one costs, and its taxes. */
final class OpenItemSheet {
  private static final double WIDTH = 760;
  private static final int LONGEST_NAME = 60;

  /** Takes what was typed. */
  interface Taken {
    void sell(String name, Money unit, List<TaxRule> taxes);
  }

  private final Surface surface;
  private final Words words;
  private final List<TaxRule> rules;
  private final Set<UUID> chosen;
  private final Taken taken;
  private final TextField name;
  private final EntryPad pad;

  private OpenItemSheet(
      Surface surface, Currency currency, List<TaxRule> rules, List<UUID> usual, Taken taken) {
    this.surface = surface;
    this.words = surface.words();
    this.rules = rules;
    this.chosen = new HashSet<>(usual);
    this.taken = taken;
    this.name = SheetForm.text(words.say("open-item.name"), "open-item-name", LONGEST_NAME);
    this.pad = new EntryPad(surface.kit(), surface.amounts(), currency);
  }

  /**
   * @param rules all there are, in the order they apply
   * @param usual those that most goods bear
   */
  static void open(
      Surface surface, Currency currency, List<TaxRule> rules, List<UUID> usual, Taken taken) {
    new OpenItemSheet(surface, currency, rules, usual, taken).show();
  }

  private void show() {
    pad.setMinWidth(300);
    pad.setMaxWidth(300);
    FlowPane taxes = new FlowPane(8, 0);
    for (TaxRule rule : rules) {
      Button chip = Parts.button(rule.name(), () -> {}, "chip");
      chip.setOnAction(_ -> toggle(rule, chip));
      show(rule, chip);
      taxes.getChildren().add(chip);
    }
    VBox right =
        new VBox(
            10,
            Parts.label(words.say("open-item.what"), "semi"),
            name,
            Parts.label(words.say("open-item.taxes"), "semi"),
            rules.isEmpty()
                ? Parts.paragraph(words.say("open-item.no-taxes"), "soft", "note")
                : taxes);
    right.setMinWidth(0);
    HBox.setHgrow(right, Priority.ALWAYS);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("open-item.title"), "title"),
            new HBox(24, pad, right),
            SheetForm.buttons(surface, words.say("open-item.sell"), this::sell));
    pad.listenOn(content);
    SheetForm.onEnter(content, this::entered);
    surface.sheets().open(content, WIDTH, name, () -> {});
  }

  private void toggle(TaxRule rule, Button chip) {
    if (!chosen.remove(rule.id())) {
      chosen.add(rule.id());
    }
    show(rule, chip);
  }

  private void show(TaxRule rule, Button chip) {
    chip.getStyleClass().remove("on");
    if (chosen.contains(rule.id())) {
      chip.getStyleClass().add("on");
    }
    chip.setAccessibleText(
        words.say(
            chosen.contains(rule.id()) ? "open-item.tax-on" : "open-item.tax-off", rule.name()));
  }

  /** Behind the name comes the amount. */
  private void entered() {
    if (name.isFocused() && !name.getText().isBlank() && pad.isEmpty()) {
      pad.requestFocus();
    } else {
      sell();
    }
  }

  private void sell() {
    if (name.getText().isBlank() || pad.isEmpty()) {
      surface.refuse(words.say("open-item.refused"));
      return;
    }
    List<TaxRule> taxes = new ArrayList<>(rules);
    taxes.removeIf(rule -> !chosen.contains(rule.id()));
    surface.sheets().close();
    taken.sell(name.getText().strip(), pad.amount(), taxes);
  }
}
