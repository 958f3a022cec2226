package dev.countersign.common.permission;

import static dev.countersign.common.permission.Decision.ALLOWED;
import static dev.countersign.common.permission.Decision.DENIED;
import static dev.countersign.common.permission.Decision.NEEDS_APPROVAL;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A named set of permissions. What a role does not mention is denied, so a new key never opens
 * anything by itself; a part of an act ({@link PermissionKey#within}) goes with the act.
 */
public record Role(String name, Map<PermissionKey, Decision> decisions) {
  /** Of whoever has no role in a place. */
  public static final Role NONE = new Role("", Map.of());

  public static final Role CASHIER =
      new Role(
          "cashier",
          decided(
              EnumSet.of(
                  PermissionKey.SHIFT_OPEN,
                  PermissionKey.SHIFT_CLOSE,
                  PermissionKey.SALE_RING,
                  PermissionKey.SALE_VOID,
                  PermissionKey.CUSTOMER_EDIT),
              EnumSet.of(
                  PermissionKey.CASH_MOVE,
                  PermissionKey.DRAWER_OPEN,
                  PermissionKey.SHIFT_DIFFERENCE,
                  PermissionKey.SALE_OPEN_ITEM,
                  PermissionKey.SALE_PRICE,
                  PermissionKey.SALE_DISCOUNT,
                  PermissionKey.SALE_REFUND,
                  PermissionKey.SALE_REFUND_MEANS,
                  PermissionKey.SALE_RETURN,
                  PermissionKey.SALE_HOURS,
                  PermissionKey.CREDIT_ISSUE,
                  PermissionKey.ACCOUNT_EXCEED,
                  PermissionKey.HARDWARE_EDIT)));

  public static final Role SUPERVISOR =
      new Role(
          "supervisor",
          allowed(
              EnumSet.of(
                  PermissionKey.SHIFT_OPEN,
                  PermissionKey.SHIFT_CLOSE,
                  PermissionKey.CASH_MOVE,
                  PermissionKey.DRAWER_OPEN,
                  PermissionKey.SHIFT_DIFFERENCE,
                  PermissionKey.SALE_RING,
                  PermissionKey.SALE_VOID,
                  PermissionKey.SALE_OPEN_ITEM,
                  PermissionKey.SALE_PRICE,
                  PermissionKey.SALE_DISCOUNT,
                  PermissionKey.SALE_REFUND,
                  PermissionKey.SALE_REFUND_MEANS,
                  PermissionKey.SALE_RETURN,
                  PermissionKey.SALE_HOURS,
                  PermissionKey.CREDIT_ISSUE,
                  PermissionKey.ACCOUNT_EXCEED,
                  PermissionKey.HARDWARE_EDIT,
                  PermissionKey.CUSTOMER_EDIT,
                  PermissionKey.STOCK_EDIT)));

  public static final Role MANAGER =
      new Role(
          "manager",
          allowed(
              EnumSet.of(
                  PermissionKey.SHIFT_OPEN,
                  PermissionKey.SHIFT_CLOSE,
                  PermissionKey.CASH_MOVE,
                  PermissionKey.DRAWER_OPEN,
                  PermissionKey.SHIFT_DIFFERENCE,
                  PermissionKey.SALE_RING,
                  PermissionKey.SALE_OPEN_ITEM,
                  PermissionKey.SALE_PRICE,
                  PermissionKey.SALE_DISCOUNT,
                  PermissionKey.SALE_REFUND,
                  PermissionKey.SALE_REFUND_MEANS,
                  PermissionKey.SALE_RETURN,
                  PermissionKey.SALE_HOURS,
                  PermissionKey.SALE_VOID,
                  PermissionKey.CREDIT_ISSUE,
                  PermissionKey.ACCOUNT_EXCEED,
                  PermissionKey.HARDWARE_EDIT,
                  PermissionKey.CUSTOMER_EDIT,
                  PermissionKey.STOCK_EDIT,
                  PermissionKey.OFFICE_OPEN,
                  PermissionKey.PRODUCT_EDIT,
                  PermissionKey.PROMOTION_EDIT,
                  PermissionKey.TAX_EDIT,
                  PermissionKey.CUSTOMER_TERMS,
                  PermissionKey.VERDICT_RESOLVE,
                  PermissionKey.USER_MANAGE,
                  PermissionKey.DEVICE_MANAGE,
                  PermissionKey.AUDIT_READ)));

  /** May do everything that there is. */
  public static final Role OWNER = new Role("owner", allowed(EnumSet.allOf(PermissionKey.class)));

  /** Sees everything in the office and rings nothing up. */
  public static final Role ACCOUNTANT =
      new Role("accountant", Map.of(PermissionKey.OFFICE_OPEN, ALLOWED));

  private static final List<Role> BUILT_IN =
      List.of(CASHIER, SUPERVISOR, MANAGER, OWNER, ACCOUNTANT);

  public Role {
    EnumMap<PermissionKey, Decision> copy = new EnumMap<>(PermissionKey.class);
    copy.putAll(decisions);
    decisions = Map.copyOf(copy);
  }

  /**
   * A role as it is stored and sent. A key or decision that this program does not know opens
   * nothing.
   *
   * @param permissions the text of a key → the name of a decision
   */
  public static Role of(String name, Map<String, String> permissions) {
    Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
    permissions.forEach(
        (key, decision) ->
            PermissionKey.of(key)
                .ifPresent(known -> decisions.put(known, decisionNamed(decision))));
    return new Role(name, decisions);
  }

  /** The form that {@link #of} reads, in one order, so that the same role has the same bytes. */
  public SortedMap<String, String> permissions() {
    SortedMap<String, String> permissions = new TreeMap<>();
    decisions.forEach((key, decision) -> permissions.put(key.key(), decision.name()));
    return permissions;
  }

  /** The built-in role of that name. */
  public static Optional<Role> named(String name) {
    return BUILT_IN.stream().filter(role -> role.name.equals(name)).findFirst();
  }

  public static List<Role> builtIn() {
    return BUILT_IN;
  }

  /** True when a person of this role has to sign in with a second factor. */
  public boolean isPrivileged() {
    return decisions.entrySet().stream()
        .anyMatch(entry -> entry.getKey().isPrivileged() && entry.getValue() != DENIED);
  }

  /** True when this role opens all that the other one opens, each act at least as far. */
  public boolean covers(Role other) {
    return Arrays.stream(PermissionKey.values())
        .allMatch(key -> decide(key, null).isAtLeast(other.decide(key, null)));
  }

  /**
   * True when a person of the other role does not stand above one of this role. Standing is made by
   * the acts with power alone: to take something away from a cashier nobody has to be one.
   */
  public boolean isUpTo(Role other) {
    return Arrays.stream(PermissionKey.values())
        .filter(PermissionKey::isPrivileged)
        .allMatch(key -> decide(key, null).isAtLeast(other.decide(key, null)));
  }

  /**
   * The one decision function: may a person of this role do this act, given who approved it?
   *
   * @param approver the role of the second person, or null when nobody approved
   */
  public Decision decide(PermissionKey key, @Nullable Role approver) {
    Decision own = own(key);
    boolean approved = own == NEEDS_APPROVAL && approver != null && approver.own(key) == ALLOWED;
    return approved ? ALLOWED : own;
  }

  private Decision own(PermissionKey key) {
    Decision said = decisions.get(key);
    PermissionKey within = key.within();
    if (said != null || within == null) {
      return said == null ? DENIED : said;
    }
    return decisions.getOrDefault(within, DENIED);
  }

  private static Decision decisionNamed(String name) {
    return Arrays.stream(Decision.values())
        .filter(decision -> decision.name().equals(name))
        .findFirst()
        .orElse(DENIED);
  }

  private static Map<PermissionKey, Decision> allowed(Set<PermissionKey> keys) {
    return decided(keys, Set.of());
  }

  private static Map<PermissionKey, Decision> decided(
      Set<PermissionKey> allowed, Set<PermissionKey> withApproval) {
    EnumMap<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
    allowed.forEach(key -> decisions.put(key, ALLOWED));
    withApproval.forEach(key -> decisions.put(key, NEEDS_APPROVAL));
    return decisions;
  }
}
