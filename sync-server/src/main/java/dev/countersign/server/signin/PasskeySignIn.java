package dev.countersign.server.signin;

import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.signin.Authenticators.Shown;
import dev.countersign.server.signin.PasskeyTable.Stored;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.tenant.UnknownTenantException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A person signs in with a passkey and nothing else: the authenticator names the person, who has
 * shown it a finger, a face or a PIN. Nobody types a name, so there is none to be tried out: what
 * the server asks is the same for all. Whatever is not right has one answer.
 */
public final class PasskeySignIn {
  private static final String PURPOSE = "passkey sign-in";
  private static final int HANDLE = 4 * Long.BYTES;

  private final Tenants tenants;
  private final People people;
  private final PasskeyTable passkeys;
  private final Passkeys party;
  private final Authenticators authenticators;
  private final Challenges challenges;
  private final Sessions sessions;
  private final Guard guard;
  private final Journal journal;

  PasskeySignIn(
      Tenants tenants,
      People people,
      PasskeyTable passkeys,
      Passkeys party,
      Authenticators authenticators,
      Challenges challenges,
      Sessions sessions,
      Guard guard,
      Journal journal) {
    this.tenants = tenants;
    this.people = people;
    this.passkeys = passkeys;
    this.party = party;
    this.authenticators = authenticators;
    this.challenges = challenges;
    this.sessions = sessions;
    this.guard = guard;
    this.journal = journal;
  }

  /** What is asked of an authenticator; the same for everybody. */
  public record Asking(byte[] challenge, RelyingParty party) {}

  /**
   * What an authenticator answers.
   *
   * @param credential which passkey
   * @param handle whose it says it is, as {@link Passkeys#handle}
   * @param clientData what the browser says about the page
   */
  public record Answer(
      byte[] credential,
      byte[] handle,
      byte[] clientData,
      byte[] authenticatorData,
      byte[] signature) {}

  private record Found(UUID tenant, Stored passkey) {}

  /**
   * Asks an authenticator.
   *
   * @throws dev.countersign.server.account.RefusedException when the server is reached by no name
   */
  public Asking ask() {
    return new Asking(challenges.make(PURPOSE), party.party());
  }

  /** Begins a session. */
  public Outcome signIn(Answer answer, Origin origin) throws SQLException {
    List<Subject> subjects = Subject.network(origin);
    Guard.Turn turn = guard.take(subjects);
    if (turn.waitSeconds() > 0) {
      return new Outcome.Wait(turn.waitSeconds());
    }
    Optional<Found> found = find(answer, origin);
    byte[] challenge = authenticators.challenge(answer.clientData()).orElse(new byte[0]);
    if (found.isEmpty() || !challenges.isOurs(PURPOSE, challenge)) {
      return new Outcome.Refused();
    }
    Shown shown =
        authenticators.shown(
            party.party(),
            challenge,
            found.get().passkey(),
            answer.clientData(),
            answer.authenticatorData(),
            answer.signature());
    Outcome outcome =
        switch (shown) {
          case Shown.Right(long count) when challenges.use(challenge) ->
              begin(found.get(), count, origin);
          case Shown.Cloned() -> refuse(found.get(), "passkey.cloned", origin);
          case Shown.Right _, Shown.Wrong _ -> refuse(found.get(), "sign-in.failed", origin);
        };
    if (outcome instanceof Outcome.SignedIn) {
      guard.right(subjects);
    }
    return outcome;
  }

  /** The passkey that is meant, if it is that person's of that business. */
  private Optional<Found> find(Answer answer, Origin origin) throws SQLException {
    if (answer.handle().length != HANDLE) {
      return Optional.empty();
    }
    ByteBuffer handle = ByteBuffer.wrap(answer.handle());
    UUID tenant = new UUID(handle.getLong(), handle.getLong());
    UUID person = new UUID(handle.getLong(), handle.getLong());
    if (!origin.mayReach(tenant)) {
      return Optional.empty();
    }
    try {
      return tenants.<Optional<Found>, SQLException>read(
          tenant,
          scope ->
              passkeys
                  .find(scope, answer.credential())
                  .filter(passkey -> passkey.person().equals(person))
                  .map(passkey -> new Found(tenant, passkey)));
    } catch (UnknownTenantException _) {
      return Optional.empty();
    }
  }

  private Outcome begin(Found found, long count, Origin origin) throws SQLException {
    return tenants.<Outcome, SQLException>write(
        found.tenant(), scope -> begin(scope, found.passkey(), count, origin));
  }

  private Outcome begin(TenantScope scope, Stored passkey, long count, Origin origin)
      throws SQLException {
    UUID person = passkey.person();
    boolean active = people.find(scope, person).map(Person::active).orElse(false);
    if (!active || !passkeys.use(scope, passkey, count, scope.clock().instant())) {
      return new Outcome.Refused();
    }
    By by = new By(person.toString(), origin.address());
    journal.note(scope, by, "sign-in", person.toString(), "passkey");
    return new Outcome.SignedIn(sessions.begin(scope, person, origin, true), person, false);
  }

  private Outcome refuse(Found found, String what, Origin origin) throws SQLException {
    return tenants.<Outcome, SQLException>write(
        found.tenant(),
        scope -> {
          String person = found.passkey().person().toString();
          By by = new By(SigningIn.SOMEBODY, origin.address());
          journal.note(scope, by, what, person, found.passkey().id().toString());
          return new Outcome.Refused();
        });
  }
}
