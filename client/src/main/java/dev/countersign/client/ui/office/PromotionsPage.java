package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Promotion;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is on offer: promotions are added, changed and ended, with the server or without. */
final class PromotionsPage extends VBox {
  private final ServerRoom room;
  private final Surface surface;
  private final OpenDevice device;
  private final Supplier<Actor> here;
  private final Clock clock;
  private final TableView<Dated> table;

  /**
   * @param here whoever is in the office, at the moment of asking
   * @param clock in the store's time zone
   */
  PromotionsPage(ServerRoom room, OpenDevice device, Supplier<Actor> here, Clock clock) {
    super(14);
    this.room = room;
    this.surface = room.surface();
    this.device = device;
    this.here = here;
    this.clock = clock;
    Words words = surface.words();
    PromotionWords say =
        new PromotionWords(words, surface.amounts(), device.ledger().enrolled().currency());
    table =
        Columns.table(
            words.say("nav.promotions"),
            words.say("promotions.empty.title"),
            words.say("promotions.empty.text"));
    var columns = table.getColumns();
    columns.add(Columns.text(words.say("promotions.name"), 170, d -> d.promotion().name()));
    columns.add(Columns.text(words.say("promotions.gives"), 180, d -> say.gives(d.promotion())));
    columns.add(Columns.text(words.say("promotions.goods"), 120, d -> say.goods(d.promotion())));
    columns.add(
        Columns.text(words.say("promotions.when"), 190, d -> say.when(d.promotion().validity())));
    columns.add(Columns.text(words.say("promotions.coupon"), 100, PromotionsPage::coupon));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button add = Parts.button(words.say("promotions.add"), () -> sheet(null), "primary");
    Button change = Forms.opens(table, words.say("promotions.change"), this::sheet);
    Button end = Parts.button(words.say("promotions.end"), this::end);
    end.disableProperty()
        .bind(table.getSelectionModel().selectedItemProperty().map(this::isOver).orElse(true));
    getChildren().addAll(table, Parts.row(10, add, change, end));
  }

  void refresh() {
    surface
        .desk()
        .run(device.deals()::promotions, found -> table.getItems().setAll(found), surface::trouble);
  }

  private static String coupon(Dated dated) {
    var coupon = dated.promotion().coupon();
    return coupon == null ? "" : coupon.code();
  }

  private void sheet(@Nullable Dated dated) {
    Promotion before = dated == null ? null : dated.promotion();
    surface
        .desk()
        .run(
            () -> PromotionSheet.Known.of(device.catalogue(), before),
            known ->
                PromotionSheet.open(
                    room,
                    device,
                    before,
                    known,
                    LocalDate.now(clock),
                    written -> write(dated == null ? UUID.randomUUID() : dated.id(), written)),
            surface::trouble);
  }

  /** It would begin anew, and be on everywhere until midnight. */
  private boolean isOver(Dated dated) {
    LocalDate last = dated.promotion().validity().to();
    return last != null && last.isBefore(LocalDate.now(clock));
  }

  /** The last day is today: tills that are away go by what they know, and are right. */
  private void end() {
    Dated dated = table.getSelectionModel().getSelectedItem();
    if (dated != null && !isOver(dated)) {
      Promotion was = dated.promotion();
      write(
          dated.id(),
          new Promotion(
              was.name(),
              was.version() + 1,
              was.priority(),
              was.combines(),
              was.onReduced(),
              was.terms(),
              was.goods(),
              was.caps(),
              was.coupon(),
              was.validity().until(LocalDate.now(clock))));
    }
  }

  private void write(UUID id, Promotion promotion) {
    surface
        .desk()
        .run(
            () -> {
              device.ledger().writePromotion(here.get(), id, promotion);
              return true;
            },
            _ -> {
              surface.sheets().close();
              refresh();
            },
            surface::trouble);
  }
}
