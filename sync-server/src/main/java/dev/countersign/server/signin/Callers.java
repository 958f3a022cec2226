package dev.countersign.server.signin;

import dev.countersign.common.permission.Rights;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.signin.ApiKeys.ApiKey;
import dev.countersign.server.signin.Sessions.Session;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.tenant.UnknownTenantException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says who holds a token. Everything is read anew, so that what was ended is ended at once. */
public final class Callers {
  /** A use is written down at most so often: reading must not cost a write each time. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final Tenants tenants;
  private final People people;
  private final Sessions sessions;
  private final ApiKeys keys;
  private final Guard guard;
  private final Journal journal;

  Callers(
      Tenants tenants,
      People people,
      Sessions sessions,
      ApiKeys keys,
      Guard guard,
      Journal journal) {
    this.tenants = tenants;
    this.people = people;
    this.sessions = sessions;
    this.keys = keys;
    this.guard = guard;
    this.journal = journal;
  }

  /** What a token turned out to be. */
  private sealed interface Found {
    /** A caller, and whether this use was written down already. */
    record Seen(Caller caller, boolean noted) implements Found {}

    /** A live key, shown from where it is not good. */
    record Strayed(UUID key) implements Found {}

    /** Nobody's. */
    record None() implements Found {}
  }

  /**
   * The holder of a token; empty for whatever is not a live one.
   *
   * @throws LockedException when a key was shown too often from where it is not good
   */
  public Optional<Caller> holder(String text, Origin origin) throws SQLException {
    Optional<Token> token = Token.parse(text);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      return holder(token.get(), origin);
    } catch (UnknownTenantException _) {
      return Optional.empty();
    }
  }

  private Optional<Caller> holder(Token token, Origin origin) throws SQLException {
    if (!origin.mayReach(token.tenant())) {
      return Optional.empty();
    }
    Found found =
        tenants.<Found, SQLException>read(
            token.tenant(),
            scope ->
                switch (token.kind()) {
                  case SESSION -> person(scope, token, origin);
                  case KEY -> program(scope, token, origin);
                });
    return switch (found) {
      case Found.Seen(Caller caller, boolean noted) -> {
        if (!noted) {
          note(caller);
        }
        yield Optional.of(caller);
      }
      case Found.Strayed(UUID key) -> {
        strayed(token.tenant(), key, origin);
        yield Optional.empty();
      }
      case Found.None() -> Optional.empty();
    };
  }

  private Found person(TenantScope scope, Token token, Origin origin) throws SQLException {
    Instant now = scope.clock().instant();
    Session session = sessions.find(scope, token.hash()).orElse(null);
    if (session == null || !session.isLive(now)) {
      return new Found.None();
    }
    // A token that was taken from a device is nothing without that device.
    if (session.device() != null && !session.device().equals(origin.device())) {
      return new Found.None();
    }
    Person person = people.person(scope, session.person());
    if (!person.active()) {
      return new Found.None();
    }
    Caller caller =
        new Caller(
            scope.tenantId(),
            person.id(),
            people.rights(scope, person.id()),
            session.id(),
            session.strong(),
            origin);
    return new Found.Seen(caller, isNoted(session.used(), now));
  }

  private Found program(TenantScope scope, Token token, Origin origin) throws SQLException {
    Instant now = scope.clock().instant();
    ApiKey key = keys.find(scope, token.hash()).orElse(null);
    if (key == null || !key.isLive(now)) {
      return new Found.None();
    }
    if (!new AddressRange(key.address()).contains(origin.address())) {
      return new Found.Strayed(key.id());
    }
    Caller caller =
        new Caller(scope.tenantId(), key.id(), Rights.everywhere(key.role()), null, true, origin);
    return new Found.Seen(caller, isNoted(key.used(), now));
  }

  /** Whoever shows a key from elsewhere has taken it from somewhere: that belongs in the log. */
  private void strayed(UUID tenant, UUID key, Origin origin) throws SQLException {
    Guard.Turn turn = guard.take(Subject.key(key, origin));
    if (turn.waitSeconds() > 0) {
      throw new LockedException(turn.waitSeconds());
    }
    By by = new By(SigningIn.SOMEBODY, origin.address());
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          journal.note(scope, by, "key.refused", key.toString(), "not from this address");
          return true;
        });
  }

  private static boolean isNoted(@Nullable Instant used, Instant now) {
    return used != null && now.isBefore(used.plus(NOTED_EVERY));
  }

  private void note(Caller caller) throws SQLException {
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          Instant now = scope.clock().instant();
          if (caller.session() == null) {
            keys.used(scope, caller.id(), now);
          } else {
            sessions.used(scope, caller.session(), now);
          }
          return true;
        });
  }
}
