package dev.countersign.common.change;

import java.util.Arrays;
import java.util.Optional;

/** The wire names and current versions of the kinds of change. */
public enum ChangeType {
  SHIFT_OPENED("shift.opened", 1, ShiftOpened.class),
  SALE_COMPLETED("sale.completed", 1, SaleCompleted.class),
  BASKET_VOIDED("basket.voided", 1, BasketVoided.class),
  PAYMENT_RETURNED("payment.returned", 1, PaymentReturned.class),
  SHIFT_CLOSED("shift.closed", 1, ShiftClosed.class),
  CASH_MOVED("cash.moved", 1, CashMoved.class),
  DRAWER_OPENED("drawer.opened", 1, DrawerOpened.class),
  DRAWER_COUNTED("drawer.counted", 1, DrawerCounted.class),
  PRODUCT_CHANGED("product.changed", 1, ProductChanged.class),
  PROMOTION_WRITTEN("promotion.written", 1, PromotionWritten.class),
  PRICE_LIST_WRITTEN("pricelist.written", 1, PriceListWritten.class),
  TAX_WRITTEN("tax.written", 1, TaxWritten.class),
  CUSTOMER_ADDED("customer.added", 1, CustomerAdded.class),
  CUSTOMER_CHANGED("customer.changed", 1, CustomerChanged.class),
  CUSTOMER_TERMS_WRITTEN("customer.terms", 1, CustomerTermsWritten.class),
  STOCK_MOVED("stock.moved", 1, StockMoved.class),
  STOCK_COUNTED("stock.counted", 1, StockCounted.class),
  VERDICT_RESOLVED("verdict.resolved", 1, VerdictResolved.class),
  CREDIT_ISSUED("credit.issued", 1, CreditIssued.class),
  SUSPICION_REPORTED("suspicion.reported", 1, SuspicionReported.class),
  TRAINING_SWITCHED("training.switched", 1, TrainingSwitched.class),
  SALE_PARKED("sale.parked", 1, SaleParked.class),
  SALE_RECALLED("sale.recalled", 1, SaleRecalled.class);

  private final String wireName;
  private final int version;
  private final Class<? extends ChangeBody> body;

  ChangeType(String wireName, int version, Class<? extends ChangeBody> body) {
    this.wireName = wireName;
    this.version = version;
    this.body = body;
  }

  public String wireName() {
    return wireName;
  }

  /** The version this program writes; it reads this one and every earlier one. */
  public int version() {
    return version;
  }

  public Class<? extends ChangeBody> body() {
    return body;
  }

  public static Optional<ChangeType> named(String wireName) {
    return Arrays.stream(values()).filter(t -> t.wireName.equals(wireName)).findFirst();
  }

  public static ChangeType of(ChangeBody body) {
    return switch (body) {
      case ShiftOpened _ -> SHIFT_OPENED;
      case SaleCompleted _ -> SALE_COMPLETED;
      case BasketVoided _ -> BASKET_VOIDED;
      case PaymentReturned _ -> PAYMENT_RETURNED;
      case ShiftClosed _ -> SHIFT_CLOSED;
      case CashMoved _ -> CASH_MOVED;
      case DrawerOpened _ -> DRAWER_OPENED;
      case DrawerCounted _ -> DRAWER_COUNTED;
      case ProductChanged _ -> PRODUCT_CHANGED;
      case PromotionWritten _ -> PROMOTION_WRITTEN;
      case PriceListWritten _ -> PRICE_LIST_WRITTEN;
      case TaxWritten _ -> TAX_WRITTEN;
      case CustomerAdded _ -> CUSTOMER_ADDED;
      case CustomerChanged _ -> CUSTOMER_CHANGED;
      case CustomerTermsWritten _ -> CUSTOMER_TERMS_WRITTEN;
      case StockMoved _ -> STOCK_MOVED;
      case StockCounted _ -> STOCK_COUNTED;
      case VerdictResolved _ -> VERDICT_RESOLVED;
      case CreditIssued _ -> CREDIT_ISSUED;
      case SuspicionReported _ -> SUSPICION_REPORTED;
      case TrainingSwitched _ -> TRAINING_SWITCHED;
      case SaleParked _ -> SALE_PARKED;
      case SaleRecalled _ -> SALE_RECALLED;
    };
  }
}
