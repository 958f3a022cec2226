package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Quantity;

/**
 * A product that a code stands on.
 *
 * @param pack how many of it one scan sells
 */
public record CatalogueHit(Product product, Quantity pack) {}
