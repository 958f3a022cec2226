package dev.countersign.server.launch;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.Joining;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.JoiningCode;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Places;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.signin.Door;
import dev.countersign.server.tenant.TenantScope;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps people and what devices know of them in step: both in one transaction. */
final class Staff {
  /** A person who starts tomorrow can be given the code today. */
  private static final Duration JOINING_LIFE = Duration.ofHours(24);

  private final People people;
  private final Places places;
  private final FeedTable feed;
  private final Journal journal;
  private final Door door;
  private final UuidV7 ids;
  private final InstantSource clock;
  private final SecureRandom random;

  Staff(
      People people,
      Places places,
      FeedTable feed,
      Journal journal,
      Door door,
      UuidV7 ids,
      InstantSource clock,
      SecureRandom random) {
    this.people = people;
    this.places = places;
    this.feed = feed;
    this.journal = journal;
    this.door = door;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  People people() {
    return people;
  }

  Person add(TenantScope scope, String name, String role, @Nullable UUID store)
      throws SQLException {
    if (store != null) {
      places.store(scope, store);
    }
    Person person = people.add(scope, ids.next(), name, role, store);
    publish(scope, person, null);
    journal.note(scope, "user.added", person.id().toString(), role);
    return person;
  }

  /** Makes a code by which this person chooses a PIN on a further device; an older one ends. */
  String joinCode(TenantScope scope, UUID user) throws SQLException {
    Person person = people.person(scope, user);
    if (!person.active()) {
      throw new RefusedException(person.name() + " has left.");
    }
    JoiningCode.Made made = JoiningCode.make(clock.instant().plus(JOINING_LIFE), random);
    publish(scope, person, made.joining());
    journal.note(scope, "user.join-code.made", person.id().toString());
    return made.code();
  }

  /**
   * Marks a person as having left: devices forget them, every session and whatever they signed in
   * with ends, what they do from now on is refused.
   */
  void leave(TenantScope scope, UUID user, By by) throws SQLException {
    Person person = people.person(scope, user);
    people.leave(scope, person.id());
    feed.remove(scope, "user", person.id());
    door.settingUp().forget(scope, person.id());
    journal.note(scope, by, "user.left", person.id().toString(), "");
  }

  /** Gives a person another role; every session ends. */
  void changeRole(TenantScope scope, UUID user, String role) throws SQLException {
    Person person = people.person(scope, user);
    if (!person.active()) {
      throw new RefusedException(person.name() + " has left.");
    }
    people.changeRole(scope, user, role);
    publish(scope, people.person(scope, user), null);
    door.sessions().endAll(scope, user);
    journal.note(scope, "user.role.changed", user.toString(), role);
  }

  private void publish(TenantScope scope, Person person, @Nullable Joining joining)
      throws SQLException {
    // Sorted, so that the same role always gives the same bytes and no needless change.
    Map<String, String> permissions = new TreeMap<>();
    Role.named(person.role())
        .orElseThrow(() -> new RefusedException("There is no role " + person.role() + "."))
        .decisions()
        .forEach((key, decision) -> permissions.put(key.key(), decision.name()));
    UserItem item = new UserItem(person.name(), person.role(), permissions, joining);
    feed.put(scope, person.id(), person.store(), item);
  }
}
