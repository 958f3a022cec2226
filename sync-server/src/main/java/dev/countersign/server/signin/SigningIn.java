package dev.countersign.server.signin;

import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.signin.AccountTable.Account;
import dev.countersign.server.signin.SecondFactors.Proof;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person signs in with password and code. Whatever is not right, whether it is the business, the
 * name, the password or the code, has one answer after the same work: one Argon2id run and nothing
 * written before the answer is on its way.
 */
public final class SigningIn {
  /** Who tried is not known when the try was wrong. */
  static final String SOMEBODY = "unknown";

  private static final Logger LOG = LoggerFactory.getLogger(SigningIn.class);

  private final Tenants tenants;
  private final AccountTable accounts;
  private final Passwords passwords;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final Guard guard;
  private final Journal journal;
  private final Executor afterwards;

  SigningIn(
      Tenants tenants,
      AccountTable accounts,
      Passwords passwords,
      SecondFactors factors,
      Sessions sessions,
      Guard guard,
      Journal journal,
      Executor afterwards) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.passwords = passwords;
    this.factors = factors;
    this.sessions = sessions;
    this.guard = guard;
    this.journal = journal;
    this.afterwards = afterwards;
  }

  /** What was found for a name, and the proof that its code was right. */
  private record Found(Account account, Optional<Proof> proof) {}

  /**
   * Begins a session.
   *
   * @param code of an app or a recovery code; null for whoever has none
   */
  public Outcome signIn(
      String tenantName, String name, String password, @Nullable String code, Origin origin)
      throws SQLException {
    List<Subject> subjects = Subject.account(tenantName, name, origin);
    Guard.Turn turn = guard.take(subjects);
    if (turn.waitSeconds() > 0) {
      return new Outcome.Wait(turn.waitSeconds());
    }
    Optional<UUID> tenant =
        Door.tenantNamed(tenants, tenantName).map(Tenant::id).filter(origin::mayReach);
    Optional<Found> found = tenant.isEmpty() ? Optional.empty() : find(tenant.get(), name, code);
    Passwords.Stored stored = found.map(some -> some.account().password()).orElse(null);
    boolean right = passwords.matches(password, stored == null ? passwords.nobodys() : stored);
    if (right && stored != null && found.isPresent() && tenant.isPresent()) {
      Optional<Outcome> outcome = begin(tenant.get(), found.get(), stored, origin);
      if (outcome.isPresent()) {
        guard.right(subjects);
        return outcome.get();
      }
    }
    tenant.ifPresent(
        id ->
            noteWrong(
                id,
                found.map(some -> some.account().person().id().toString()).orElse(""),
                turn.lockedIfWrong() ? "sign-in.locked" : "sign-in.failed",
                origin));
    return new Outcome.Refused();
  }

  private Optional<Found> find(UUID tenant, String name, @Nullable String code)
      throws SQLException {
    return tenants.<Optional<Found>, SQLException>read(
        tenant,
        scope -> {
          Optional<Account> account = accounts.named(scope, name);
          return account.isEmpty()
              ? Optional.empty()
              : Optional.of(new Found(account.get(), factors.check(scope, account.get(), code)));
        });
  }

  private Optional<Outcome> begin(UUID tenant, Found found, Passwords.Stored stored, Origin origin)
      throws SQLException {
    if (found.proof().isEmpty()) {
      return Optional.empty();
    }
    Proof proof = found.proof().get();
    return tenants.<Optional<Outcome>, SQLException>write(
        tenant,
        scope -> {
          UUID person = found.account().person().id();
          Account now = accounts.account(scope, person);
          if (!isSame(now, found.account(), stored) || !factors.use(scope, person, proof)) {
            return Optional.empty();
          }
          return Optional.of(begin(scope, now, proof, origin));
        });
  }

  /** While the password was checked the person may have left, or changed what opens the door. */
  private static boolean isSame(Account now, Account before, Passwords.Stored stored) {
    return now.person().active()
        && now.password() != null
        && Arrays.equals(now.password().salt(), stored.salt())
        && now.hasFactor() == before.hasFactor();
  }

  private Outcome begin(TenantScope scope, Account account, Proof proof, Origin origin)
      throws SQLException {
    UUID person = account.person().id();
    By by = new By(person.toString(), origin.address());
    if (proof instanceof Proof.Recovery) {
      journal.note(scope, by, "recovery-code.used", person.toString(), "");
    }
    journal.note(scope, by, "sign-in", person.toString(), proof.isStrong() ? "two factors" : "");
    boolean privileged = accounts.rights(scope, person).isPrivileged();
    return new Outcome.SignedIn(
        sessions.begin(scope, person, origin, proof.isStrong()),
        person,
        privileged && !proof.isStrong());
  }

  private void noteWrong(UUID tenant, String entity, String what, Origin origin) {
    afterwards.execute(
        () -> {
          try {
            tenants.<Boolean, SQLException>write(
                tenant,
                scope -> {
                  journal.note(scope, new By(SOMEBODY, origin.address()), what, entity, "");
                  return true;
                });
          } catch (SQLException e) {
            LOG.error("a wrong sign-in could not be put into the audit log", e);
          }
        });
  }
}
