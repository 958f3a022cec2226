package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.PackBarcode;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxRule;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** What there is to know of a product at the counter. */
final class DetailsSheet {
  private static final double WIDTH = 520;

  private DetailsSheet() {}

  /**
   * What is shown.
   *
   * @param here the stock of this store
   * @param favourite whether it was chosen as one
   */
  record Details(Product product, List<TaxRule> taxes, Quantity here, boolean favourite) {}

  static void open(Surface surface, Details details, Runnable sell, Consumer<Boolean> favourite) {
    Words words = surface.words();
    var amounts = surface.amounts();
    Product product = details.product();
    VBox facts = new VBox(6);
    fact(facts, words.say("details.price"), PriceSheet.shown(surface, product));
    fact(facts, words.say("details.here"), amounts.text(details.here()));
    fact(facts, words.say("details.size"), product.size());
    fact(facts, words.say("details.number"), product.sku());
    fact(facts, words.say("details.category"), product.category());
    fact(
        facts,
        words.say("details.taxes"),
        details.taxes().stream().map(TaxRule::name).collect(Collectors.joining(", ")));
    for (PackBarcode code : product.barcodes()) {
      fact(
          facts,
          code.packSize().equals(Quantity.ONE)
              ? words.say("details.barcode")
              : words.say("details.pack", amounts.text(code.packSize())),
          new Gtin(code.gtin14()).shortest());
    }
    Button sellIt =
        Parts.button(
            words.say("details.sell"),
            () -> {
              surface.sheets().close();
              sell.run();
            },
            "primary");
    Button star =
        Parts.button(
            words.say(details.favourite() ? "details.no-favourite" : "details.favourite"),
            () -> {
              surface.sheets().close();
              favourite.accept(!details.favourite());
            });
    VBox content =
        new VBox(
            14,
            Parts.paragraph(product.name(), "title"),
            facts,
            Parts.foot(
                Parts.button(words.say("sheet.close"), surface.sheets()::close), star, sellIt));
    surface.sheets().open(content, WIDTH, sellIt, () -> {});
  }

  private static void fact(VBox facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.getChildren().add(Parts.ends(Parts.label(name, "soft"), Parts.whole(value, "medium")));
    }
  }
}
