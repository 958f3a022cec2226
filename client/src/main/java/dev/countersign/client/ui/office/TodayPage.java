package dev.countersign.client.ui.office;

import dev.countersign.client.flow.DayAtAGlance;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.office.ReviewWords.Reminder;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A day: the figures, the hours, and what needs a person. */
final class TodayPage extends VBox {
  private final Surface surface;
  private final Words words;
  private final Label sales = Parts.whole("", "figure");
  private final Label receipts = Parts.whole("", "figure");
  private final Label average = Parts.whole("", "figure");
  private final Label lookAt = Parts.whole("", "figure");
  private final HourChart chart;
  private final VBox noSales;
  private final VBox people = new VBox(16);
  private List<SaleView> needing = List.of();
  private Reminder reminder = Reminder.NONE;

  TodayPage(Surface surface) {
    super(16);
    this.surface = surface;
    this.words = surface.words();
    this.chart = new HourChart(surface.amounts());
    GridPane figures = new GridPane(16, 16);
    figures.addRow(
        0,
        card(words.say("today.sales"), sales),
        card(words.say("today.receipts"), receipts),
        card(words.say("today.average"), average),
        card(words.say("today.need-person"), lookAt));
    for (int i = 0; i < 4; i++) {
      figures.getColumnConstraints().add(percent(25));
    }
    noSales =
        new VBox(
            Parts.label(words.say("today.empty.title"), "empty-title"),
            Parts.paragraph(words.say("today.empty.text"), "empty-text"));
    noSales.getStyleClass().add("empty");
    StackPane hours = new StackPane(chart, noSales);
    VBox.setVgrow(hours, Priority.ALWAYS);
    VBox left = new VBox(14, Parts.label(words.say("today.by-hour"), "title"), hours);
    left.getStyleClass().add("card");
    ScrollPane scroll = new ScrollPane(people);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    VBox right = new VBox(14, Parts.label(words.say("today.person"), "title"), scroll);
    right.getStyleClass().add("card");
    GridPane lower = new GridPane(16, 16);
    lower.addRow(0, left, right);
    lower.getColumnConstraints().addAll(percent(62), percent(38));
    GridPane.setVgrow(left, Priority.ALWAYS);
    GridPane.setVgrow(right, Priority.ALWAYS);
    VBox.setVgrow(lower, Priority.ALWAYS);
    getChildren().addAll(figures, lower);
  }

  void show(DayAtAGlance day) {
    sales.setText(surface.amounts().text(day.totals().total()));
    receipts.setText(surface.amounts().count(day.totals().sales()));
    average.setText(surface.amounts().text(day.average()));
    chart.show(day.byHour());
    boolean none = day.totals().sales() == 0;
    Parts.show(chart, !none);
    Parts.show(noSales, none);
    needing = day.needPerson();
    showPeople();
  }

  /** Something besides sales that needs a person, or nothing. */
  void remind(Reminder of) {
    reminder = of;
    showPeople();
  }

  private void showPeople() {
    lookAt.setText(surface.amounts().count(needing.size() + (reminder.isNone() ? 0 : 1)));
    people.getChildren().clear();
    if (!reminder.isNone()) {
      people
          .getChildren()
          .add(
              new VBox(
                  3,
                  Parts.row(0, Parts.whole(reminder.badge(), "badge", "warn")),
                  Parts.paragraph(reminder.text(), "medium")));
    }
    for (SaleView sale : needing) {
      people.getChildren().add(row(sale));
    }
    if (needing.isEmpty() && reminder.isNone()) {
      people.getChildren().add(Parts.paragraph(words.say("today.person.none"), "soft"));
    }
  }

  private VBox row(SaleView sale) {
    String amount = surface.amounts().text(sale.total());
    String time = surface.amounts().time(sale.at());
    HBox head =
        Parts.ends(Standings.badge(words, sale.standing()), Parts.whole(time, "note", "soft"));
    return new VBox(
        3,
        head,
        Parts.paragraph(words.say("today.person.sale", sale.receipt(), amount), "medium"),
        Parts.paragraph(
            words.say("today.person.who", sale.cashier(), sale.registerName()), "note", "faint"));
  }

  private static Region card(String name, Label figure) {
    VBox card = new VBox(4, Parts.label(name, "note", "soft"), figure);
    card.getStyleClass().add("card");
    card.setMaxWidth(Double.MAX_VALUE);
    return card;
  }

  private static ColumnConstraints percent(double share) {
    ColumnConstraints column = new ColumnConstraints();
    column.setPercentWidth(share);
    column.setFillWidth(true);
    return column;
  }
}
