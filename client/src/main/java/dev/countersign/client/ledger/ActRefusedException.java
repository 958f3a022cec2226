package dev.countersign.client.ledger;

/** An act that would make the books wrong. Nothing was written. */
public final class ActRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** This device is an office: it has no register. */
    NOT_A_TILL,
    NO_OPEN_SHIFT,
    SHIFT_OPEN_ALREADY,
    NEGATIVE_FLOAT,
    NEGATIVE_COUNT,
    /** A basket is running: it is paid, parked or thrown away before the shift closes. */
    BASKET_OPEN,
    /** Notes and coins that are not one count: they do not add up, or one stands twice. */
    COUNT_DOES_NOT_ADD_UP,
    /** The store wants notes and coins counted one by one. */
    COUNT_EACH,
    /**
     * The store counts blind, and something happened since the drawer was counted, or nobody did.
     */
    COUNT_FIRST,
    /** Sales are parked: they are taken up and paid or thrown away before the shift closes. */
    SALES_PARKED,
    /** Part of the sale is paid: it is finished or given back first. */
    PARTLY_PAID,
    TOO_MANY_PARKED,
    /** An amount of zero, or a reason that is missing or too long. */
    NO_REASON,
    NO_SUCH_PRODUCT,
    /** A value that its field cannot hold. */
    DOES_NOT_FIT,
    /** The sale is not known here, or less is left of it. */
    NOT_REFUNDABLE,
    EMPTY_BASKET,
    OTHER_CURRENCY,
    /** Basket, prices and tenders are not of one sale. */
    SUMS_DO_NOT_AGREE,
    /** Less of this gift card or credit is reserved for this till; ask the server first. */
    CREDIT_NOT_RESERVED,
    /** A discount for which the goods lose a promotion that gives more. */
    DEARER,
    /** Goods for which nobody found the buyer old enough. */
    AGE_NOT_CHECKED,
    /** What may be a card number stands in a text that would be stored. */
    CARD_NUMBER,
    /** The server has told this device to wipe itself. */
    WIPED,
    /** The sale alone is more than a batch may hold. */
    TOO_LARGE
  }

  private final Reason reason;

  public ActRefusedException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
