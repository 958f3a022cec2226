package dev.countersign.common.catalogue;

import dev.countersign.common.money.Money;
import java.util.List;
import java.util.UUID;

/**
 * Something the shop sells.
 *
 * @param sku the shop's own number, not blank
 * @param name what the receipt says, not blank
 * @param category may be empty
 * @param size what tells it from its sisters, such as "750 ml"; may be empty
 * @param price of one unit, zero or more
 * @param taxIds its tax rules in the order they apply
 * @param barcodes may be empty; one barcode may stand on several products
 * @param active false once it is no longer sold
 * @param handling what is to be minded when it is sold
 */
public record Product(
    UUID id,
    String sku,
    String name,
    String category,
    String size,
    Money price,
    List<UUID> taxIds,
    List<PackBarcode> barcodes,
    boolean active,
    Handling handling) {
  public Product {
    if (sku.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a product needs a number and a name");
    }
    if (price.isNegative()) {
      throw new IllegalArgumentException("a price is not negative");
    }
    taxIds = List.copyOf(taxIds);
    barcodes = List.copyOf(barcodes);
  }

  /** The same at a price that was asked for. */
  public Product at(Money asked) {
    return new Product(id, sku, name, category, size, asked, taxIds, barcodes, active, handling);
  }

  /** One of which nothing is to be minded. */
  public Product(
      UUID id,
      String sku,
      String name,
      String category,
      String size,
      Money price,
      List<UUID> taxIds,
      List<PackBarcode> barcodes,
      boolean active) {
    this(id, sku, name, category, size, price, taxIds, barcodes, active, Handling.NONE);
  }
}
