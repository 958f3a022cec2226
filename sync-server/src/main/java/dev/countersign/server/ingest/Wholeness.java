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
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.tax.Tax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether every field that must be there is there. JSON may leave out what the types promise, and a
 * promise of the types is worth nothing about bytes from outside.
 */
final class Wholeness {
  private Wholeness() {}

  static boolean isWhole(ChangeBody body) {
    return switch (body) {
      case SaleCompleted sale -> isWhole(sale);
      case ShiftOpened shift ->
          present(shift.store(), shift.register(), shift.businessDate(), shift.currency());
      case BasketVoided basket ->
          present(basket.store(), basket.register(), basket.shift(), basket.currency());
      // These refuse to be made without.
      case ShiftClosed _, CashMoved _, ProductChanged _, VerdictResolved _, CreditIssued _ -> true;
      case StockMoved _, StockCounted _, DrawerOpened _, DrawerCounted _ -> true;
      case PaymentReturned _ -> true;
      case CustomerAdded _, CustomerChanged _, CustomerTermsWritten _ -> true;
      case PromotionWritten written -> isWhole(written.promotion());
      case PriceListWritten written -> present(written.list().from());
      case SuspicionReported _, TrainingSwitched _, SaleRecalled _ -> true;
      case SaleParked parked -> parked.basket().sound();
      case TaxWritten written -> isWhole(written.tax());
    };
  }

  private static boolean isWhole(SaleCompleted sale) {
    boolean head =
        present(sale.store(), sale.register(), sale.shift())
            && present(sale.receipt(), sale.businessDate(), sale.currency());
    if (!head) {
      return false;
    }
    for (SaleCompleted.Line line : sale.lines()) {
      if (!isWhole(line)) {
        return false;
      }
    }
    for (SaleCompleted.Line line : sale.voided()) {
      if (!isWhole(line)) {
        return false;
      }
    }
    for (SaleCompleted.Paid paid : sale.tenders()) {
      if (!present(paid.means())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Tax tax) {
    return present(tax.kind(), tax.rate())
        && tax.rates().stream().allMatch(each -> present(each.from(), each.rate()));
  }

  private static boolean isWhole(Promotion promotion) {
    return present(promotion.terms(), promotion.caps(), promotion.validity())
        && present(promotion.validity().from())
        && (promotion.coupon() == null || present(promotion.coupon().code()))
        && promotion.terms().parts().stream().allMatch(part -> present(part.goods()));
  }

  private static boolean isWhole(SaleCompleted.Line line) {
    if (!present(line.quantity())) {
      return false;
    }
    return areWhole(line.taxes()) && areWhole(line.exempted());
  }

  private static boolean areWhole(List<SaleCompleted.Tax> taxes) {
    for (SaleCompleted.Tax tax : taxes) {
      if (!present(tax.rule(), tax.rate())) {
        return false;
      }
    }
    return true;
  }

  private static boolean present(@Nullable Object... fields) {
    for (Object field : fields) {
      if (field == null) {
        return false;
      }
    }
    return true;
  }
}
