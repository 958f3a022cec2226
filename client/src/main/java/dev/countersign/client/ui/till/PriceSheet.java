package dev.countersign.client.ui.till;

import dev.countersign.client.flow.ScanOutcome.AskPrice;
import dev.countersign.client.ui.kit.EntryPad;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import java.util.function.Consumer;

/** Goods whose price is open: whoever sells them says what one costs, or what a kilogram does. */
final class PriceSheet {
  private PriceSheet() {}

  /** A product's price, or that it is open. */
  static String shown(Surface surface, Product product) {
    return product.handling().asksPrice()
        ? surface.words().say("ask-price.open")
        : surface.amounts().text(product.price());
  }

  /**
   * Asks for it.
   *
   * @param taken a price above 0
   */
  static void open(Surface surface, AskPrice asked, Consumer<Money> taken) {
    Words words = surface.words();
    Product product = asked.offered().product();
    EntryPad pad = new EntryPad(surface.kit(), surface.amounts(), product.price().currency());
    SheetForm.figure(
        surface,
        product.name(),
        words.say(product.handling().weighed() ? "ask-price.per-kg" : "ask-price.text"),
        pad,
        words.say("ask-price.take"),
        () -> {
          if (pad.isEmpty() || !pad.amount().isPositive()) {
            surface.refuse(words.say("price.refused"));
            return;
          }
          Money unit = pad.amount();
          surface.sheets().close();
          taken.accept(unit);
        });
  }
}
