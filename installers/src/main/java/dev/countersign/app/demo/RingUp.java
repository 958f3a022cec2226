package dev.countersign.app.demo;

import dev.countersign.app.demo.SalesFile.Invoice;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Sold;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Rings up invoices of a real shop on a till, through the ledger that the screens use. Every line
 * is charged what the file says, without tax; an item that the catalogue lacks is sold as an open
 * item under its number. Goods that come back are refunds of what the same customer bought at that
 * price, the last first, as far as there is such a sale; the rest comes back without a receipt.
 */
final class RingUp {
  private final Ledger ledger;
  private final Catalogue catalogue;
  private final UUID user;
  private final Currency currency;
  private final Map<String, Optional<Product>> products = new HashMap<>();
  private final Map<Bought, Deque<Sold>> bought = new HashMap<>();
  private long refunded;
  private long returned;
  private Instant last = Instant.MIN;

  /** By what goods that come back are recognised. */
  private record Bought(String customer, String item, Money unit) {}

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
    Map<Sold, RefundableLine> touched = new HashMap<>();
    for (SalesFile.Line line : invoice.lines()) {
      basket =
          line.bottles().isNegative()
              ? takeBack(basket, invoice, line, touched)
              : basket.add(item(line), line.bottles(), price(line));
    }
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(currency));
    List<Tender> tenders =
        priced.total().isZero() ? List.of() : List.of(new CashTender(priced.total()));
    if (Settlement.of(priced.total(), tenders, null) instanceof Settlement.Settled settled) {
      CompletedSale sale =
          ledger.complete(
              new Actor(user, null, timeOn(invoice.date())),
              new SaleDraft(basket, priced, settled, invoice.date(), invoice.number()));
      remember(invoice, sale);
      return sale;
    }
    throw new IllegalStateException("exact cash always settles " + invoice.number());
  }

  /** Lines that came back of a receipt. */
  long refunded() {
    return refunded;
  }

  /** Lines that came back without one. */
  long returned() {
    return returned;
  }

  private void remember(Invoice invoice, CompletedSale sale) {
    for (SaleCompleted.Line line : sale.body().lines()) {
      Long unit = line.unit();
      if (line.quantity().isPositive() && unit != null && !invoice.customer().isEmpty()) {
        bought
            .computeIfAbsent(
                new Bought(invoice.customer(), line.code(), Money.of(unit, currency)),
                _ -> new ArrayDeque<>())
            .push(new Sold(sale.id(), line.no()));
      }
    }
  }

  private Basket takeBack(
      Basket basket, Invoice invoice, SalesFile.Line line, Map<Sold, RefundableLine> touched) {
    Quantity open = line.bottles().negate();
    Basket with = basket;
    if (price(line) instanceof LinePrice.Each(Money unit)) {
      Bought what = new Bought(invoice.customer(), item(line).code(), unit);
      for (Sold sold : bought.getOrDefault(what, new ArrayDeque<>())) {
        SoldBefore before = ledger.soldBefore(sold.sale()).orElseThrow();
        RefundableLine left =
            touched.computeIfAbsent(
                sold,
                _ ->
                    before.lines().stream()
                        .filter(each -> each.lineNo() == sold.line())
                        .findFirst()
                        .orElseThrow());
        Quantity part = open.compareTo(left.remaining()) < 0 ? open : left.remaining();
        if (part.isPositive() && Refunds.refund(left, part) instanceof Refunds.Part back) {
          with = before.bringBack(with, back, "");
          touched.put(sold, left.after(back));
          open = open.minus(part);
          refunded++;
        }
      }
      if (open.isPositive()) {
        returned++;
        with = with.add(item(line), open.negate(), new LinePrice.Returned(unit, ""));
      }
      return with;
    }
    returned++;
    return with.add(item(line), line.bottles(), price(line));
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
