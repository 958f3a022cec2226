package dev.countersign.common.sale;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.tax.TaxRule;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a line sells, as it was on the day of the sale.
 *
 * @param productId null for an open item, which no catalogue knows
 * @param code the barcode or number it was rung up with; may be empty
 * @param name what the receipt says, not blank
 * @param size may be empty
 * @param taxes in the order they apply
 * @param category the product's, by which promotions find it; may be empty
 * @param handling what was to be minded of the product
 */
public record LineItem(
    @Nullable UUID productId,
    String code,
    String name,
    String size,
    List<TaxRule> taxes,
    String category,
    Handling handling) {
  public LineItem {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a line needs a name");
    }
    taxes = List.copyOf(taxes);
  }

  /** The same taxed in another way. */
  LineItem with(List<TaxRule> others) {
    return new LineItem(productId, code, name, size, others, category, handling);
  }

  /** The same as a container, whatever the catalogue says of it: it goes with goods. */
  public LineItem asContainer() {
    return new LineItem(productId, code, name, size, taxes, category, handling.withContainer(true));
  }

  /** Something of which nothing is to be minded. */
  public LineItem(
      @Nullable UUID productId,
      String code,
      String name,
      String size,
      List<TaxRule> taxes,
      String category) {
    this(productId, code, name, size, taxes, category, Handling.NONE);
  }

  /** Something of no category. */
  public LineItem(
      @Nullable UUID productId, String code, String name, String size, List<TaxRule> taxes) {
    this(productId, code, name, size, taxes, "");
  }
}
