package dev.countersign.common.sale;

import dev.countersign.common.money.Money;

/** A payment. Negative amounts go out to the customer. */
public sealed interface Tender
    permits CashTender, CardTender, MobileTender, VoucherTender, CreditTender, AccountTender {
  /** What was handed over, before change. */
  Money amount();

  TenderKind kind();
}
