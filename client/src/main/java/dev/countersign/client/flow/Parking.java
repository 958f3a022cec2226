package dev.countersign.client.flow;

import dev.countersign.client.ledger.ParkedSale;
import dev.countersign.client.ledger.ParkedSales;
import dev.countersign.client.ledger.Users;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.tax.TaxRounding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts a customer's sale aside and takes it up again. One thread at a time; blocking. */
public final class Parking {
  private final Selling selling;
  private final ParkedSales parked;
  private final Users users;
  private final TaxRounding rounding;

  public Parking(Selling selling, ParkedSales parked, Users users, TaxRounding rounding) {
    this.selling = selling;
    this.parked = parked;
    this.users = users;
    this.rounding = rounding;
  }

  /**
   * A sale that waits, as a list shows it.
   *
   * @param name may be empty
   * @param items pieces; anything weighed counts as one
   * @param by the name of whoever put it aside
   */
  public record Waiting(UUID id, String name, long items, Money total, Instant since, String by) {}

  /** All that wait, the longest first. */
  public List<Waiting> waiting() {
    return parked.list().stream().map(this::shown).toList();
  }

  private Waiting shown(ParkedSale sale) {
    Basket basket = sale.basket();
    return new Waiting(
        sale.id(),
        sale.name(),
        Running.items(basket),
        Pricing.price(basket, rounding).total(),
        sale.at(),
        users.nameOf(sale.by()));
  }

  public int count() {
    return parked.count();
  }

  /**
   * Puts the running sale aside; the next customer.
   *
   * @param name may be empty
   */
  public Running park(UUID cashier, String name) {
    parked.park(cashier, name);
    return selling.next();
  }

  /**
   * Takes a sale up again; one that is running is put aside for it.
   *
   * @return empty when it was taken up already
   */
  public Optional<Running> recall(UUID cashier, UUID sale) {
    return parked.recall(cashier, sale).map(selling::resume);
  }
}
