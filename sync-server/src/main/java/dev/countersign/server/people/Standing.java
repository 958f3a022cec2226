package dev.countersign.server.people;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Who may act on whom. A person is seen by whoever looks after people in one of their stores; taken
 * from by whoever does so in all of their places and does not stand below them; and acted for, or
 * given to, only by whoever has all of it themselves.
 */
public final class Standing {
  private static final String ABOVE = "This person may do more than you may.";

  private final People people;

  public Standing(People people) {
    this.people = people;
  }

  /** True when one of these places is where the acting person looks after people. */
  static boolean isSeen(Acting acting, List<Assignment> assignments) {
    return acting.rights().mayIn(PermissionKey.USER_MANAGE, null)
        || assignments.stream()
            .anyMatch(
                place ->
                    place.store() != null
                        && acting.rights().mayIn(PermissionKey.USER_MANAGE, place.store()));
  }

  /**
   * A person in sight, whether they are here or have left.
   *
   * @throws NotTheirsException when there is none, or only where the acting person has no say
   */
  public Person seen(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = people.find(scope, id).orElseThrow(NotTheirsException::new);
    if (!isSeen(acting, people.assignments(scope, id))) {
      throw new NotTheirsException();
    }
    return person;
  }

  /**
   * A person who is here and from whom the acting person may take: their sessions, their PINs,
   * their place.
   *
   * @throws NotTheirsException when there is none in sight
   * @throws AboveThemException when they work where the acting person has no say, or stand above
   */
  public Person within(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = here(scope, acting, id);
    Rights theirs = people.rights(scope, id);
    if (!acting.rights().mayWherever(PermissionKey.USER_MANAGE, theirs)
        || !acting.rights().isUpTo(theirs)) {
      throw new AboveThemException(ABOVE);
    }
    return person;
  }

  /**
   * A person who is here and for whom the acting person could act: whoever hands out a code can use
   * it themselves.
   *
   * @throws NotTheirsException when there is none in sight
   * @throws AboveThemException when they may do anything that the acting person may not
   */
  public Person covered(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = within(scope, acting, id);
    if (!acting.rights().covers(people.rights(scope, id))) {
      throw new AboveThemException(ABOVE);
    }
    return person;
  }

  private Person here(TenantScope scope, Acting acting, UUID id) throws SQLException {
    Person person = seen(scope, acting, id);
    if (!person.active()) {
      throw new NotTheirsException();
    }
    return person;
  }
}
