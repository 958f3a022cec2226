package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.server.ingest.Ground.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By which right a change was made: the rights of its time, as the sheet that it names says, for as
 * long as the sheet says so; and the rights of now, which are the server's own word. Pure.
 *
 * <p>Who had a right and lost it sells on until the device hears of it: such sales are flagged,
 * because the goods and the money are real. What gives money away or changes a price is
 * quarantined. A clock is never a reason to refuse: it only decides what a person should look at.
 */
sealed interface Warrant {
  /** It was permitted; perhaps a person should look. */
  record Given(List<String> flags) implements Warrant {}

  /** It was not. */
  record Missing(String code) implements Warrant {}

  /** The sheet that was named is not one of this device's. */
  String UNKNOWN_GRANT = "unknown-grant";

  /** Made after the lease of the right had ended. */
  String LEASE_ENDED = "lease-ended";

  /** Made by somebody whose right had been taken away. */
  String WITHDRAWN = "rights-withdrawn";

  static Warrant of(Change change, Ground ground) {
    return of(change, change.body().requires(), ground);
  }

  /** The right to these acts alone. */
  static Warrant of(Change change, Set<PermissionKey> keys, Ground ground) {
    UUID authority = change.authority();
    GrantSheet sheet = authority == null ? null : ground.grant(authority).orElse(null);
    List<String> flags = new ArrayList<>(0);
    if (authority != null && sheet == null) {
      flags.add(UNKNOWN_GRANT);
    }
    Optional<Person> actor = ground.person(change.actor());
    if (actor.isEmpty() && !isNamed(sheet, change.actor())) {
      return new Missing(Judge.UNKNOWN_ACTOR);
    }
    for (PermissionKey key : keys) {
      String refused =
          weigh(key, change, sheet, actor.map(Person::role).orElse(null), ground, flags);
      if (refused != null) {
        return new Missing(refused);
      }
    }
    return new Given(flags);
  }

  /** The reason against this key, or null when there is none; adds what should be looked at. */
  private static @Nullable String weigh(
      PermissionKey key,
      Change change,
      @Nullable GrantSheet sheet,
      @Nullable Role role,
      Ground ground,
      List<String> flags) {
    boolean ended =
        sheet != null && change.at().isAfter(sheet.until(key).plus(GrantSheet.TOLERANCE));
    List<Role> seconds =
        seconds(key, change).stream()
            .flatMap(second -> ground.person(second).map(Person::role).stream())
            .toList();
    if (role != null && allows(role, seconds, key)) {
      boolean twoPeople =
          seconds.stream().anyMatch(second -> second.decide(key, null) == Decision.ALLOWED);
      if (ended && !(key.isOverride() && twoPeople)) {
        add(flags, LEASE_ENDED);
      }
      return null;
    }
    if (sheet == null || !allowed(key, change, sheet)) {
      return Judge.NOT_PERMITTED;
    }
    if (!ended && isBeforeLeaving(change, sheet, ground)) {
      return null;
    }
    if (key.isOverride()) {
      return WITHDRAWN;
    }
    add(flags, WITHDRAWN);
    return null;
  }

  private static boolean allowed(PermissionKey key, Change change, GrantSheet sheet) {
    List<Role> seconds =
        seconds(key, change).stream().flatMap(second -> sheet.roleOf(second).stream()).toList();
    return sheet.roleOf(change.actor()).filter(role -> allows(role, seconds, key)).isPresent();
  }

  private static boolean allows(Role role, List<Role> seconds, PermissionKey key) {
    return role.decide(key, null) == Decision.ALLOWED
        || seconds.stream().anyMatch(second -> role.decide(key, second) == Decision.ALLOWED);
  }

  /** Who else stands behind the act: the change's approver, and whoever answered on the spot. */
  private static Set<UUID> seconds(PermissionKey key, Change change) {
    Set<UUID> seconds = new LinkedHashSet<>(change.body().answering(key));
    UUID approver = change.approver();
    if (approver != null) {
      seconds.add(approver);
    }
    seconds.remove(change.actor());
    return seconds;
  }

  /** A time from before the sheet was given says nothing: whoever set that clock chose it. */
  private static boolean isBeforeLeaving(Change change, GrantSheet sheet, Ground ground) {
    Instant left = ground.left(change.actor()).orElse(null);
    return left != null
        && !change.at().isAfter(left)
        && !change.at().isBefore(sheet.issued().minus(GrantSheet.TOLERANCE));
  }

  private static boolean isNamed(@Nullable GrantSheet sheet, UUID person) {
    return sheet != null && sheet.roleOf(person).isPresent();
  }

  private static void add(List<String> flags, String flag) {
    if (!flags.contains(flag)) {
      flags.add(flag);
    }
  }
}
