package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.common.catalogue.Product;
import java.util.List;
import java.util.function.Consumer;

/** The one product that was meant by what somebody typed or scanned into a field. */
final class OneProduct {
  private OneProduct() {}

  /**
   * Looks for it beside the screen.
   *
   * @param asked the shop's own number, a barcode, or words of the name
   * @param found takes it
   * @param refuse says that there is none, or that there are several
   */
  static void find(
      Surface surface,
      Catalogue catalogue,
      String asked,
      Consumer<Product> found,
      Consumer<String> refuse) {
    surface
        .desk()
        .run(
            () -> named(catalogue, asked),
            products -> {
              if (products.size() == 1) {
                found.accept(products.getFirst());
              } else {
                refuse.accept(
                    surface
                        .words()
                        .say(
                            products.isEmpty() ? "lists.product.none" : "lists.product.several",
                            asked));
              }
            },
            surface::trouble);
  }

  /** A code says it all, also where other goods have it in their names. */
  private static List<Product> named(Catalogue catalogue, String asked) {
    List<Product> coded = catalogue.byCode(asked).stream().map(hit -> hit.product()).toList();
    return coded.size() == 1 ? coded : catalogue.search(asked, 2);
  }
}
