package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one person could do alone for which it is better to need two: acts that, allowed together to
 * the same role without anybody's approval, leave nobody who looks.
 */
enum Danger {
  VOID_AND_KEEP(PermissionKey.SALE_RING, PermissionKey.SALE_VOID),
  RETURN_AND_KEEP(PermissionKey.SALE_RING, PermissionKey.SALE_RETURN),
  ANY_PRICE(PermissionKey.SALE_RING, PermissionKey.SALE_PRICE),
  ANY_ITEM(PermissionKey.SALE_RING, PermissionKey.SALE_OPEN_ITEM),
  PRICE_FOR_A_MINUTE(PermissionKey.SALE_RING, PermissionKey.PRODUCT_EDIT),
  SELL_AS_NOBODY(PermissionKey.SALE_RING, PermissionKey.USER_MANAGE),
  RAISE_THEMSELVES(PermissionKey.USER_MANAGE, PermissionKey.ROLE_EDIT),
  REVIEW_THEMSELVES(PermissionKey.USER_MANAGE, PermissionKey.ACCESS_REVIEW),
  STOP_A_TILL(PermissionKey.SALE_RING, PermissionKey.DEVICE_MANAGE),
  KEY_THAT_STAYS(PermissionKey.KEY_MANAGE),
  TAKE_ALL_AWAY(PermissionKey.EXPORT_RUN),
  LET_OPERATOR_IN(PermissionKey.SUPPORT_GRANT),
  CHANGE_THE_PAPER(PermissionKey.SALE_RING, PermissionKey.SETTINGS_EDIT);

  private final Set<PermissionKey> together;

  Danger(PermissionKey first, PermissionKey... others) {
    this.together = EnumSet.of(first, others);
  }

  /** What a role makes possible for one person alone. */
  static List<Danger> of(Role role) {
    return Arrays.stream(values())
        .filter(
            danger ->
                danger.together.stream()
                    .allMatch(key -> role.decide(key, null) == Decision.ALLOWED))
        .toList();
  }

  /** In a person's words. */
  String text(Words words) {
    return switch (this) {
      case VOID_AND_KEEP -> words.say("danger.void-and-keep");
      case RETURN_AND_KEEP -> words.say("danger.return-and-keep");
      case ANY_PRICE -> words.say("danger.any-price");
      case ANY_ITEM -> words.say("danger.any-item");
      case PRICE_FOR_A_MINUTE -> words.say("danger.price-for-a-minute");
      case SELL_AS_NOBODY -> words.say("danger.sell-as-nobody");
      case RAISE_THEMSELVES -> words.say("danger.raise-themselves");
      case REVIEW_THEMSELVES -> words.say("danger.review-themselves");
      case STOP_A_TILL -> words.say("danger.stop-a-till");
      case KEY_THAT_STAYS -> words.say("danger.key-that-stays");
      case TAKE_ALL_AWAY -> words.say("danger.take-all-away");
      case LET_OPERATOR_IN -> words.say("danger.let-operator-in");
      case CHANGE_THE_PAPER -> words.say("danger.change-the-paper");
    };
  }
}
