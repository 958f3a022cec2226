package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.CountEntry.What;
import dev.countersign.common.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Counting: notes and coins on the left, what they come to on the right. */
final class CountingView extends BorderPane {
  private static final double SIDE = 340;
  private static final double WIDEST = 900;

  private final Surface surface;
  private final Words words;
  private final Currency currency;
  private final Acts acts;
  private final GridPane rows = new GridPane(8, 8);
  private final List<Cell> cells = new ArrayList<>();
  private final Label total = Parts.whole("", "amount");
  private final VBox sums = new VBox(4);
  private final Button way;

  /** What the buttons do. */
  interface Acts {
    void choose(int row);

    void digit(String digits);

    void back();

    void switchWay();

    void finish();

    void leave();
  }

  /** One row's button with its changing parts. */
  private record Cell(Button button, Label count, Label amount) {}

  CountingView(
      Surface surface, Currency currency, String title, String text, boolean sumTyped, Acts acts) {
    this.currency = currency;
    this.surface = surface;
    this.words = surface.words();
    this.acts = acts;
    for (int i = 0; i < 2; i++) {
      ColumnConstraints half = new ColumnConstraints();
      half.setPercentWidth(50);
      rows.getColumnConstraints().add(half);
    }
    rows.setMaxWidth(WIDEST);
    ScrollPane scroll = new ScrollPane(rows);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    VBox left =
        new VBox(10, Parts.label(title, "headline"), Parts.paragraph(text, "soft", "note"), scroll);
    left.getStyleClass().add("pay-side");
    left.setMinWidth(0);
    setCenter(left);
    way = Parts.button(words.say("count.by-sum"), acts::switchWay, "quiet");
    Parts.show(way, sumTyped);
    setRight(side(acts));
    setMaxWidth(WIDEST + SIDE);
  }

  private VBox side(Acts acts) {
    HBox box = new HBox(total);
    box.getStyleClass().add("amount-box");
    Keypad keypad = Keypad.calculator(surface.kit(), acts::digit, acts::back);
    keypad.setPrefHeight(272);
    HBox shown =
        Parts.row(
            10,
            Parts.whole(words.say("count.done"), "loud-text"),
            Parts.spacer(),
            Parts.keyCap("F12"));
    Button done = Parts.button(shown, words.say("count.done"), acts::finish, "primary", "loud");
    done.setMaxWidth(Double.MAX_VALUE);
    done.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    shown.prefWidthProperty().bind(done.widthProperty().subtract(36));
    Button leave = Parts.button(words.say("count.leave"), acts::leave, "quiet");
    VBox side =
        new VBox(
            Parts.ends(Parts.label(words.say("count.counted"), "title"), leave),
            box,
            sums,
            keypad,
            way,
            Parts.spacer(),
            done);
    side.getStyleClass().add("pay-side");
    side.setMinWidth(SIDE);
    side.setPrefWidth(SIDE);
    side.setMaxWidth(SIDE);
    return side;
  }

  /** Makes the rows anew. */
  void fill(CountEntry entry) {
    rows.getChildren().clear();
    cells.clear();
    int half = Math.ceilDiv(entry.size(), 2);
    for (int i = 0; i < entry.size(); i++) {
      int row = i;
      Label count = Parts.whole("", "soft");
      Label amount = Parts.whole("", "semi");
      String name = name(entry.what(i));
      HBox shown = Parts.row(10, Parts.whole(name, "medium"), count, Parts.spacer(), amount);
      Button button = Parts.button(shown, name, () -> acts.choose(row), "tender");
      button.setFocusTraversable(false);
      shown.prefWidthProperty().bind(button.widthProperty().subtract(28));
      rows.add(button, i / half, i % half);
      cells.add(new Cell(button, count, amount));
    }
    way.setText(entry.isBySum() ? words.say("count.by-pieces") : words.say("count.by-sum"));
  }

  private String name(What what) {
    return switch (what) {
      case What.Each(long value) -> surface.amounts().text(money(value));
      case What.Cash _ -> words.say("paying.cash");
      case What.Other(var means) -> TenderWords.name(words, means);
    };
  }

  private Money money(long minor) {
    return Money.of(minor, currency);
  }

  void show(CountEntry entry, Optional<Money> expected) {
    var amounts = surface.amounts();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      boolean each = entry.what(i) instanceof What.Each;
      cell.count().setText(each && entry.isTyped(i) ? "× " + amounts.count(entry.number(i)) : "");
      cell.amount().setText(entry.isTyped(i) ? amounts.text(entry.amount(i)) : "");
      cell.button().getStyleClass().remove("on");
      if (i == entry.chosen()) {
        cell.button().getStyleClass().add("on");
      }
    }
    total.setText(amounts.text(entry.total()));
    sums.getChildren().clear();
    expected.ifPresent(
        should -> {
          sums.getChildren().add(BasketView.sum(words.say("count.expected"), amounts.text(should)));
          sums.getChildren()
              .add(
                  BasketView.sum(
                      words.say("count.difference"),
                      DifferenceWords.figure(amounts, entry.total().minus(should))));
        });
  }
}
