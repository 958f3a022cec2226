package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Pane;

/**
 * Categories in one row. Those that have no room are behind a last chip instead of half outside;
 * the chosen one is always in sight.
 */
final class ChipRow extends Pane {
  private static final double HEIGHT = 48;
  private static final double GAP = 8;

  private final List<Button> chips = new ArrayList<>();
  private final Button more;
  private int chosen;

  /**
   * @param more what the chip says that leads to the others
   * @param onMore shows all of them
   */
  ChipRow(String more, Runnable onMore) {
    this.more = Parts.button(more, onMore, "chip");
    setMinSize(0, HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
  }

  void show(List<String> names, int on, IntConsumer choose) {
    chips.clear();
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      chips.add(Parts.button(names.get(i), () -> choose.accept(index), "chip"));
    }
    getChildren().setAll(chips);
    getChildren().add(more);
    choose(on);
  }

  void choose(int index) {
    chosen = index;
    for (int i = 0; i < chips.size(); i++) {
      chips.get(i).getStyleClass().remove("on");
      if (i == index) {
        chips.get(i).getStyleClass().add("on");
      }
    }
    requestLayout();
  }

  /** Shows none as chosen, as while a search goes over all of them; nothing moves. */
  void chooseNone() {
    chips.forEach(chip -> chip.getStyleClass().remove("on"));
  }

  @Override
  protected void layoutChildren() {
    double all = chips.stream().mapToDouble(chip -> width(chip) + GAP).sum() - GAP;
    boolean fits = all <= getWidth();
    double room = fits ? getWidth() : getWidth() - GAP - width(more);
    boolean chosenIsAhead = chosen >= 0 && chosen < chips.size();
    double kept = chosenIsAhead ? width(chips.get(chosen)) : 0;
    double x = 0;
    for (int i = 0; i < chips.size(); i++) {
      Button chip = chips.get(i);
      // Room is kept for the chosen one until it has been placed.
      double needed = width(chip) + (i < chosen && chosenIsAhead ? GAP + kept : 0);
      boolean shown = x + needed <= room;
      chip.setVisible(shown);
      if (shown) {
        x = place(chip, x);
      }
    }
    more.setVisible(!fits);
    if (!fits) {
      place(more, x);
    }
  }

  private static double width(Node chip) {
    return Math.ceil(chip.prefWidth(HEIGHT));
  }

  private double place(Node chip, double x) {
    chip.resizeRelocate(x, 0, width(chip), HEIGHT);
    return x + width(chip) + GAP;
  }
}
