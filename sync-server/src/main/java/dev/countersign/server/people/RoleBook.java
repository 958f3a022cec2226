package dev.countersign.server.people;

import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.permission.Role;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.Names;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Roles;
import dev.countersign.server.signin.Door;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The roles of a business, and changing them. A role counts in every store where somebody bears it,
 * so only whoever edits roles for all stores does it, within what they may do themselves; the
 * sessions of everybody who bears it end.
 */
public final class RoleBook {
  private static final int LONGEST = 40;

  private final People people;
  private final Roles roles;
  private final Announcing announcing;
  private final Journal journal;
  private final Door door;

  public RoleBook(People people, Roles roles, Announcing announcing, Journal journal, Door door) {
    this.people = people;
    this.roles = roles;
    this.announcing = announcing;
    this.journal = journal;
    this.door = door;
  }

  /**
   * A role as it is listed.
   *
   * @param builtIn true for those that cannot be removed
   * @param bearers how many people bear it somewhere
   */
  public record Entry(Role role, boolean builtIn, int bearers) {}

  /** Every role, the built-in ones first. */
  public List<Entry> list(TenantScope scope) throws SQLException {
    List<Entry> entries = new java.util.ArrayList<>();
    for (Role role : roles.list(scope)) {
      entries.add(
          new Entry(
              role,
              Role.named(role.name()).isPresent(),
              people.bearers(scope, role.name()).size()));
    }
    return entries;
  }

  /**
   * Adds a role, or changes what one may do; whatever is not named is denied.
   *
   * @param permissions the text of a key → the name of a decision
   * @throws RefusedException when a key, a decision or the name is none, and for the owner
   * @throws AboveThemException when it would open or close more than the acting person may
   */
  public void put(TenantScope scope, Acting acting, String name, Map<String, String> permissions)
      throws SQLException {
    requireEditor(acting);
    Role role = wanted(name, permissions);
    Role before = roles.find(scope, name).orElse(Role.NONE);
    Rights then = Rights.everywhere(before);
    if (!acting.rights().isUpTo(then)) {
      throw new AboveThemException("This role may do more than you may.");
    }
    if (!acting.rights().canGive(then, Rights.everywhere(role))) {
      throw new AboveThemException("Nobody gives what they do not have.");
    }
    roles.put(scope, role);
    for (UUID bearer : people.bearers(scope, name)) {
      announcing.tell(scope, people.person(scope, bearer));
      door.sessions().endAll(scope, bearer);
    }
    journal.note(scope, acting.by(), "role.changed", name, difference(before, role));
  }

  /**
   * Removes a role that nobody bears.
   *
   * @throws NotTheirsException when there is none
   * @throws RefusedException when it is built in, or somebody bears it
   */
  public void remove(TenantScope scope, Acting acting, String name) throws SQLException {
    requireEditor(acting);
    Role role = roles.find(scope, name).orElseThrow(NotTheirsException::new);
    if (Role.named(name).isPresent()) {
      throw new RefusedException("The role " + name + " is built in; it can be changed.");
    }
    if (!people.bearers(scope, name).isEmpty()) {
      throw new RefusedException("Somebody has the role " + name + "; give them another first.");
    }
    if (!acting.rights().isUpTo(Rights.everywhere(role))) {
      throw new AboveThemException("This role may do more than you may.");
    }
    roles.remove(scope, name);
    journal.note(scope, acting.by(), "role.removed", name, "");
  }

  private static void requireEditor(Acting acting) {
    if (!acting.rights().mayEverywhere(PermissionKey.ROLE_EDIT)) {
      throw new AboveThemException("A role counts in all stores; you do not edit roles in all.");
    }
  }

  private static Role wanted(String name, Map<String, String> permissions) {
    if (!Names.isName(name) || name.length() > LONGEST || !name.equals(name.strip())) {
      throw new RefusedException(
          "A role is called by 1 to " + LONGEST + " characters on one line.");
    }
    if (Roles.isOwner(name)) {
      throw new RefusedException("The owner may do everything; this role cannot be changed.");
    }
    permissions.forEach(
        (key, decision) -> {
          if (PermissionKey.of(key).isEmpty()) {
            throw new RefusedException("There is no permission " + key + ".");
          }
          if (Arrays.stream(Decision.values()).noneMatch(each -> each.name().equals(decision))) {
            throw new RefusedException("A decision is ALLOWED, NEEDS_APPROVAL or DENIED.");
          }
        });
    return Role.of(name, permissions);
  }

  /** What changed, for the log. */
  private static String difference(Role before, Role after) {
    return Arrays.stream(PermissionKey.values())
        .filter(key -> before.decide(key, null) != after.decide(key, null))
        .map(key -> key.key() + "=" + after.decide(key, null))
        .collect(Collectors.joining(" "));
  }
}
