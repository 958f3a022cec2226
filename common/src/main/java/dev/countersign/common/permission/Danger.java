package dev.countersign.common.permission;

import static dev.countersign.common.permission.PermissionKey.ACCESS_REVIEW;
import static dev.countersign.common.permission.PermissionKey.CASH_MOVE;
import static dev.countersign.common.permission.PermissionKey.CREDIT_ISSUE;
import static dev.countersign.common.permission.PermissionKey.CUSTOMER_TERMS;
import static dev.countersign.common.permission.PermissionKey.DEVICE_MANAGE;
import static dev.countersign.common.permission.PermissionKey.EXPORT_RUN;
import static dev.countersign.common.permission.PermissionKey.KEY_MANAGE;
import static dev.countersign.common.permission.PermissionKey.PRODUCT_EDIT;
import static dev.countersign.common.permission.PermissionKey.PROMOTION_EDIT;
import static dev.countersign.common.permission.PermissionKey.ROLE_EDIT;
import static dev.countersign.common.permission.PermissionKey.SALE_DISCOUNT;
import static dev.countersign.common.permission.PermissionKey.SALE_OPEN_ITEM;
import static dev.countersign.common.permission.PermissionKey.SALE_PRICE;
import static dev.countersign.common.permission.PermissionKey.SALE_REFUND;
import static dev.countersign.common.permission.PermissionKey.SALE_REFUND_MEANS;
import static dev.countersign.common.permission.PermissionKey.SALE_RETURN;
import static dev.countersign.common.permission.PermissionKey.SALE_RING;
import static dev.countersign.common.permission.PermissionKey.SALE_VOID;
import static dev.countersign.common.permission.PermissionKey.SETTINGS_EDIT;
import static dev.countersign.common.permission.PermissionKey.SHIFT_CLOSE;
import static dev.countersign.common.permission.PermissionKey.STOCK_EDIT;
import static dev.countersign.common.permission.PermissionKey.SUPPORT_GRANT;
import static dev.countersign.common.permission.PermissionKey.TAX_EDIT;
import static dev.countersign.common.permission.PermissionKey.USER_MANAGE;
import static dev.countersign.common.permission.PermissionKey.VERDICT_RESOLVE;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one person could do alone for which it is better to need two: acts that, allowed together
 * with nobody's approval, leave nobody who looks. An act that needs approval makes no danger: there
 * is the second person. Dangers are shown while a role is edited; they forbid nothing, because in a
 * shop of one there is no second person.
 */
public enum Danger {
  VOID_AND_KEEP(
      "void-and-keep",
      "Take the money for a basket, then throw the basket away.",
      SALE_RING,
      SALE_VOID),
  RETURN_AND_KEEP(
      "return-and-keep",
      "Take goods back that nobody brought, and keep the money.",
      SALE_RING,
      SALE_RETURN),
  REFUND_AND_KEEP(
      "refund-and-keep",
      "Refund an old receipt without the customer, and keep the money.",
      SALE_RING,
      SALE_REFUND),
  CARD_TO_CASH(
      "card-to-cash",
      "Give the money of somebody's card payment back in cash, and keep it.",
      SALE_RING,
      SALE_REFUND,
      SALE_REFUND_MEANS),
  TAKE_AND_COUNT(
      "take-and-count",
      "Take cash out of the drawer under a reason, and count the drawer oneself.",
      CASH_MOVE,
      SHIFT_CLOSE),
  CREDIT_FOR_NOTHING(
      "credit-for-nothing",
      "Give store credit to oneself, and buy with it.",
      SALE_RING,
      CREDIT_ISSUE),
  SELL_AND_WRITE_OFF(
      "sell-and-write-off", "Take goods home, and write them off as waste.", SALE_RING, STOCK_EDIT),
  ACCEPT_OWN_FAULT(
      "accept-own-fault",
      "Sell against the rules, and accept it as the second look.",
      SALE_RING,
      VERDICT_RESOLVE),
  ANY_PRICE("any-price", "Sell to a friend at any price.", SALE_RING, SALE_PRICE),
  ANY_DISCOUNT("any-discount", "Give a friend everything off.", SALE_RING, SALE_DISCOUNT),
  ANY_ITEM("any-item", "Ring dear goods up as a cheap open item.", SALE_RING, SALE_OPEN_ITEM),
  PRICE_FOR_A_MINUTE(
      "price-for-a-minute",
      "Lower a price, sell, and put the price back.",
      SALE_RING,
      PRODUCT_EDIT),
  PROMOTION_FOR_A_MINUTE(
      "promotion-for-a-minute",
      "Begin a promotion, sell to a friend, and end it.",
      SALE_RING,
      PROMOTION_EDIT),
  TAX_FOR_A_DAY(
      "tax-for-a-day", "Lower a tax for a day, and sell to a friend.", SALE_RING, TAX_EDIT),
  TERMS_FOR_A_FRIEND(
      "terms-for-a-friend",
      "Free a friend from tax or give them another price list or an account, and sell to them.",
      SALE_RING,
      CUSTOMER_TERMS),
  SELL_AS_SOMEBODY(
      "sell-as-somebody",
      "Add a person or take over another's PIN, and sell or approve under that name.",
      SALE_RING,
      USER_MANAGE),
  STOP_A_TILL(
      "stop-a-till",
      "Sell, then take the till out of use before its sales are sent.",
      SALE_RING,
      DEVICE_MANAGE),
  CHANGE_THE_PAPER(
      "change-the-paper",
      "Sell under settings of their own: rounding, and what the receipt says.",
      SALE_RING,
      SETTINGS_EDIT),
  MAKE_AN_ACCOMPLICE(
      "make-an-accomplice",
      "Make a role to measure and give it to somebody of their own.",
      USER_MANAGE,
      ROLE_EDIT),
  REVIEW_THEMSELVES(
      "review-themselves",
      "Give rights, and confirm in the review that they are right.",
      USER_MANAGE,
      ACCESS_REVIEW),
  EXPORT_UNDER_ANOTHER_NAME(
      "export-under-another-name",
      "Take all data away under the name of a person of their own.",
      EXPORT_RUN,
      USER_MANAGE),
  KEY_THAT_STAYS(
      "key-that-stays", "Make a key that goes on working after they have left.", KEY_MANAGE),
  TAKE_ALL_AWAY("take-all-away", "Take the whole log away as a file.", EXPORT_RUN),
  LET_THE_OPERATOR_IN(
      "let-the-operator-in", "Let the server's operator at all data.", SUPPORT_GRANT);

  private final String code;
  private final String sentence;
  private final Set<PermissionKey> together;

  Danger(String code, String sentence, PermissionKey first, PermissionKey... others) {
    this.code = code;
    this.sentence = sentence;
    this.together = Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  /** What a role makes possible for one person alone. */
  public static List<Danger> of(Role role) {
    return Arrays.stream(values()).filter(danger -> danger.isIn(role)).toList();
  }

  /** A short name for programs. */
  public String code() {
    return code;
  }

  /** What could be done, in English. */
  public String sentence() {
    return sentence;
  }

  /** The acts that make it together; take one away or ask for approval, and it is gone. */
  public Set<PermissionKey> keys() {
    return together;
  }

  private boolean isIn(Role role) {
    return together.stream().allMatch(key -> role.decide(key, null) == Decision.ALLOWED);
  }
}
