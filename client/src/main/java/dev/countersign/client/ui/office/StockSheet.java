package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.StockMoved.Reason;
import dev.countersign.common.money.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** How much of a product came, went or is there. */
final class StockSheet {
  private static final double WIDTH = 560;

  private final Surface surface;
  private final Words words;
  private final Ledger ledger;
  private final Supplier<Actor> here;
  private final StockPage.Row row;
  private final Runnable done;
  private final TextField quantity = new TextField();
  private final TextField note = new TextField();
  private final Label wrong = Parts.paragraph("", "bad-text");

  private StockSheet(
      Surface surface, Ledger ledger, Supplier<Actor> here, StockPage.Row row, Runnable done) {
    this.surface = surface;
    this.words = surface.words();
    this.ledger = ledger;
    this.here = here;
    this.row = row;
    this.done = done;
    quantity.setId("stock-quantity");
    note.setId("stock-note");
    Parts.show(wrong, false);
  }

  /**
   * Asks what came or went.
   *
   * @param here whoever is in the office, at the moment of asking
   * @param done runs when it is recorded
   */
  static void move(
      Surface surface, Ledger ledger, Supplier<Actor> here, StockPage.Row row, Runnable done) {
    new StockSheet(surface, ledger, here, row, done).move();
  }

  /** Asks what is there. */
  static void count(
      Surface surface, Ledger ledger, Supplier<Actor> here, StockPage.Row row, Runnable done) {
    new StockSheet(surface, ledger, here, row, done).count();
  }

  private void move() {
    ComboBox<Reason> reason = Forms.choice(List.of(Reason.values()), this::reason);
    reason.setId("stock-reason");
    show(
        words.say("stock.move.title"),
        words.say("stock.move.quantity"),
        new VBox(
            14,
            Forms.named(words.say("stock.move.reason"), reason),
            Forms.named(words.say("stock.move.note"), note)),
        words.say("stock.move.act"),
        pieces -> {
          String why = note.getText();
          Reason chosen = reason.getValue();
          act(goods -> ledger.moveStock(here.get(), chosen, goods, why), pieces);
        });
  }

  private void count() {
    show(
        words.say("stock.count.title"),
        words.say("stock.count.quantity"),
        new VBox(Parts.paragraph(words.say("stock.count.text"), "soft")),
        words.say("stock.count.act"),
        pieces -> act(goods -> ledger.countStock(here.get(), goods), pieces));
  }

  private String reason(Reason reason) {
    return switch (reason) {
      case RECEIVED -> words.say("stock.reason.received");
      case RETURNED_TO_SUPPLIER -> words.say("stock.reason.returned");
      case WASTED -> words.say("stock.reason.wasted");
      case USED -> words.say("stock.reason.used");
      case FOUND -> words.say("stock.reason.found");
      case LOST -> words.say("stock.reason.lost");
    };
  }

  private void show(String title, String asked, VBox more, String act, Consumer<Quantity> record) {
    Button close = Parts.button(words.say("sheet.cancel"), surface.sheets()::close);
    Runnable recording =
        () ->
            typed()
                .ifPresentOrElse(
                    record,
                    () -> {
                      wrong.setText(words.say("stock.quantity.wrong"));
                      Parts.show(wrong, true);
                    });
    Button recordIt = Parts.button(act, recording, "primary");
    quantity.setOnAction(_ -> recording.run());
    VBox content =
        new VBox(
            14,
            Parts.label(title, "title"),
            Forms.fact(words.say("products.name"), row.product().name()),
            Forms.fact(words.say("stock.level"), surface.amounts().text(row.quantity())),
            Forms.named(asked, quantity),
            wrong,
            more,
            Parts.row(10, close, Parts.spacer(), recordIt));
    surface.sheets().open(content, WIDTH, quantity, () -> {});
  }

  /** What was typed, with a point or a comma. */
  private Optional<Quantity> typed() {
    try {
      Quantity typed = Quantity.parse(quantity.getText().strip().replace(',', '.'));
      return typed.isNegative() ? Optional.empty() : Optional.of(typed);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private void act(Consumer<Map<UUID, Quantity>> work, Quantity pieces) {
    Map<UUID, Quantity> goods = Map.of(row.product().id(), pieces);
    surface
        .desk()
        .run(
            () -> {
              work.accept(goods);
              return true;
            },
            _ -> {
              surface.sheets().close();
              done.run();
            },
            surface::trouble);
  }
}
