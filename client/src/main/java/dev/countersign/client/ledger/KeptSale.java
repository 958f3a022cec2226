package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Tender;
import java.util.List;

/**
 * A sale that was being rung up or paid when the till was locked, stopped or lost its power.
 *
 * @param tenders what was handed over for it already; has not been given back
 */
public record KeptSale(Basket basket, List<Tender> tenders) {
  public KeptSale {
    tenders = List.copyOf(tenders);
  }
}
