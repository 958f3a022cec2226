package dev.countersign.server.account;

import dev.countersign.common.permission.Rights;
import dev.countersign.common.permission.Role;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people who work for a tenant, and the server's one answer to what they may do where. */
public final class People {
  /** A batch must not cost a write for each person in it. */
  private static final Duration NOTED_EVERY = Duration.ofDays(1);

  private static final String COLUMNS =
      "SELECT id, name, active, pin_epoch, last_act, left_at FROM user_account ";

  /** The specific one before the one for all. */
  private static final String RIGHTS_IN =
      """
      SELECT user_account.id, user_account.name, assignment.role, role.permissions,
        user_account.last_act
      FROM user_account JOIN assignment ON assignment.person = user_account.id
        LEFT JOIN role ON role.name = assignment.role
      WHERE user_account.active = 1 AND (assignment.store = ? OR assignment.store IS NULL)
      """;

  private static final String SPECIFIC_FIRST =
      "ORDER BY user_account.name, user_account.id,"
          + " CASE WHEN assignment.store IS NULL THEN 1 ELSE 0 END";

  private static final String ASSIGNMENTS = "SELECT id, person, store, role FROM assignment ";

  /**
   * Adds a person, who may do nothing yet.
   *
   * @throws RefusedException when the name is none
   */
  public Person add(TenantScope scope, UUID id, String name) throws SQLException {
    Names.require(name);
    scope.db().update("INSERT INTO user_account (id, name) VALUES (?, ?)", id, name);
    return new Person(id, name, true, 0, null, null);
  }

  public List<Person> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + "ORDER BY name, id", People::person);
  }

  /**
   * The person with this id.
   *
   * @throws RefusedException when there is none
   */
  public Person person(TenantScope scope, UUID id) throws SQLException {
    return find(scope, id).orElseThrow(() -> new RefusedException("There is no such person."));
  }

  /** The person with this id, or empty. */
  public Optional<Person> find(TenantScope scope, UUID id) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE id = ?", People::person, id);
  }

  /** Gives a person another name. */
  public void rename(TenantScope scope, UUID id, String name) throws SQLException {
    Names.require(name);
    scope.db().update("UPDATE user_account SET name = ? WHERE id = ?", name, id);
  }

  /** Takes the name of somebody who has left, and when they acted last. */
  public void erase(TenantScope scope, UUID id) throws SQLException {
    scope
        .db()
        .update(
            "UPDATE user_account SET name = 'erased', last_act = NULL WHERE id = ? AND active = 0",
            id);
  }

  /** Marks every PIN that the person has chosen so far as void. */
  public void resetPins(TenantScope scope, UUID id) throws SQLException {
    scope.db().update("UPDATE user_account SET pin_epoch = pin_epoch + 1 WHERE id = ?", id);
  }

  /**
   * Marks a person as having left.
   *
   * @param seq the number of the feed by which every device has heard of it
   */
  public void leave(TenantScope scope, UUID id, Instant at, long seq) throws SQLException {
    scope
        .db()
        .update(
            "UPDATE user_account SET active = 0, left_at = ?, left_seq = ? WHERE id = ?",
            at,
            seq,
            id);
  }

  /** Notes that a change of a device bears this person's name, once a day at most. */
  public void acted(TenantScope scope, UUID id, Instant at) throws SQLException {
    scope
        .db()
        .updateSoon(
            "UPDATE user_account SET last_act = ? WHERE id = ? AND coalesce(last_act, 0) < ?",
            at,
            id,
            at.minus(NOTED_EVERY));
  }

  /** Everybody who works in a store, by name, with the role that counts there. */
  public List<Worker> rightsIn(TenantScope scope, UUID store) throws SQLException {
    Map<UUID, Worker> workers = new LinkedHashMap<>();
    scope
        .db()
        .each(
            RIGHTS_IN + SPECIFIC_FIRST,
            row -> workers.putIfAbsent(row.uuid(1), worker(row)),
            store);
    return List.copyOf(workers.values());
  }

  /** What a person may do in a store; empty for whoever does not work there, or has left. */
  public Optional<Role> rightIn(TenantScope scope, UUID person, UUID store) throws SQLException {
    return workerIn(scope, person, store).map(Worker::role);
  }

  /** A person with the role that counts in a store; empty for whoever does not work there. */
  public Optional<Worker> workerIn(TenantScope scope, UUID person, UUID store) throws SQLException {
    return actingIn(scope, person, store).get().map(Acting::worker);
  }

  /**
   * Somebody who acts in a store.
   *
   * @param lastAct when they were last noted to have done anything; null before the first time
   */
  public record Acting(Worker worker, @Nullable Instant lastAct) {
    /** Whether {@link #acted} has nothing to write. */
    public boolean isNoted(Instant at) {
      return lastAct != null && !lastAct.isBefore(at.minus(NOTED_EVERY));
    }
  }

  /** The same as {@link #workerIn}, soon, and with what {@link #acted} noted of them. */
  public Db.Answer<Optional<Acting>> actingIn(TenantScope scope, UUID person, UUID store)
      throws SQLException {
    return scope
        .db()
        .firstSoon(
            RIGHTS_IN + "AND user_account.id = ? " + SPECIFIC_FIRST + " LIMIT 1",
            row -> new Acting(worker(row), instantOrNull(row.integerOrNull(5))),
            store,
            person);
  }

  /** What a person may do, place by place; nothing for whoever has left. */
  public Rights rights(TenantScope scope, UUID person) throws SQLException {
    return rights(scope, "WHERE user_account.active = 1 AND user_account.id = ?", person)
        .getOrDefault(person, Rights.NONE);
  }

  /** What everybody may do who is here, place by place. */
  public Map<UUID, Rights> rights(TenantScope scope) throws SQLException {
    return rights(scope, "WHERE user_account.active = 1");
  }

  private static Map<UUID, Rights> rights(
      TenantScope scope, String where, @Nullable Object... parameters) throws SQLException {
    Map<UUID, Rights> all = new HashMap<>();
    scope
        .db()
        .each(
            """
            SELECT user_account.id, assignment.store, assignment.role, role.permissions
            FROM user_account JOIN assignment ON assignment.person = user_account.id
              LEFT JOIN role ON role.name = assignment.role
            """
                + where,
            row ->
                all.merge(
                    row.uuid(1), one(row.uuidOrNull(2), Roles.role(row, 3, 4)), People::together),
            parameters);
    return all;
  }

  private static Rights one(@Nullable UUID store, Role role) {
    return store == null ? Rights.everywhere(role) : new Rights(Role.NONE, Map.of(store, role));
  }

  private static Rights together(Rights a, Rights b) {
    Map<UUID, Role> inStores = new HashMap<>(a.inStores());
    inStores.putAll(b.inStores());
    return new Rights(a.isEverywhere() ? a.everywhere() : b.everywhere(), inStores);
  }

  /** The roles of a person, the one for all stores first. */
  public List<Assignment> assignments(TenantScope scope, UUID person) throws SQLException {
    return scope
        .db()
        .list(
            ASSIGNMENTS + "WHERE person = ? ORDER BY CASE WHEN store IS NULL THEN 0 ELSE 1 END, id",
            People::assignment,
            person);
  }

  /** The roles of everybody. */
  public List<Assignment> assignments(TenantScope scope) throws SQLException {
    return scope
        .db()
        .list(
            ASSIGNMENTS + "ORDER BY person, CASE WHEN store IS NULL THEN 0 ELSE 1 END, id",
            People::assignment);
  }

  /** Everybody here who bears a role somewhere. */
  public List<UUID> bearers(TenantScope scope, String role) throws SQLException {
    return scope
        .db()
        .list(
            """
            SELECT DISTINCT assignment.person FROM assignment
              JOIN user_account ON user_account.id = assignment.person
            WHERE assignment.role = ? AND user_account.active = 1 ORDER BY 1\
            """,
            row -> row.uuid(1),
            role);
  }

  /** Gives a person a role in a place, in the stead of what they had there. */
  public void assign(TenantScope scope, Assignment assignment) throws SQLException {
    scope.db().update("DELETE FROM assignment WHERE id = ?", assignment.id());
    scope
        .db()
        .update(
            "INSERT INTO assignment (id, person, store, role) VALUES (?, ?, ?, ?)",
            assignment.id(),
            assignment.person(),
            assignment.store(),
            assignment.role());
  }

  /** Takes a role away. */
  public void unassign(TenantScope scope, UUID assignment) throws SQLException {
    scope.db().update("DELETE FROM assignment WHERE id = ?", assignment);
  }

  /** How many owners of all stores are here. */
  public long owners(TenantScope scope) throws SQLException {
    return scope
        .db()
        .first(
            """
            SELECT count(*) FROM assignment JOIN user_account
              ON user_account.id = assignment.person
            WHERE assignment.role = ? AND assignment.store IS NULL AND user_account.active = 1\
            """,
            row -> row.integer(1),
            Role.OWNER.name())
        .orElse(0L);
  }

  private static Worker worker(Row row) throws SQLException {
    return new Worker(row.uuid(1), row.text(2), Roles.role(row, 3, 4));
  }

  private static Assignment assignment(Row row) throws SQLException {
    return new Assignment(row.uuid(1), row.uuid(2), row.uuidOrNull(3), row.text(4));
  }

  private static Person person(Row row) throws SQLException {
    return new Person(
        row.uuid(1),
        row.text(2),
        row.flag(3),
        row.integer(4),
        instantOrNull(row.integerOrNull(5)),
        instantOrNull(row.integerOrNull(6)));
  }

  private static @Nullable Instant instantOrNull(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
