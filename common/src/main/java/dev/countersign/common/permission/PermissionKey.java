package dev.countersign.common.permission;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one list of acts that can be permitted. A key's text form is what roles store and send. */
public enum PermissionKey {
  SHIFT_OPEN("shift.open"),
  /** Counting the drawer and closing the register's shift. */
  SHIFT_CLOSE("shift.close"),
  /** Putting cash into the drawer or taking it out without a sale. */
  CASH_MOVE("cash.move"),
  /** Opening the drawer without a sale. */
  DRAWER_OPEN("drawer.open"),
  /**
   * Answering for a drawer that is off by more than the limit, having it counted again, and seeing
   * what it should hold before a blind count.
   */
  SHIFT_DIFFERENCE("shift.difference"),
  SALE_RING("sale.ring"),
  /** Selling something that is not in the catalogue, at a typed price. */
  SALE_OPEN_ITEM("sale.open_item"),
  /** Selling a catalogue product at another amount than its price. */
  SALE_PRICE("sale.price"),
  /** Giving something off a line or off the whole basket. */
  SALE_DISCOUNT("sale.discount"),
  /** Taking goods back that were sold on a receipt. */
  SALE_REFUND("sale.refund"),
  /** Giving money back another way than it was paid, such as cash for a card. */
  SALE_REFUND_MEANS("sale.refund_means"),
  /** Taking goods back without their receipt (a line with a negative quantity). */
  SALE_RETURN("sale.return"),
  /** Selling restricted goods outside the hours in which the store sells them. */
  SALE_HOURS("sale.hours"),
  /**
   * Selling goods with a least age and saying that the buyer is old enough. A role that does not
   * mention it sells them as it sells everything; that of somebody who is too young themselves says
   * that another person has to agree.
   */
  SALE_AGE("sale.age"),
  /** Throwing a whole basket away before it is paid. */
  SALE_VOID("sale.void"),
  /** Selling gift cards and giving store credit. */
  CREDIT_ISSUE("credit.issue"),
  /** Setting up what stands on a till's counter: printers, drawer, display, scale. */
  HARDWARE_EDIT("hardware.edit"),
  /** Adding customers and changing what is known of them. */
  CUSTOMER_EDIT("customer.edit"),
  /** Receiving goods, writing them off and counting them. */
  STOCK_EDIT("stock.edit"),
  /** Letting a customer owe more than their limit. */
  ACCOUNT_EXCEED("account.exceed"),
  /** Granting customers price lists, accounts and exemption from tax. */
  CUSTOMER_TERMS("customer.terms"),
  /** Looking at products and sales in the back office. */
  OFFICE_OPEN("office.open"),
  /** Changing products and their prices. */
  PRODUCT_EDIT("product.edit"),
  /** Adding promotions, changing and ending them. */
  PROMOTION_EDIT("promotion.edit"),
  /** Adding taxes, renaming them, and saying from when which rate holds. */
  TAX_EDIT("tax.edit"),
  /** Deciding on what the server flagged, quarantined or superseded. */
  VERDICT_RESOLVE("verdict.resolve"),
  /** Seeing the people of the business, adding them and ending what they may do. */
  USER_MANAGE("user.manage"),
  /** Changing what a role may do. */
  ROLE_EDIT("role.edit"),
  /** Seeing the keys of programs, making and ending them. */
  KEY_MANAGE("key.manage"),
  /** Going through who may do what, and deciding whether they keep it. */
  ACCESS_REVIEW("access.review"),
  /** Letting the server's operator at the data of the business for a time. */
  SUPPORT_GRANT("support.grant"),
  /** Seeing devices and taking them out of use. */
  DEVICE_MANAGE("device.manage"),
  /** Reading the audit log. */
  AUDIT_READ("audit.read"),
  /** Taking the whole log with its batches away as a file. */
  EXPORT_RUN("export.run"),
  /** Changing what a store charges, rounds and prints. */
  SETTINGS_EDIT("settings.edit");

  /** Acts over people, prices and settings, the log, exports, keys or devices. */
  private static final Set<PermissionKey> PRIVILEGED =
      Collections.unmodifiableSet(
          EnumSet.of(
              PRODUCT_EDIT,
              PROMOTION_EDIT,
              TAX_EDIT,
              CUSTOMER_TERMS,
              VERDICT_RESOLVE,
              USER_MANAGE,
              ROLE_EDIT,
              KEY_MANAGE,
              ACCESS_REVIEW,
              SUPPORT_GRANT,
              DEVICE_MANAGE,
              AUDIT_READ,
              EXPORT_RUN,
              SETTINGS_EDIT));

  /** Acts that give money or goods away, or change a price, on somebody's word. */
  private static final Set<PermissionKey> OVERRIDES =
      Collections.unmodifiableSet(
          EnumSet.of(
              SALE_OPEN_ITEM,
              SALE_PRICE,
              SALE_DISCOUNT,
              SALE_REFUND,
              SALE_REFUND_MEANS,
              SALE_RETURN,
              SALE_HOURS,
              CASH_MOVE,
              CREDIT_ISSUE,
              ACCOUNT_EXCEED));

  private final String key;

  PermissionKey(String key) {
    this.key = key;
  }

  /**
   * True for what gives money away or changes a price on somebody's word: it goes on one person's
   * word for a shorter time without the server than selling does.
   */
  public boolean isOverride() {
    return OVERRIDES.contains(this);
  }

  /**
   * True when a person who may do this has to sign in with a second factor: it gives power over
   * people, prices and settings, the log, exports, keys or devices.
   */
  public boolean isPrivileged() {
    return PRIVILEGED.contains(this);
  }

  public String key() {
    return key;
  }

  /**
   * The key that decides for a role which does not mention this one: a part of that act, which was
   * allowed with it before anybody could tell them apart. Null for most keys, which are denied
   * then.
   */
  public @Nullable PermissionKey within() {
    return this == SALE_AGE ? SALE_RING : null;
  }

  /** The key with this text, or empty when there is none. */
  public static Optional<PermissionKey> of(String text) {
    return Arrays.stream(values()).filter(k -> k.key.equals(text)).findFirst();
  }
}
