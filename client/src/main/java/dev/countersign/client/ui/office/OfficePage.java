package dev.countersign.client.ui.office;

import dev.countersign.common.permission.PermissionKey;

/** What there is to look at in the office, each with the key that opens it: the one place. */
public enum OfficePage {
  TODAY(PermissionKey.OFFICE_OPEN),
  SALES(PermissionKey.OFFICE_OPEN),
  PRODUCTS(PermissionKey.OFFICE_OPEN),
  /** What is on offer. */
  PROMOTIONS(PermissionKey.PROMOTION_EDIT),
  /** What customers who have a list pay. */
  PRICE_LISTS(PermissionKey.PRODUCT_EDIT),
  /** What is charged on what is sold, and from when. */
  TAXES(PermissionKey.TAX_EDIT),
  CUSTOMERS(PermissionKey.CUSTOMER_EDIT),
  /** What the store has, and what comes, goes and is counted. */
  STOCK(PermissionKey.STOCK_EDIT),
  /** What the server questioned, of the store's devices. */
  WORKLIST(PermissionKey.VERDICT_RESOLVE),
  PEOPLE(PermissionKey.USER_MANAGE),
  ROLES(PermissionKey.ROLE_EDIT),
  REVIEWS(PermissionKey.ACCESS_REVIEW),
  DEVICES(PermissionKey.DEVICE_MANAGE),
  /** What receipts say beside the sale. */
  RECEIPTS(PermissionKey.SETTINGS_EDIT),
  KEYS(PermissionKey.KEY_MANAGE),
  OPERATOR(PermissionKey.SUPPORT_GRANT),
  /** One's own sign-ins, which whoever is in the office may see. */
  SESSIONS(PermissionKey.OFFICE_OPEN);

  private final PermissionKey key;

  OfficePage(PermissionKey key) {
    this.key = key;
  }

  /**
   * What a person needs for it, without a second person's word. Whoever is signed in to the server
   * needs it there as well for a page that shows the server's word.
   */
  public PermissionKey key() {
    return key;
  }

  /** Shows one day at a time. */
  boolean isOfADay() {
    return this == TODAY || this == SALES;
  }

  /** Needs the server's word. */
  public boolean isServers() {
    return compareTo(PEOPLE) >= 0;
  }
}
