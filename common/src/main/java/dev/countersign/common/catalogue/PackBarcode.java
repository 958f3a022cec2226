package dev.countersign.common.catalogue;

import dev.countersign.common.money.Quantity;

/**
 * A barcode under which a product is sold, and how much of it one scan sells.
 *
 * @param gtin14 the number in normal form
 * @param packSize 1 for a single item, 12 for a case of twelve; positive
 */
public record PackBarcode(String gtin14, Quantity packSize) {
  public PackBarcode {
    gtin14 = new Gtin(gtin14).digits14();
    if (!packSize.isPositive()) {
      throw new IllegalArgumentException("a pack holds more than nothing");
    }
  }
}
