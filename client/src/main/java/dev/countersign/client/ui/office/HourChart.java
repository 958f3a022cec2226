package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.common.money.Money;
import java.math.RoundingMode;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** Bars by hour, from the first hour with sales to the last, each with its figure. */
final class HourChart extends Pane {
  private static final double AXIS = 28;
  private static final double FIGURE = 22;
  private static final double WIDEST_BAR = 46;

  private final Amounts amounts;
  private final Region axis = new Region();
  private List<Money> byHour = List.of();
  private int first;
  private int last = -1;
  private long most;

  HourChart(Amounts amounts) {
    this.amounts = amounts;
    axis.getStyleClass().add("axis");
    setMinSize(0, 0);
    setPrefHeight(300);
  }

  /**
   * @param hours 24 amounts
   */
  void show(List<Money> hours) {
    byHour = hours;
    first = 24;
    last = -1;
    most = 1;
    for (int hour = 0; hour < hours.size(); hour++) {
      if (hours.get(hour).isPositive()) {
        first = Math.min(first, hour);
        last = Math.max(last, hour);
        most = Math.max(most, hours.get(hour).minor());
      }
    }
    getChildren().setAll(axis);
    for (int hour = first; hour <= last; hour++) {
      Region bar = new Region();
      bar.getStyleClass().add("bar-value");
      Label name = Parts.whole(Integer.toString(hour), "small", "faint");
      Label figure = Parts.whole(whole(hours.get(hour)), "small", "soft");
      name.setAlignment(Pos.CENTER);
      figure.setAlignment(Pos.CENTER);
      getChildren().addAll(bar, name, figure);
    }
    setAccessibleText(description());
    requestLayout();
  }

  /** In whole units: a bar has no room for more, and the table has the cents. */
  private String whole(Money money) {
    return money.isZero()
        ? ""
        : amounts.count(money.toBigDecimal().setScale(0, RoundingMode.HALF_UP).longValue());
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (int hour = first; hour <= last; hour++) {
      text.append(hour).append(": ").append(amounts.text(byHour.get(hour))).append("; ");
    }
    return text.toString();
  }

  @Override
  protected void layoutChildren() {
    double bottom = getHeight() - AXIS;
    axis.resizeRelocate(0, bottom, getWidth(), 1);
    int count = last - first + 1;
    if (count <= 0) {
      return;
    }
    double slot = getWidth() / count;
    double width = Math.min(WIDEST_BAR, slot * 0.6);
    for (int i = 0; i < count; i++) {
      double share = (double) Math.max(0, byHour.get(first + i).minor()) / most;
      double height = Math.max(0, (bottom - FIGURE) * share);
      double middle = slot * i + slot / 2;
      getChildren()
          .get(1 + 3 * i)
          .resizeRelocate(
              snapPositionX(middle - width / 2),
              snapPositionY(bottom - height),
              snapSizeX(width),
              snapSizeY(height));
      getChildren().get(2 + 3 * i).resizeRelocate(middle - slot / 2, bottom + 6, slot, 18);
      // Its neighbours stand higher or lower, or are as narrow as it is.
      Node figure = getChildren().get(3 + 3 * i);
      double room = Math.max(slot, figure.prefWidth(-1));
      figure.resizeRelocate(middle - room / 2, bottom - height - FIGURE, room, 18);
    }
  }
}
