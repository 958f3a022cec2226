package dev.countersign.server.support;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.sql.Row;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.Names;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.people.Acting;
import dev.countersign.server.signin.Standings;
import dev.countersign.server.signin.Standings.Standing;
import dev.countersign.server.support.Access.Decision;
import dev.countersign.server.support.Access.State;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets the server's operator at a business's data: with an owner's approval, for a time, for
 * reading alone unless changing was asked for and approved; every use is an entry in the log that
 * names the approval. A business without an owner who can sign in with a second factor is still
 * being set up and open to the operator; it closes with the first such owner, for good. A business
 * that runs its own server can say so: there the operator is the owner.
 *
 * <p>This binds the operator's commands. Whoever holds the data folder and the master key can read
 * the files without any command; against them there are only the witnesses of the log.
 */
public final class Support {
  private static final int LONGEST_HOURS = 168;

  private static final String COLUMNS =
      "SELECT id, asked_at, reason, hours, writing, locked_out, decision, decided_by, decided_at,"
          + " expires, uses FROM support_access ";

  private final People people;
  private final Standings standings;
  private final Journal journal;
  private final UuidV7 ids;

  public Support(People people, Standings standings, Journal journal, UuidV7 ids) {
    this.people = people;
    this.standings = standings;
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * One command that an approval let through.
   *
   * @param command its words without their values
   */
  public record Use(Instant at, String command) {}

  /** Who is the operator to a business. */
  public enum Door {
    /** No owner can sign in yet: the operator sets the business up. */
    SETTING_UP,
    /** The business runs its server itself. */
    SELF_RUN,
    /** Only with an approval. */
    CLOSED
  }

  /** How the operator stands to the business. */
  public Door door(TenantScope scope) throws SQLException {
    Optional<boolean[]> noted =
        scope
            .db()
            .first(
                "SELECT self_run, closed_at FROM support_door",
                row -> new boolean[] {row.flag(1), row.integerOrNull(2) != null});
    if (noted.isPresent() && noted.get()[0]) {
      return Door.SELF_RUN;
    }
    boolean closed = noted.isPresent() && noted.get()[1];
    return closed || thereIsAnOwner(scope) ? Door.CLOSED : Door.SETTING_UP;
  }

  /** Says whether the business runs its server itself; an owner's word, or at its creation. */
  public void setSelfRun(TenantScope scope, By by, boolean selfRun) throws SQLException {
    boolean closed = door(scope) == Door.CLOSED || thereIsAnOwner(scope);
    write(scope, selfRun, closed ? scope.clock().instant() : null);
    journal.note(
        scope, by, "support.self-run", scope.tenantId().toString(), selfRun ? "yes" : "no");
  }

  /**
   * Lets a command through, or not.
   *
   * @param command its words without their values, for the log
   * @throws RefusedException when there is no approval for it
   */
  public void pass(TenantScope scope, Touch touch, String command) throws SQLException {
    if (touch == Touch.SERVER) {
      return;
    }
    Door door = door(scope);
    if (door != Door.CLOSED) {
      return;
    }
    latch(scope);
    Instant now = scope.clock().instant();
    Access approval =
        list(scope).stream()
            .filter(access -> allows(access, touch, now))
            .findFirst()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "This is the business's data: ask an owner with `support ask`"
                            + (touch == Touch.READ ? "." : " --write.")));
    scope.db().update("UPDATE support_access SET uses = uses + 1 WHERE id = ?", approval.id());
    scope
        .db()
        .update(
            "INSERT INTO support_use (access, number, at, command)"
                + " SELECT id, uses, ?, ? FROM support_access WHERE id = ?",
            now,
            command,
            approval.id());
    journal.note(scope, By.OPERATOR, "support.used", approval.id().toString(), command);
  }

  private static boolean allows(Access access, Touch touch, Instant now) {
    return switch (access.state(now)) {
      case APPROVED -> touch == Touch.READ || access.writing();
      case UNANSWERED -> touch == Touch.RECOVER;
      case ASKED, REFUSED, ENDED -> false;
    };
  }

  /**
   * The operator asks.
   *
   * @param hours how long it is for, 1 to 168
   * @param lockedOut that no owner can sign in: if none answers in 72 hours, then for 24 hours
   *     codes can be made by which people set up anew what they sign in with
   */
  public Access ask(TenantScope scope, String reason, int hours, boolean writing, boolean lockedOut)
      throws SQLException {
    Names.require(reason);
    if (hours < 1 || hours > LONGEST_HOURS) {
      throw new RefusedException("Access is for 1 to " + LONGEST_HOURS + " hours.");
    }
    Instant now = scope.clock().instant();
    UUID id = ids.next();
    scope
        .db()
        .update(
            "INSERT INTO support_access (id, asked_at, reason, hours, writing, locked_out)"
                + " VALUES (?, ?, ?, ?, ?, ?)",
            id,
            now,
            reason,
            hours,
            writing,
            lockedOut);
    journal.note(
        scope,
        By.OPERATOR,
        "support.asked",
        id.toString(),
        hours + " h" + (writing ? " write" : " read") + (lockedOut ? " owner locked out" : ""));
    return access(scope, id);
  }

  /** Everything that was asked, the newest first. */
  public List<Access> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + "ORDER BY asked_at DESC, id DESC", Support::access);
  }

  /** What was done under an approval, the newest first. */
  public List<Use> history(TenantScope scope, UUID id) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT at, command FROM support_use WHERE access = ? ORDER BY number DESC",
            row -> new Use(row.instant(1), row.text(2)),
            id);
  }

  /**
   * An owner says yes.
   *
   * @param hours fewer than were asked for, or null for all of them
   * @param writing false to let it read alone
   */
  public Access approve(
      TenantScope scope, Acting acting, UUID id, @Nullable Integer hours, boolean writing)
      throws SQLException {
    Access asked = asked(scope, acting, id);
    int granted = hours == null ? asked.hours() : hours;
    if (granted < 1 || granted > asked.hours() || (writing && !asked.writing())) {
      throw new RefusedException("An approval is for what was asked, or for less.");
    }
    Instant now = scope.clock().instant();
    scope
        .db()
        .update(
            "UPDATE support_access SET decision = ?, decided_by = ?, decided_at = ?, expires = ?,"
                + " writing = ? WHERE id = ?",
            Decision.APPROVED.name(),
            acting.by().who(),
            now,
            now.plus(Duration.ofHours(granted)),
            writing,
            id);
    journal.note(
        scope,
        acting.by(),
        "support.approved",
        id.toString(),
        granted + " h" + (writing ? " write" : " read"));
    return access(scope, id);
  }

  /** An owner says no. */
  public Access refuse(TenantScope scope, Acting acting, UUID id) throws SQLException {
    asked(scope, acting, id);
    scope
        .db()
        .update(
            "UPDATE support_access SET decision = ?, decided_by = ?, decided_at = ? WHERE id = ?",
            Decision.REFUSED.name(),
            acting.by().who(),
            scope.clock().instant(),
            id);
    journal.note(scope, acting.by(), "support.refused", id.toString(), "");
    return access(scope, id);
  }

  /** An owner takes an approval back. */
  public Access end(TenantScope scope, Acting acting, UUID id) throws SQLException {
    requireOwner(acting);
    Instant now = scope.clock().instant();
    Access access = access(scope, id);
    if (access.state(now) != State.APPROVED) {
      throw new RefusedException("This access is not open.");
    }
    scope.db().update("UPDATE support_access SET expires = ? WHERE id = ?", now, id);
    journal.note(scope, acting.by(), "support.ended", id.toString(), "");
    return access(scope, id);
  }

  /** An unanswered request of a locked-out owner is refused as well by an owner who is there. */
  private Access asked(TenantScope scope, Acting acting, UUID id) throws SQLException {
    requireOwner(acting);
    Access access = access(scope, id);
    State state = access.state(scope.clock().instant());
    if (state != State.ASKED && state != State.UNANSWERED) {
      throw new RefusedException("This request is answered, or its time is over.");
    }
    return access;
  }

  private static void requireOwner(Acting acting) {
    if (!acting.rights().mayEverywhere(PermissionKey.SUPPORT_GRANT)) {
      throw new AboveThemException("Only whoever answers for all stores lets the operator in.");
    }
  }

  private boolean thereIsAnOwner(TenantScope scope) throws SQLException {
    Map<UUID, Standing> all = standings.all(scope);
    for (Map.Entry<UUID, Rights> each : people.rights(scope).entrySet()) {
      Standing standing = all.getOrDefault(each.getKey(), Standing.NONE);
      if (standing.hasSecondFactor()
          && (standing.password() || standing.passkeys() > 0)
          && each.getValue().mayEverywhere(PermissionKey.SUPPORT_GRANT)) {
        return true;
      }
    }
    return false;
  }

  /** From the first owner on it stays closed, whatever becomes of them. */
  private void latch(TenantScope scope) throws SQLException {
    boolean latched =
        scope
            .db()
            .first("SELECT 1 FROM support_door WHERE closed_at IS NOT NULL", row -> row.integer(1))
            .isPresent();
    if (!latched) {
      write(scope, false, scope.clock().instant());
      journal.note(scope, By.OPERATOR, "support.closed", scope.tenantId().toString(), "");
    }
  }

  private static void write(TenantScope scope, boolean selfRun, @Nullable Instant closed)
      throws SQLException {
    scope.db().update("DELETE FROM support_door");
    scope
        .db()
        .update(
            "INSERT INTO support_door (one, self_run, closed_at) VALUES (1, ?, ?)",
            selfRun,
            closed);
  }

  private static Access access(TenantScope scope, UUID id) throws SQLException {
    return scope
        .db()
        .first(COLUMNS + "WHERE id = ?", Support::access, id)
        .orElseThrow(NotTheirsException::new);
  }

  private static Access access(Row row) throws SQLException {
    String decision = row.textOrNull(7);
    return new Access(
        row.uuid(1),
        row.instant(2),
        row.text(3),
        Math.toIntExact(row.integer(4)),
        row.flag(5),
        row.flag(6),
        decision == null ? null : Decision.valueOf(decision),
        row.textOrNull(8),
        instantOrNull(row.integerOrNull(9)),
        instantOrNull(row.integerOrNull(10)),
        row.integer(11));
  }

  private static @Nullable Instant instantOrNull(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
