package dev.countersign.server.people;

import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.Joining;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Roles;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps people and what devices know of them in step: an item of the feed for each role. */
public final class Announcing {
  private static final String KIND = "user";

  private final People people;
  private final Roles roles;
  private final FeedTable feed;

  public Announcing(People people, Roles roles, FeedTable feed) {
    this.people = people;
    this.roles = roles;
    this.feed = feed;
  }

  /** Says anew what a person may do; a joining code that is open stays so. */
  void tell(TenantScope scope, Person person) throws SQLException {
    Joining open = null;
    for (Assignment each : people.assignments(scope, person.id())) {
      Optional<UserItem> item = feed.find(scope, KIND, each.id(), UserItem.class);
      open = item.isPresent() && item.get().joining() != null ? item.get().joining() : open;
    }
    tell(scope, person, open);
  }

  /** Says anew what a person may do, with this joining code or with none. */
  void tell(TenantScope scope, Person person, @Nullable Joining joining) throws SQLException {
    for (Assignment each : people.assignments(scope, person.id())) {
      Role role = roles.find(scope, each.role()).orElse(Role.NONE);
      feed.put(
          scope,
          each.id(),
          each.store(),
          new UserItem(
              person.id(),
              each.store(),
              person.name(),
              each.role(),
              role.permissions(),
              joining,
              person.pinEpoch()));
    }
  }

  /** Says that a role of a person is no more. */
  void forget(TenantScope scope, UUID assignment) throws SQLException {
    feed.remove(scope, KIND, assignment);
  }

  /** The number by which every device has heard of all this. */
  long head(TenantScope scope) throws SQLException {
    return feed.head(scope);
  }
}
