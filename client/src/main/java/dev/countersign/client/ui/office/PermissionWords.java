package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.PermissionKey;
import java.util.Arrays;
import java.util.List;

/** Permission keys in a person's words, by where they belong. */
final class PermissionWords {
  private PermissionWords() {}

  /** Where acts belong. */
  enum Module {
    TILL,
    OFFICE,
    PEOPLE,
    DEVICES,
    BOOKS;

    String title(Words words) {
      return switch (this) {
        case TILL -> words.say("module.till");
        case OFFICE -> words.say("module.office");
        case PEOPLE -> words.say("module.people");
        case DEVICES -> words.say("module.devices");
        case BOOKS -> words.say("module.books");
      };
    }

    List<PermissionKey> keys() {
      return Arrays.stream(PermissionKey.values()).filter(key -> of(key) == this).toList();
    }
  }

  static Module of(PermissionKey key) {
    return switch (key) {
      case SHIFT_OPEN,
          SHIFT_CLOSE,
          CASH_MOVE,
          DRAWER_OPEN,
          SHIFT_DIFFERENCE,
          SALE_RING,
          SALE_OPEN_ITEM,
          SALE_PRICE,
          SALE_DISCOUNT,
          SALE_REFUND,
          SALE_REFUND_MEANS,
          SALE_RETURN,
          SALE_HOURS,
          SALE_AGE,
          SALE_VOID,
          CREDIT_ISSUE,
          HARDWARE_EDIT,
          CUSTOMER_EDIT,
          ACCOUNT_EXCEED ->
          Module.TILL;
      case OFFICE_OPEN,
          PRODUCT_EDIT,
          PROMOTION_EDIT,
          TAX_EDIT,
          CUSTOMER_TERMS,
          STOCK_EDIT,
          SETTINGS_EDIT ->
          Module.OFFICE;
      case USER_MANAGE, ROLE_EDIT, ACCESS_REVIEW, SUPPORT_GRANT -> Module.PEOPLE;
      case DEVICE_MANAGE, KEY_MANAGE -> Module.DEVICES;
      case AUDIT_READ, EXPORT_RUN, VERDICT_RESOLVE -> Module.BOOKS;
    };
  }

  /** What the act is, in a few words. */
  static String of(Words words, PermissionKey key) {
    return switch (key) {
      case SHIFT_OPEN -> words.say("act.shift-open");
      case SHIFT_CLOSE -> words.say("act.shift-close");
      case CASH_MOVE -> words.say("act.cash-move");
      case DRAWER_OPEN -> words.say("act.drawer-open");
      case SHIFT_DIFFERENCE -> words.say("act.shift-difference");
      case SALE_RING -> words.say("act.sale-ring");
      case SALE_OPEN_ITEM -> words.say("act.sale-open-item");
      case SALE_PRICE -> words.say("act.sale-price");
      case SALE_DISCOUNT -> words.say("act.sale-discount");
      case SALE_REFUND -> words.say("act.sale-refund");
      case SALE_REFUND_MEANS -> words.say("act.sale-refund-means");
      case SALE_RETURN -> words.say("act.sale-return");
      case SALE_HOURS -> words.say("act.sale-hours");
      case SALE_AGE -> words.say("act.sale-age");
      case SALE_VOID -> words.say("act.sale-void");
      case CUSTOMER_EDIT -> words.say("act.customer-edit");
      case ACCOUNT_EXCEED -> words.say("act.account-exceed");
      case CREDIT_ISSUE -> words.say("act.credit-issue");
      case HARDWARE_EDIT -> words.say("act.hardware-edit");
      case OFFICE_OPEN -> words.say("act.office-open");
      case PROMOTION_EDIT -> words.say("act.promotion-edit");
      case TAX_EDIT -> words.say("act.tax-edit");
      case CUSTOMER_TERMS -> words.say("act.customer-terms");
      case PRODUCT_EDIT -> words.say("act.product-edit");
      case STOCK_EDIT -> words.say("act.stock-edit");
      case SETTINGS_EDIT -> words.say("act.settings-edit");
      case USER_MANAGE -> words.say("act.user-manage");
      case ROLE_EDIT -> words.say("act.role-edit");
      case ACCESS_REVIEW -> words.say("act.access-review");
      case SUPPORT_GRANT -> words.say("act.support-grant");
      case DEVICE_MANAGE -> words.say("act.device-manage");
      case KEY_MANAGE -> words.say("act.key-manage");
      case AUDIT_READ -> words.say("act.audit-read");
      case EXPORT_RUN -> words.say("act.export-run");
      case VERDICT_RESOLVE -> words.say("act.verdict-resolve");
    };
  }
}
