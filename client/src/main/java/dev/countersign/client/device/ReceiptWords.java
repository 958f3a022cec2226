package dev.countersign.client.device;

import java.util.Locale;

/**
 * The words of a receipt in the customer's language, and how that language writes an amount.
 *
 * @param notASale what marks the paper of a practice or demonstration till
 */
public record ReceiptWords(
    Locale locale,
    String receipt,
    String register,
    String cashier,
    String total,
    String includedTax,
    String on,
    String cash,
    String card,
    String mobileMoney,
    String voucher,
    String giftCard,
    String storeCredit,
    String tip,
    String rounding,
    String change,
    String discount,
    String refundOf,
    String withoutReceipt,
    String copy,
    String notASale) {

  /** English, as a shop in the United States or the United Kingdom expects it. */
  public static ReceiptWords english() {
    return new ReceiptWords(
        Locale.ENGLISH,
        "Receipt",
        "Register",
        "Cashier",
        "TOTAL",
        "incl.",
        "on",
        "Cash",
        "Card",
        "Mobile money",
        "Voucher",
        "Gift card",
        "Store credit",
        "Tip",
        "Rounding",
        "Change",
        "Discount",
        "Refund of",
        "Return without receipt",
        "COPY",
        "NOT A SALE");
  }
}
