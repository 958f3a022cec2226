package dev.countersign.client.ledger;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Agreed;
import dev.countersign.common.change.SaleCompleted.BoughtBy;
import dev.countersign.common.change.SaleCompleted.Credit;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Promised;
import dev.countersign.common.change.SaleCompleted.Returned;
import dev.countersign.common.change.SaleCompleted.Sold;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import dev.countersign.common.tax.TaxShare;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a settled basket down as the fact that is recorded. */
final class SaleBody {
  private final SaleDraft draft;
  private final Map<UUID, List<Money>> listed;
  private final List<Line> lines;
  private final List<Line> voided;
  private final List<Paid> tenders;
  private final List<Credit> credits;

  /**
   * @param listed as {@link Catalogue#prices}, of the products in the basket
   * @param cards the gift cards that are sold with it
   */
  SaleBody(SaleDraft draft, Map<UUID, List<Money>> listed, List<CreditSlip> cards) {
    this.draft = draft;
    this.credits =
        cards.stream().map(card -> new Credit(card.account(), card.amount().minor())).toList();
    this.listed = listed;
    this.lines = draft.priced().lines().stream().map(this::line).toList();
    this.voided =
        draft.basket().lines().stream()
            .filter(BasketLine::voided)
            .map(line -> line(line, line.amount(), List.of(), List.of(), List.of()))
            .toList();
    this.tenders = draft.settlement().tenders().stream().map(SaleBody::paid).toList();
  }

  private Line line(PricedLine priced) {
    List<Tax> taxes = priced.taxes().stream().map(SaleBody::tax).toList();
    List<Tax> exempted = priced.exempted().stream().map(SaleBody::tax).toList();
    List<Off> off = priced.off().stream().map(SaleBody::off).toList();
    return line(priced.line(), priced.gross(), taxes, off, exempted);
  }

  private Line line(
      BasketLine line, Money amount, List<Tax> taxes, List<Off> off, List<Tax> exempted) {
    LineItem item = line.item();
    return new Line(
        line.no(),
        item.productId(),
        item.code(),
        item.size().isEmpty() ? item.name() : item.name() + " " + item.size(),
        line.quantity(),
        unit(line.price()),
        otherThanListed(line),
        amount.minor(),
        taxes,
        line.price() instanceof LinePrice.Refunded back
            ? new Sold(back.sale(), back.part().lineNo())
            : null,
        off,
        line.note(),
        returned(line.price()),
        exempted,
        line.facts());
  }

  private static @Nullable Long unit(LinePrice price) {
    Money unit =
        switch (price) {
          case LinePrice.Each each -> each.unit();
          case LinePrice.Total _ -> null;
          case LinePrice.Refunded refunded -> refunded.unit();
          case LinePrice.Returned returned -> returned.unit();
        };
    return unit == null ? null : (Long) unit.minor();
  }

  private static @Nullable Returned returned(LinePrice price) {
    return switch (price) {
      case LinePrice.Each _, LinePrice.Total _ -> null;
      case LinePrice.Refunded refunded -> new Returned(refunded.reason(), refunded.receipt());
      case LinePrice.Returned returned -> new Returned(returned.reason(), "");
    };
  }

  /** Why goods come back; empty for what is sold. */
  static String reason(LinePrice price) {
    Returned returned = returned(price);
    return returned == null ? "" : returned.reason();
  }

  /**
   * The catalogue's price of one, if the line was priced otherwise, or more is given back without a
   * receipt; else null. A discount is no other price: it stands for itself. What comes back of a
   * receipt has the price of its own sale. One that was asked for is the listed one, until somebody
   * puts another in its place; without a receipt there is nothing to compare it with.
   */
  private @Nullable Long otherThanListed(BasketLine line) {
    if (line.item().handling().asksPrice() && !line.quantity().isNegative()) {
      Money asked = line.listed();
      return asked == null ? null : (Long) asked.minor();
    }
    UUID product = line.item().productId();
    List<Money> prices = product == null ? List.of() : listed.getOrDefault(product, List.of());
    boolean asListed =
        prices.isEmpty()
            || line.price() instanceof LinePrice.Refunded
            || prices.stream()
                .map(price -> price.times(line.quantity(), RoundingMode.HALF_UP))
                .anyMatch(
                    usual ->
                        line.price() instanceof LinePrice.Returned
                            ? usual.compareTo(line.amount()) <= 0
                            : usual.equals(line.amount()));
    return asListed ? null : (Long) prices.getFirst().minor();
  }

  private static Off off(PricedLine.Off off) {
    Discount discount = off.discount();
    String percent =
        discount instanceof Discount.PercentOff each
            ? each.percent().stripTrailingZeros().toPlainString()
            : null;
    Promised promotion =
        discount instanceof Discount.Promoted by
            ? new Promised(by.promotion(), by.version())
            : null;
    return new Off(discount.reason(), percent, off.amount().minor(), off.onBasket(), promotion);
  }

  private static Tax tax(TaxShare share) {
    return new Tax(
        share.ruleId(),
        share.name(),
        share.rate().toPlainString(),
        share.base().minor(),
        share.amount().minor());
  }

  static Paid paid(Tender tender) {
    Means means = Means.of(tender.kind());
    long amount = tender.amount().minor();
    return switch (tender) {
      case CashTender _ -> new Paid(means, amount, "", "");
      case CardTender card -> new Paid(means, amount, card.reference(), card.lastFour());
      case MobileTender mobile -> new Paid(means, amount, mobile.reference(), "");
      case VoucherTender voucher ->
          new Paid(
              means,
              amount,
              voucher.reference(),
              "",
              null,
              voucher.worth().equals(voucher.amount()) ? null : (Long) voucher.worth().minor());
      case CreditTender credit -> new Paid(means, amount, "", "", credit.account());
      case AccountTender owed -> new Paid(means, amount, "", "", owed.customer());
    };
  }

  /** The products whose listed price matters. */
  static List<UUID> products(SaleDraft draft) {
    List<UUID> products = new ArrayList<>();
    for (BasketLine line : draft.basket().lines()) {
      UUID product = line.item().productId();
      if (product != null) {
        products.add(product);
      }
    }
    return products;
  }

  /** The sale's whole body. */
  SaleCompleted under(UUID store, UUID register, UUID shift, String receipt) {
    Buyer buyer = draft.basket().buyer();
    return new SaleCompleted(
        store,
        register,
        shift,
        receipt,
        draft.businessDate(),
        draft.basket().currency().getCurrencyCode(),
        lines,
        tenders,
        draft.priced().total().minor(),
        draft.priced().tax().minor(),
        draft.settlement().rounding().minor(),
        draft.settlement().change().minor(),
        voided,
        draft.original(),
        credits,
        draft.basket().note(),
        draft.basket().agreed().stream()
            .map(word -> new Agreed(word.act().key(), word.person()))
            .toList(),
        draft.settlement().tip().minor(),
        draft.basket().coupons(),
        buyer == null
            ? null
            : new BoughtBy(
                buyer.id(), buyer.terms() == null ? 0 : buyer.terms().version(), buyer.exemption()),
        draft.basket().age());
  }
}
