package dev.countersign.common.permission;

import java.util.Arrays;
import java.util.Optional;

/** The one list of acts that can be permitted. A key's text form is what roles store and send. */
public enum PermissionKey {
  SHIFT_OPEN("shift.open"),
  SALE_RING("sale.ring"),
  /** Selling something that is not in the catalogue, at a typed price. */
  SALE_OPEN_ITEM("sale.open_item"),
  /** Selling a catalogue product at another amount than its price. */
  SALE_PRICE("sale.price"),
  /** Taking goods back without their receipt (a line with a negative quantity). */
  SALE_RETURN("sale.return"),
  /** Throwing a whole basket away before it is paid. */
  SALE_VOID("sale.void"),
  /** Looking at products and sales in the back office. */
  OFFICE_OPEN("office.open");

  private final String key;

  PermissionKey(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /** The key with this text, or empty when there is none. */
  public static Optional<PermissionKey> of(String text) {
    return Arrays.stream(values()).filter(k -> k.key.equals(text)).findFirst();
  }
}
