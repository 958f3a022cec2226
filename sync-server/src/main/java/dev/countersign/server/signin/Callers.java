package dev.countersign.server.signin;

import dev.countersign.common.permission.Role;
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
import org.jspecify.annotations.Nullable;

/** Says who holds a token. Everything is read anew, so that what was ended is ended at once. */
public final class Callers {
  /** A use is written down at most so often: reading must not cost a write each time. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final Tenants tenants;
  private final People people;
  private final Sessions sessions;
  private final ApiKeys keys;

  public Callers(Tenants tenants, People people, Sessions sessions, ApiKeys keys) {
    this.tenants = tenants;
    this.people = people;
    this.sessions = sessions;
    this.keys = keys;
  }

  /** A caller, and whether this use is to be written down. */
  private record Seen(Caller caller, boolean noted) {}

  /** The holder of a token; empty for whatever is not a live one. */
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
    Optional<Seen> seen =
        tenants.<Optional<Seen>, SQLException>read(
            token.tenant(),
            scope ->
                switch (token.kind()) {
                  case SESSION -> person(scope, token, origin);
                  case KEY -> program(scope, token, origin);
                });
    if (seen.isPresent() && !seen.get().noted()) {
      note(seen.get().caller());
    }
    return seen.map(Seen::caller);
  }

  private Optional<Seen> person(TenantScope scope, Token token, Origin origin) throws SQLException {
    Instant now = scope.clock().instant();
    Session session = sessions.find(scope, token.hash()).orElse(null);
    if (session == null || !session.isLive(now)) {
      return Optional.empty();
    }
    Person person = people.person(scope, session.person());
    Role role = Role.named(person.role()).orElse(null);
    if (!person.active() || role == null) {
      return Optional.empty();
    }
    Caller caller =
        new Caller(
            scope.tenantId(),
            person.id(),
            role,
            person.store(),
            session.id(),
            session.strong(),
            origin);
    return Optional.of(new Seen(caller, isNoted(session.used(), now)));
  }

  private Optional<Seen> program(TenantScope scope, Token token, Origin origin)
      throws SQLException {
    Instant now = scope.clock().instant();
    ApiKey key = keys.find(scope, token.hash()).orElse(null);
    if (key == null
        || !key.isLive(now)
        || !new AddressRange(key.address()).contains(origin.address())) {
      return Optional.empty();
    }
    Caller caller = new Caller(scope.tenantId(), key.id(), key.role(), null, null, true, origin);
    return Optional.of(new Seen(caller, isNoted(key.used(), now)));
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
