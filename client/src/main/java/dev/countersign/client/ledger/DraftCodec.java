package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The running basket as it lies in the store between two key presses. */
final class DraftCodec {
  private DraftCodec() {}

  private record Frame(
      String currency,
      @Nullable List<Line> lines,
      @Nullable List<Off> discounts,
      @Nullable String note,
      @Nullable List<Agreed> agreed,
      @Nullable List<String> coupons,
      @Nullable Buyer buyer,
      @Nullable AgeCheck age) {}

  /** One of {@code percent} and {@code amount} is null. */
  private record Off(@Nullable String percent, @Nullable Long amount, @Nullable String reason) {}

  private record Line(
      @Nullable UUID product,
      @Nullable String code,
      String name,
      @Nullable String size,
      @Nullable List<Tax> taxes,
      Quantity quantity,
      @Nullable Long unit,
      @Nullable Long total,
      boolean voided,
      @Nullable Long listed,
      @Nullable List<Off> discounts,
      @Nullable String note,
      @Nullable Back back,
      @Nullable String category,
      @Nullable Handling handling,
      @Nullable LineFacts facts) {}

  /**
   * Goods that come back.
   *
   * @param sale null for those without a receipt, as are {@code receipt} and {@code shares}
   * @param gross of all that comes back; 0 without a receipt
   */
  private record Back(
      @Nullable UUID sale,
      @Nullable String receipt,
      int line,
      @Nullable Long unit,
      long gross,
      @Nullable List<Share> shares,
      @Nullable String reason) {}

  private record Share(UUID rule, String name, String rate, long base, long amount) {}

  private record Tax(
      UUID id,
      String name,
      TaxRule.Kind kind,
      String rate,
      boolean included,
      boolean includeInBase,
      boolean baseAffected) {}

  static byte[] encode(Basket basket) {
    return Json.encode(
        new Frame(
            basket.currency().getCurrencyCode(),
            basket.lines().stream().map(DraftCodec::line).toList(),
            offs(basket.discounts()),
            basket.note(),
            basket.agreed(),
            basket.coupons(),
            basket.buyer(),
            basket.age()));
  }

  static Basket decode(byte[] bytes) {
    Frame frame = Json.decode(bytes, Frame.class);
    Currency currency = Currency.getInstance(frame.currency());
    List<Line> lines = frame.lines() == null ? List.of() : frame.lines();
    List<BasketLine> read = new ArrayList<>();
    for (Line line : lines) {
      Long listed = line.listed();
      read.add(
          new BasketLine(
              read.size() + 1,
              item(line),
              line.quantity(),
              price(line, currency),
              line.voided(),
              listed == null ? null : Money.of(listed, currency),
              discounts(line.discounts(), currency),
              line.note() == null ? "" : line.note(),
              line.facts() == null ? LineFacts.NONE : line.facts()));
    }
    return new Basket(
        currency,
        read,
        discounts(frame.discounts(), currency),
        frame.note() == null ? "" : frame.note(),
        frame.agreed() == null ? List.of() : frame.agreed(),
        frame.coupons() == null ? List.of() : frame.coupons(),
        frame.buyer(),
        frame.age());
  }

  private static List<Off> offs(List<Discount> discounts) {
    return discounts.stream().map(DraftCodec::off).toList();
  }

  private static Off off(Discount discount) {
    return switch (discount) {
      case Discount.PercentOff percent ->
          new Off(percent.percent().toString(), null, percent.reason());
      case Discount.AmountOff amount -> new Off(null, amount.amount().minor(), amount.reason());
      case Discount.Promoted promoted ->
          throw new IllegalArgumentException("nobody gave " + promoted.reason());
    };
  }

  private static List<Discount> discounts(@Nullable List<Off> offs, Currency currency) {
    return offs == null ? List.of() : offs.stream().map(off -> discount(off, currency)).toList();
  }

  private static Discount discount(Off off, Currency currency) {
    String percent = off.percent();
    Long amount = off.amount();
    // Nothing is written for an empty text.
    String reason = off.reason() == null ? "" : off.reason();
    if (percent != null) {
      return new Discount.PercentOff(new BigDecimal(percent), reason);
    }
    if (amount == null) {
      throw new IllegalArgumentException("a discount of nothing");
    }
    return new Discount.AmountOff(Money.of(amount, currency), reason);
  }

  private static Line line(BasketLine line) {
    LineItem item = line.item();
    Money listed = line.listed();
    return new Line(
        item.productId(),
        item.code(),
        item.name(),
        item.size(),
        item.taxes().stream().map(DraftCodec::tax).toList(),
        line.quantity(),
        line.price() instanceof LinePrice.Each each ? (Long) each.unit().minor() : null,
        line.price() instanceof LinePrice.Total total ? (Long) total.lineTotal().minor() : null,
        line.voided(),
        listed == null ? null : (Long) listed.minor(),
        offs(line.discounts()),
        line.note(),
        back(line.price()),
        item.category(),
        item.handling().equals(Handling.NONE) ? null : item.handling(),
        line.facts().equals(LineFacts.NONE) ? null : line.facts());
  }

  private static @Nullable Back back(LinePrice price) {
    return switch (price) {
      case LinePrice.Each _, LinePrice.Total _ -> null;
      case LinePrice.Returned(Money unit, String reason) ->
          new Back(null, null, 0, unit.minor(), 0, null, reason);
      case LinePrice.Refunded refunded -> {
        Money unit = refunded.unit();
        yield new Back(
            refunded.sale(),
            refunded.receipt(),
            refunded.part().lineNo(),
            unit == null ? null : (Long) unit.minor(),
            refunded.part().amount().totalIncluded().minor(),
            refunded.part().amount().shares().stream().map(DraftCodec::share).toList(),
            refunded.reason());
      }
    };
  }

  private static Share share(TaxShare share) {
    return new Share(
        share.ruleId(),
        share.name(),
        share.rate().toPlainString(),
        share.base().minor(),
        share.amount().minor());
  }

  private static LinePrice price(Back back, Quantity quantity, Currency currency) {
    String reason = back.reason() == null ? "" : back.reason();
    Long one = back.unit();
    Money unit = one == null ? null : Money.of(one, currency);
    UUID sale = back.sale();
    if (sale == null) {
      return new LinePrice.Returned(unit == null ? Money.zero(currency) : unit, reason);
    }
    List<TaxShare> shares = new ArrayList<>();
    Money net = Money.of(back.gross(), currency);
    for (Share each : back.shares() == null ? List.<Share>of() : back.shares()) {
      Money amount = Money.of(each.amount(), currency);
      net = net.minus(amount);
      shares.add(
          new TaxShare(
              each.rule(),
              each.name(),
              new BigDecimal(each.rate()),
              Money.of(each.base(), currency),
              amount));
    }
    TaxedAmount amount = new TaxedAmount(net, Money.of(back.gross(), currency), shares);
    return new LinePrice.Refunded(
        sale,
        back.receipt() == null ? "" : back.receipt(),
        unit,
        new Refunds.Part(back.line(), quantity.negate(), amount),
        reason);
  }

  private static Tax tax(TaxRule rule) {
    return new Tax(
        rule.id(),
        rule.name(),
        rule.kind(),
        rule.rate().toString(),
        rule.included(),
        rule.includeInBase(),
        rule.baseAffected());
  }

  private static LineItem item(Line line) {
    List<Tax> taxes = line.taxes() == null ? List.of() : line.taxes();
    return new LineItem(
        line.product(),
        line.code() == null ? "" : line.code(),
        line.name(),
        line.size() == null ? "" : line.size(),
        taxes.stream().map(DraftCodec::rule).toList(),
        line.category() == null ? "" : line.category(),
        line.handling() == null ? Handling.NONE : line.handling());
  }

  private static TaxRule rule(Tax tax) {
    return new TaxRule(
        tax.id(),
        tax.name(),
        tax.kind(),
        new BigDecimal(tax.rate()),
        tax.included(),
        tax.includeInBase(),
        tax.baseAffected());
  }

  private static LinePrice price(Line line, Currency currency) {
    Back back = line.back();
    if (back != null) {
      return price(back, line.quantity(), currency);
    }
    Long unit = line.unit();
    if (unit != null) {
      return new LinePrice.Each(Money.of(unit, currency));
    }
    Long total = line.total();
    if (total == null) {
      throw new IllegalArgumentException("a line without a price");
    }
    return new LinePrice.Total(Money.of(total, currency));
  }
}
