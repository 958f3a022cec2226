package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;

/**
 * A sale that was being rung up or paid when the till was locked, stopped or lost its power.
 *
 * @param payment what was taken for it already; has not been given back
 */
public record KeptSale(Basket basket, OpenPayment payment) {}
