package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Refunding;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.MoneyFormatException;
import dev.countersign.common.money.Quantity;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Goods without a receipt: which they are, how many, and what is given back for one. */
final class ReturnSheet {
  private static final double WIDTH = 480;
  private static final int MOST_HITS = 12;

  private final Surface surface;
  private final Words words;
  private final Refunding refunding;
  private final Taken taken;

  /** Takes what was chosen. */
  interface Taken {
    void goods(Product product, Quantity quantity, Money unit);
  }

  private ReturnSheet(Surface surface, Refunding refunding, Taken taken) {
    this.surface = surface;
    this.words = surface.words();
    this.refunding = refunding;
    this.taken = taken;
  }

  static void open(Surface surface, Refunding refunding, Taken taken) {
    new ReturnSheet(surface, refunding, taken).askProduct();
  }

  private void askProduct() {
    TextField field = CodeField.of(field("return-product", words.say("return.product"), ""));
    Label wrong = Parts.paragraph("", "bad-text", "note");
    Runnable look =
        () ->
            surface
                .desk()
                .run(
                    () -> refunding.products(field.getText(), MOST_HITS),
                    hits -> chosen(hits, field.getText(), wrong),
                    surface::trouble);
    field.setOnAction(_ -> look.run());
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("return.title"), "title"),
            Parts.paragraph(words.say("return.text"), "soft", "note"),
            named(words.say("return.product"), field),
            wrong,
            Keypad.into(surface.kit(), false, field),
            Parts.foot(
                Parts.button(words.say("card.cancel"), surface.sheets()::close),
                Parts.button(words.say("return.next"), look, "primary")));
    surface.sheets().open(content, WIDTH, field, () -> {});
  }

  private void chosen(List<CatalogueHit> hits, String text, Label wrong) {
    switch (hits.size()) {
      case 0 -> {
        wrong.setText(words.say("return.unknown", text.strip()));
        surface.sounds().refused();
      }
      case 1 -> askPrice(hits.getFirst());
      default -> Chooser.open(surface, text.strip(), hits, this::askPrice);
    }
  }

  private void askPrice(CatalogueHit hit) {
    Product product = hit.product();
    String today = surface.amounts().text(product.price());
    TextField quantity =
        field("return-quantity", words.say("return.quantity"), hit.pack().toDecimalString());
    TextField price =
        field("return-price", words.say("return.price"), product.price().toDecimalString());
    Label wrong = Parts.paragraph("", "bad-text", "note");
    Runnable take =
        () -> {
          Optional<Quantity> many = QuantitySheet.read(quantity.getText());
          Optional<Money> unit = amount(price.getText(), product.price());
          if (many.isEmpty() || !many.get().isPositive() || unit.isEmpty()) {
            wrong.setText(words.say("return.wrong"));
            surface.sounds().refused();
          } else {
            surface.sheets().close();
            taken.goods(product, many.get(), unit.get());
          }
        };
    quantity.setOnAction(_ -> price.requestFocus());
    price.setOnAction(_ -> take.run());
    VBox content =
        new VBox(
            14,
            Parts.paragraph(product.name(), "title"),
            Parts.paragraph(words.say("return.today", today), "soft", "note"),
            Parts.row(
                12,
                named(words.say("return.quantity"), quantity),
                named(words.say("return.price"), price)),
            wrong,
            Keypad.into(surface.kit(), true, quantity, price),
            Parts.foot(
                Parts.button(words.say("card.cancel"), surface.sheets()::close),
                Parts.button(words.say("return.next"), take, "primary")));
    surface.sheets().open(content, WIDTH, quantity, () -> {});
    quantity.selectAll();
  }

  private static Optional<Money> amount(String text, Money like) {
    try {
      Money amount = Money.parse(text.strip().replace(',', '.'), like.currency());
      return amount.isNegative() ? Optional.empty() : Optional.of(amount);
    } catch (MoneyFormatException _) {
      return Optional.empty();
    }
  }

  private static TextField field(String id, String name, String text) {
    TextField field = new TextField(text);
    field.setId(id);
    field.setAccessibleText(name);
    return field;
  }

  private static VBox named(String name, TextField field) {
    VBox named = new VBox(6, Parts.label(name, "note", "soft"), field);
    HBox.setHgrow(named, Priority.ALWAYS);
    return named;
  }
}
