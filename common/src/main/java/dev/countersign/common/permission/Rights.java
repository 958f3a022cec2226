package dev.countersign.common.permission;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may do, place by place: a role for all stores, and roles in single stores that
 * stand there in its place. What belongs to the whole business is asked of the role for all stores.
 *
 * @param everywhere the role for all stores, {@link Role#NONE} when there is none
 * @param inStores the roles of single stores
 */
public record Rights(Role everywhere, Map<UUID, Role> inStores) {
  /** Of whoever may do nothing anywhere. */
  public static final Rights NONE = new Rights(Role.NONE, Map.of());

  public Rights {
    inStores = Map.copyOf(inStores);
  }

  /** The same role in all stores. */
  public static Rights everywhere(Role role) {
    return new Rights(role, Map.of());
  }

  /** The role in a store, or for null the role for what belongs to all. */
  public Role in(@Nullable UUID store) {
    return store == null ? everywhere : inStores.getOrDefault(store, everywhere);
  }

  /** True when it is allowed in some store. */
  public boolean may(PermissionKey key) {
    return roles().anyMatch(role -> allows(role, key));
  }

  /** True when it is allowed there; null stands for what belongs to all stores. */
  public boolean mayIn(PermissionKey key, @Nullable UUID store) {
    return allows(in(store), key);
  }

  /** True when it is allowed for all stores and in none denied. */
  public boolean mayEverywhere(PermissionKey key) {
    return allows(everywhere, key)
        && inStores.values().stream().allMatch(role -> allows(role, key));
  }

  /** True when there is a role for all stores. */
  public boolean isEverywhere() {
    return !everywhere.equals(Role.NONE);
  }

  /** True when there is no role anywhere. */
  public boolean isNone() {
    return !isEverywhere() && inStores.isEmpty();
  }

  /** True when whoever has these has to sign in with a second factor. */
  public boolean isPrivileged() {
    return roles().anyMatch(Role::isPrivileged);
  }

  /**
   * True when this act may be done wherever the other has a role, so that nothing of theirs is out
   * of reach.
   */
  public boolean mayWherever(PermissionKey key, Rights other) {
    return inEveryPlace(other, (own, theirs) -> theirs.equals(Role.NONE) || allows(own, key));
  }

  /** True when the other stands above in no place; see {@link Role#isUpTo}. */
  public boolean isUpTo(Rights other) {
    return inEveryPlace(other, Role::isUpTo);
  }

  /** True when this opens all that the other opens, place by place. */
  public boolean covers(Rights other) {
    return inEveryPlace(other, Role::covers);
  }

  /**
   * True when whatever somebody would gain by a change is held here, in the same place and at least
   * as far: nobody gives what they do not have.
   */
  public boolean canGive(Rights before, Rights after) {
    Set<UUID> stores = new HashSet<>(inStores.keySet());
    stores.addAll(before.inStores.keySet());
    stores.addAll(after.inStores.keySet());
    return holdsGain(everywhere, before.everywhere, after.everywhere)
        && stores.stream()
            .allMatch(store -> holdsGain(in(store), before.in(store), after.in(store)));
  }

  private static boolean holdsGain(Role own, Role before, Role after) {
    return Arrays.stream(PermissionKey.values())
        .allMatch(
            key -> {
              Decision then = after.decide(key, null);
              return before.decide(key, null).isAtLeast(then)
                  || own.decide(key, null).isAtLeast(then);
            });
  }

  private boolean inEveryPlace(Rights other, BiPredicate<Role, Role> holds) {
    Set<UUID> stores = new HashSet<>(inStores.keySet());
    stores.addAll(other.inStores.keySet());
    return holds.test(everywhere, other.everywhere)
        && stores.stream().allMatch(store -> holds.test(in(store), other.in(store)));
  }

  private Stream<Role> roles() {
    return Stream.concat(Stream.of(everywhere), inStores.values().stream());
  }

  private static boolean allows(Role role, PermissionKey key) {
    return role.decide(key, null) == Decision.ALLOWED;
  }
}
