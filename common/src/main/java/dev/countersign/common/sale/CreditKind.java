package dev.countersign.common.sale;

/** What kind of promise a credit account is. */
public enum CreditKind {
  /** Sold for money, to whoever carries it. */
  GIFT_CARD,
  /** Given instead of money, mostly for goods that came back. */
  STORE_CREDIT
}
