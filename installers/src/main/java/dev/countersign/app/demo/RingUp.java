package dev.countersign.app.demo;

import dev.countersign.app.demo.SalesFile.Invoice;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Rings up invoices of a real shop on a till, through the ledger that the screens use. Every line
 * is charged what the file says, without tax; an item that the catalogue lacks is sold as an open
 * item under its number.
 */
final class RingUp {
  private final Ledger ledger;
  private final Catalogue catalogue;
  private final UUID user;
  private final Currency currency;
  private final Map<String, Optional<Product>> products = new HashMap<>();
  private Instant last = Instant.MIN;

  RingUp(Ledger ledger, Catalogue catalogue, UUID user, Currency currency) {
    this.ledger = ledger;
    this.catalogue = catalogue;
    this.user = user;
    this.currency = currency;
  }

  /** Opens the one shift of the replay, with an empty drawer, on the day of the first invoice. */
  void openShift(LocalDate day) {
    ledger.openShift(new Actor(user, null, timeOn(day)), day, Money.zero(currency));
  }

  /** Completes one sale; durable when this returns. */
  CompletedSale sell(Invoice invoice) {
    Basket basket = Basket.empty(currency);
    for (SalesFile.Line line : invoice.lines()) {
      basket = basket.add(item(line), line.bottles(), price(line));
    }
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(currency));
    List<Tender> tenders =
        priced.total().isZero() ? List.of() : List.of(new CashTender(priced.total()));
    if (Settlement.of(priced.total(), tenders, null) instanceof Settlement.Settled settled) {
      return ledger.complete(
          new Actor(user, null, timeOn(invoice.date())),
          new SaleDraft(basket, priced, settled, invoice.date(), invoice.number()));
    }
    throw new IllegalStateException("exact cash always settles " + invoice.number());
  }

  private LineItem item(SalesFile.Line line) {
    return products
        .computeIfAbsent(line.item(), catalogue::bySku)
        .map(p -> new LineItem(p.id(), p.sku(), p.name(), p.size(), List.of()))
        .orElseGet(() -> new LineItem(null, line.item(), "Item " + line.item(), "", List.of()));
  }

  /** A price of one where the amount divides evenly, else a price of the whole line. */
  private static LinePrice price(SalesFile.Line line) {
    Money amount = line.amount();
    BigInteger scaled =
        BigInteger.valueOf(amount.minor()).multiply(BigInteger.valueOf(Quantity.ONE.millionths()));
    BigInteger[] unit = scaled.divideAndRemainder(BigInteger.valueOf(line.bottles().millionths()));
    return unit[1].signum() == 0 && unit[0].bitLength() < Long.SIZE
        ? new LinePrice.Each(Money.of(unit[0].longValue(), amount.currency()))
        : new LinePrice.Total(amount);
  }

  /** Business hours from nine, a minute apart, never backwards: the file has days only. */
  private Instant timeOn(LocalDate day) {
    Instant opening = day.atTime(LocalTime.of(9, 0)).toInstant(ZoneOffset.UTC);
    last = opening.isAfter(last) ? opening : last.plusSeconds(60);
    return last;
  }
}
