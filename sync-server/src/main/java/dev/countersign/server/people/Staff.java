package dev.countersign.server.people;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.JoiningCode;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Places;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Roles;
import dev.countersign.server.signin.Door;
import dev.countersign.server.tenant.TenantScope;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is done to people: each act is bounded by what whoever does it may do themselves, and is one
 * transaction with what devices hear of it and the audit log's entry.
 */
public final class Staff {
  /** A person who starts tomorrow can be given the code today. */
  private static final Duration JOINING_LIFE = Duration.ofHours(24);

  private final People people;
  private final Roles roles;
  private final Places places;
  private final Standing standing;
  private final Announcing announcing;
  private final Journal journal;
  private final Door door;
  private final UuidV7 ids;
  private final SecureRandom random;

  public Staff(
      People people,
      Roles roles,
      Places places,
      Standing standing,
      Announcing announcing,
      Journal journal,
      Door door,
      UuidV7 ids,
      SecureRandom random) {
    this.people = people;
    this.roles = roles;
    this.places = places;
    this.standing = standing;
    this.announcing = announcing;
    this.journal = journal;
    this.door = door;
    this.ids = ids;
    this.random = random;
  }

  /** A person with their roles. */
  public record Member(Person person, List<Assignment> roles) {}

  /** Everybody in sight, by name, whoever has left included. */
  public List<Member> list(TenantScope scope, Acting acting) throws SQLException {
    Map<UUID, List<Assignment>> byPerson = new HashMap<>();
    for (Assignment each : people.assignments(scope)) {
      byPerson.computeIfAbsent(each.person(), _ -> new java.util.ArrayList<>()).add(each);
    }
    return people.list(scope).stream()
        .map(person -> new Member(person, byPerson.getOrDefault(person.id(), List.of())))
        .filter(member -> Standing.isSeen(acting, member.roles()))
        .toList();
  }

  /**
   * Adds a person with a first role.
   *
   * @param store the one store it is for, or null for all
   */
  public Person add(
      TenantScope scope, Acting acting, String name, String role, @Nullable UUID store)
      throws SQLException {
    requirePlace(scope, acting, store);
    Person person = people.add(scope, ids.next(), name);
    place(scope, acting, person, store, role);
    announcing.tell(scope, person);
    journal.note(scope, acting.by(), "user.added", person.id().toString(), at(role, store));
    return person;
  }

  /** Gives a person another name; whoever signs in does so by it. */
  public void rename(TenantScope scope, Acting acting, UUID id, String name) throws SQLException {
    standing.within(scope, acting, id);
    people.rename(scope, id, name);
    announcing.tell(scope, people.person(scope, id));
    journal.note(scope, acting.by(), "user.renamed", id.toString(), "");
  }

  /**
   * Gives a person a role in a place, in the stead of the one they had there; every session ends.
   * Whoever owns all stores has no other role in one.
   */
  public void assign(TenantScope scope, Acting acting, UUID id, @Nullable UUID store, String role)
      throws SQLException {
    requirePlace(scope, acting, store);
    Person person = taken(scope, acting, id, store);
    place(scope, acting, person, store, role);
    changed(scope, acting, person, "user.role.changed", at(role, store));
  }

  /** Takes the role in a place away; what counts there then is the one for all stores, if any. */
  public void unassign(TenantScope scope, Acting acting, UUID id, @Nullable UUID store)
      throws SQLException {
    requirePlace(scope, acting, store);
    Person person = taken(scope, acting, id, store);
    Assignment standingOne = assignment(scope, id, store).orElseThrow(NotTheirsException::new);
    Rights before = people.rights(scope, id);
    long owners = people.owners(scope);
    people.unassign(scope, standingOne.id());
    requireGift(scope, acting, id, before);
    requireOwner(scope, owners);
    announcing.forget(scope, standingOne.id());
    changed(scope, acting, person, "user.role.ended", at(standingOne.role(), store));
  }

  /** Makes a code by which this person chooses a PIN on a further device; an older one ends. */
  public String joinCode(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = standing.covered(scope, acting, id);
    JoiningCode.Made made = JoiningCode.make(scope.clock().instant().plus(JOINING_LIFE), random);
    announcing.tell(scope, person, made.joining());
    journal.note(scope, acting.by(), "user.join-code.made", id.toString(), "");
    return made.code();
  }

  /** Makes a code by which this person sets a password; nobody else ever sets or sees one. */
  public String passwordCode(TenantScope scope, Acting acting, UUID id) throws SQLException {
    standing.covered(scope, acting, id);
    return door.settingUp().passwordCode(scope, acting.by(), id);
  }

  /** Takes a lost second factor away and ends every session. */
  public void forgetFactor(TenantScope scope, Acting acting, UUID id) throws SQLException {
    standing.within(scope, acting, id);
    door.settingUp().forgetFactor(scope, acting.by(), id);
  }

  /**
   * Makes the PINs of a person void on every device; an open joining code ends with them. They
   * choose others with a new code.
   */
  public void resetPins(TenantScope scope, Acting acting, UUID id) throws SQLException {
    standing.within(scope, acting, id);
    people.resetPins(scope, id);
    announcing.tell(scope, people.person(scope, id), null);
    journal.note(scope, acting.by(), "user.pin.reset", id.toString(), "");
  }

  /**
   * Marks a person as having left: devices forget them, every session and whatever they signed in
   * with ends, what they do from now on is refused.
   */
  public void leave(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = standing.within(scope, acting, id);
    long owners = people.owners(scope);
    for (Assignment each : people.assignments(scope, id)) {
      announcing.forget(scope, each.id());
    }
    people.leave(scope, person.id(), scope.clock().instant(), announcing.head(scope));
    requireOwner(scope, owners);
    door.settingUp().forget(scope, person.id());
    journal.note(scope, acting.by(), "user.left", person.id().toString(), "");
  }

  /**
   * Erases what is known of a person who has left: the name, and where they came from. What they
   * did stays, under an id that leads to nobody; every proof of the log stays as it was.
   *
   * @throws RefusedException while they are still here
   * @throws AboveThemException when whoever asks does not look after the people of all stores
   */
  public void erase(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = standing.seen(scope, acting, id);
    if (!acting.rights().mayIn(PermissionKey.USER_MANAGE, null)) {
      throw new AboveThemException("You do not look after the people of all stores.");
    }
    if (person.active()) {
      throw new RefusedException(person.name() + " is still here; they leave first.");
    }
    people.erase(scope, id);
    door.settingUp().forget(scope, id);
    journal.forget(scope, id);
    journal.note(scope, acting.by(), "user.erased", id.toString(), "");
  }

  /** Somebody whose role in this place may be taken: where they stand above, nothing is changed. */
  private Person taken(TenantScope scope, Acting acting, UUID id, @Nullable UUID store)
      throws SQLException {
    Person person = standing.seen(scope, acting, id);
    if (!person.active()) {
      throw new NotTheirsException();
    }
    Role theirs = people.rights(scope, id).in(store);
    boolean above =
        store == null
            ? !acting.rights().isUpTo(Rights.everywhere(theirs))
            : !acting.rights().in(store).isUpTo(theirs);
    if (above) {
      throw new AboveThemException("This person may do more than you may.");
    }
    return person;
  }

  private void place(
      TenantScope scope, Acting acting, Person person, @Nullable UUID store, String role)
      throws SQLException {
    Role wanted = requireRole(scope, role);
    Rights before = people.rights(scope, person.id());
    long owners = people.owners(scope);
    boolean owner = Roles.isOwner(wanted.name()) && store == null;
    if (!owner && store != null && Roles.isOwner(before.everywhere().name())) {
      throw new RefusedException(
          person.name() + " owns all stores; an owner has no other role in one.");
    }
    if (owner) {
      for (Assignment each : people.assignments(scope, person.id())) {
        if (each.store() != null) {
          people.unassign(scope, each.id());
          announcing.forget(scope, each.id());
        }
      }
    }
    UUID id = assignment(scope, person.id(), store).map(Assignment::id).orElseGet(ids::next);
    people.assign(scope, new Assignment(id, person.id(), store, role));
    requireGift(scope, acting, person.id(), before);
    requireOwner(scope, owners);
  }

  private void changed(TenantScope scope, Acting acting, Person person, String what, String detail)
      throws SQLException {
    announcing.tell(scope, person);
    door.sessions().endAll(scope, person.id());
    journal.note(scope, acting.by(), what, person.id().toString(), detail);
  }

  private Optional<Assignment> assignment(TenantScope scope, UUID person, @Nullable UUID store)
      throws SQLException {
    return people.assignments(scope, person).stream()
        .filter(each -> Objects.equals(each.store(), store))
        .findFirst();
  }

  /** A store that is not there and one that is not theirs are the same. */
  private void requirePlace(TenantScope scope, Acting acting, @Nullable UUID store)
      throws SQLException {
    boolean theirs = acting.rights().mayIn(PermissionKey.USER_MANAGE, store);
    if (store == null) {
      if (!theirs) {
        throw new AboveThemException("You do not look after the people of all stores.");
      }
    } else if (!theirs || places.findStore(scope, store).isEmpty()) {
      throw new NotTheirsException();
    }
  }

  private Role requireRole(TenantScope scope, String role) throws SQLException {
    Optional<Role> found = roles.find(scope, role);
    if (found.isEmpty()) {
      throw new RefusedException(
          "There is no role "
              + role
              + "; there are "
              + String.join(", ", roles.list(scope).stream().map(Role::name).toList())
              + ".");
    }
    return found.get();
  }

  private void requireGift(TenantScope scope, Acting acting, UUID person, Rights before)
      throws SQLException {
    if (!acting.rights().canGive(before, people.rights(scope, person))) {
      throw new AboveThemException("Nobody gives what they do not have.");
    }
  }

  private void requireOwner(TenantScope scope, long before) throws SQLException {
    if (before > 0 && people.owners(scope) == 0) {
      throw new RefusedException("There is always an owner of all stores; this is the last.");
    }
  }

  private static String at(String role, @Nullable UUID store) {
    return store == null ? role : role + " " + store;
  }
}
