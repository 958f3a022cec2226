package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.guard.Finding;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.ParkedBasket;
import java.util.ArrayList;
import java.util.List;

/**
 * What the texts of a change hold. Our till refuses a card number before it signs; another program
 * with a till's key may not, and what it signed cannot be altered. Its change is quarantined: the
 * number then stands in the raw batch alone, and no table, list or screen is made from that.
 */
final class Texts {
  private Texts() {}

  static Finding in(ChangeBody body) {
    return switch (body) {
      case SaleCompleted sale -> in(sale);
      case ShiftOpened shift -> Finding.in(shift.currency());
      case BasketVoided basket -> Finding.in(basket.currency());
      case ShiftClosed shift -> in(shift);
      case DrawerOpened drawer -> Finding.in(drawer.reason());
      case DrawerCounted count -> Finding.in(count.currency());
      case PaymentReturned payment ->
          Finding.in(payment.currency()).and(Finding.in(payment.reference()));
      case CashMoved cash -> Finding.in(cash.currency()).and(Finding.in(cash.reason()));
      case ProductChanged product -> {
        Finding found = Finding.NONE;
        for (ProductChanged.Edit edit : product.fields()) {
          // A price is digits alone, and as long as a card number only by a mistake of its own.
          boolean text = edit.field().holdsText();
          found = text ? found.and(Finding.in(edit.from())).and(Finding.in(edit.to())) : found;
        }
        yield found;
      }
      // The hash of a code has no words in it.
      case CreditIssued credit -> Finding.in(credit.currency());
      case VerdictResolved resolved -> Finding.in(resolved.note());
      case StockMoved moved -> Finding.in(moved.note());
      // Who it is stands in no change.
      case StockCounted _, CustomerAdded _, CustomerChanged _ -> Finding.NONE;
      case CustomerTermsWritten written -> Finding.in(written.terms().exemption());
      case PromotionWritten written -> in(written.promotion());
      case PriceListWritten written -> Finding.in(written.list().name());
      case TaxWritten written -> Finding.in(written.tax().name());
      case SuspicionReported report -> Finding.in(report.note());
      case TrainingSwitched _, SaleRecalled _ -> Finding.NONE;
      case SaleParked parked -> in(parked.basket());
    };
  }

  private static Finding in(LineFacts facts) {
    return Finding.in(facts.batch()).and(Finding.in(facts.serial()));
  }

  private static Finding in(ParkedBasket basket) {
    Finding found = Finding.in(basket.currency()).and(Finding.in(basket.note()));
    for (String coupon : basket.coupons()) {
      found = found.and(Finding.in(coupon));
    }
    for (ParkedBasket.Word word : basket.agreed()) {
      found = found.and(Finding.in(word.act()));
    }
    found = found.and(off(basket.discounts()));
    for (ParkedBasket.Line line : basket.lines()) {
      found = found.and(Finding.in(line.name())).and(Finding.in(line.size()));
      found = found.and(Finding.in(line.code())).and(Finding.in(line.note()));
      found = found.and(in(line.beside())).and(off(line.discounts()));
    }
    return found;
  }

  private static Finding off(List<ParkedBasket.Off> discounts) {
    Finding found = Finding.NONE;
    for (ParkedBasket.Off off : discounts) {
      found = found.and(Finding.in(off.reason())).and(Finding.in(String.valueOf(off.percent())));
    }
    return found;
  }

  private static Finding in(ShiftClosed shift) {
    ShiftFigures figures = shift.figures();
    Finding found =
        Finding.in(shift.currency())
            .and(Finding.in(figures.firstReceipt()))
            .and(Finding.in(figures.lastReceipt()));
    for (ShiftFigures.Taxed tax : figures.taxes()) {
      found = found.and(Finding.in(tax.name())).and(Finding.in(tax.rate()));
    }
    return found;
  }

  private static Finding in(Promotion promotion) {
    Finding found = Finding.in(promotion.name()).and(Finding.in(promotion.terms().kind()));
    if (promotion.coupon() != null) {
      found = found.and(Finding.in(promotion.coupon().code()));
    }
    List<String> categories = new ArrayList<>(promotion.goods().categories());
    promotion.terms().parts().forEach(part -> categories.addAll(part.goods().categories()));
    for (String category : categories) {
      found = found.and(Finding.in(category));
    }
    return found;
  }

  private static Finding in(SaleCompleted sale) {
    Finding found = Finding.in(sale.receipt()).and(Finding.in(sale.currency()));
    found = found.and(Finding.in(sale.note()));
    if (sale.customer() != null) {
      found = found.and(Finding.in(sale.customer().exemption()));
    }
    for (String coupon : sale.coupons()) {
      found = found.and(Finding.in(coupon));
    }
    for (SaleCompleted.Agreed word : sale.agreed()) {
      found = found.and(Finding.in(word.act()));
    }
    found = found.and(in(sale.lines())).and(in(sale.voided()));
    for (SaleCompleted.Paid paid : sale.tenders()) {
      found = found.and(Finding.in(paid.reference())).and(Finding.in(paid.lastFour()));
    }
    return sale.original() == null ? found : found.and(Finding.in(sale.original()));
  }

  private static Finding in(List<SaleCompleted.Line> lines) {
    Finding found = Finding.NONE;
    for (SaleCompleted.Line line : lines) {
      found = found.and(Finding.in(line.name())).and(Finding.in(line.code()));
      found = found.and(Finding.in(line.note())).and(in(line.beside()));
      for (SaleCompleted.Off off : line.off()) {
        found = found.and(Finding.in(off.reason())).and(Finding.in(String.valueOf(off.percent())));
      }
      SaleCompleted.Returned returned = line.returned();
      if (returned != null) {
        found = found.and(Finding.in(returned.reason())).and(Finding.in(returned.receipt()));
      }
      for (SaleCompleted.Tax tax : line.taxes()) {
        found = found.and(Finding.in(String.valueOf(tax.name()))).and(Finding.in(tax.rate()));
      }
    }
    return found;
  }
}
