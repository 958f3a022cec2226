package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A token is made by the server at sign-in and at nothing else, so that nobody
 * can be handed one before; stored is its hash. One that began over a device is good only together
 * with a session of that same device, so that a stolen token alone opens nothing. Ending one is
 * deleting it: it holds from the next request on, in every process.
 */
public final class Sessions {
  /** Without a request for so long, a session ends. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** A session ends after so long, whatever is done in it. */
  public static final Duration LIFE = Duration.ofHours(12);

  private static final String COLUMNS =
      "SELECT id, person, begun, used, expires, address, strong, device FROM person_session ";

  private final UuidV7 ids;
  private final SecureRandom random;

  public Sessions(UuidV7 ids, SecureRandom random) {
    this.ids = ids;
    this.random = random;
  }

  /**
   * One sign-in.
   *
   * @param used the last request, to the minute
   * @param strong true when a second factor was shown
   * @param device the device over which it began and without which it is nothing, or null
   */
  public record Session(
      UUID id,
      UUID person,
      Instant begun,
      Instant used,
      Instant expires,
      String address,
      boolean strong,
      @Nullable UUID device) {
    boolean isLive(Instant now) {
      return now.isBefore(expires) && now.isBefore(used.plus(IDLE));
    }
  }

  /** Begins a session and returns its token, which is not kept. */
  String begin(TenantScope scope, UUID person, Origin origin, boolean strong) throws SQLException {
    Instant now = scope.clock().instant();
    forgetEnded(scope, now);
    String token = Token.mint(Token.Kind.SESSION, scope.tenantId(), random);
    scope
        .db()
        .update(
            "INSERT INTO person_session"
                + " (id, person, token_hash, begun, used, expires, address, strong, device)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ids.next(),
            person,
            Token.hash(token),
            now,
            now,
            now.plus(LIFE),
            origin.address(),
            strong,
            origin.device());
    scope.db().update("DELETE FROM last_sign_in WHERE person = ?", person);
    scope.db().update("INSERT INTO last_sign_in (person, at) VALUES (?, ?)", person, now);
    return token;
  }

  Optional<Session> find(TenantScope scope, Hash token) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE token_hash = ?", Sessions::session, token);
  }

  /** Notes a request; a session that was ended meanwhile stays ended. */
  void used(TenantScope scope, UUID session, Instant now) throws SQLException {
    scope.db().update("UPDATE person_session SET used = ? WHERE id = ?", now, session);
  }

  /** The live sessions of a person, the oldest first. */
  public List<Session> list(TenantScope scope, UUID person) throws SQLException {
    Instant now = scope.clock().instant();
    return scope
        .db()
        .list(COLUMNS + "WHERE person = ? ORDER BY begun, id", Sessions::session, person)
        .stream()
        .filter(session -> session.isLive(now))
        .toList();
  }

  /** Ends one session of this person; false when there is none. */
  public boolean end(TenantScope scope, UUID person, UUID session) throws SQLException {
    return scope
            .db()
            .update("DELETE FROM person_session WHERE id = ? AND person = ?", session, person)
        == 1;
  }

  /** Ends every session of a person. */
  public void endAll(TenantScope scope, UUID person) throws SQLException {
    scope.db().update("DELETE FROM person_session WHERE person = ?", person);
  }

  /** Ends every session of a caller but the one that asks. */
  void endOthers(TenantScope scope, Caller caller) throws SQLException {
    scope
        .db()
        .update(
            "DELETE FROM person_session WHERE person = ? AND id <> ?",
            caller.id(),
            caller.session());
  }

  private static void forgetEnded(TenantScope scope, Instant now) throws SQLException {
    scope
        .db()
        .update("DELETE FROM person_session WHERE expires <= ? OR used <= ?", now, now.minus(IDLE));
  }

  private static Session session(Row row) throws SQLException {
    return new Session(
        row.uuid(1),
        row.uuid(2),
        row.instant(3),
        row.instant(4),
        row.instant(5),
        row.text(6),
        row.flag(7),
        row.uuidOrNull(8));
  }
}
