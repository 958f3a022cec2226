package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.protocol.FeedBody.Joining;
import dev.countersign.common.protocol.JoiningCode;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.signin.AccountTable.Account;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.tenant.UnknownTenantException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A person sets up what they sign in with: a password and a second factor. */
public final class SettingUp {
  /** A person who starts tomorrow can be given the code today. */
  private static final Duration CODE_LIFE = Duration.ofHours(24);

  private static final int SALT = 16;

  private final Tenants tenants;
  private final AccountTable accounts;
  private final Passwords passwords;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final Guard guard;
  private final Journal journal;
  private final InstantSource clock;
  private final Strength strength = new Strength();
  private final Joining nobodys;

  SettingUp(
      Tenants tenants,
      AccountTable accounts,
      Passwords passwords,
      SecondFactors factors,
      Sessions sessions,
      Guard guard,
      Journal journal,
      InstantSource clock,
      SecureRandom random) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.passwords = passwords;
    this.factors = factors;
    this.sessions = sessions;
    this.guard = guard;
    this.journal = journal;
    this.clock = clock;
    try (Secret salt = Secret.random(SALT, random);
        Secret hash = Secret.random(Hash.LENGTH, random)) {
      this.nobodys =
          new Joining(
              StrictBase64.encode(salt.bytes()), StrictBase64.encode(hash.bytes()), Instant.MAX);
    }
  }

  /** What an authenticator app takes in; shown once. */
  public record AppSecret(String uri, String secret) {
    @Override
    public String toString() {
      return "AppSecret[••••]";
    }
  }

  /**
   * A single-use code, good for a day, by which a person sets a password; an older one ends.
   *
   * @throws RefusedException when they have left, or share their name, by which people sign in
   */
  public String passwordCode(TenantScope scope, By by, UUID person) throws SQLException {
    Account account = accounts.account(scope, person);
    String name = account.person().name();
    if (!account.person().active()) {
      throw new RefusedException(name + " has left.");
    }
    if (accounts.named(scope, name).isEmpty()) {
      throw new RefusedException(
          "Two people are called " + name + "; a person signs in by a name of their own.");
    }
    JoiningCode.Made made = passwords.code(scope.clock().instant().plus(CODE_LIFE));
    accounts.setCode(scope, person, made.joining());
    journal.note(scope, by, "password.code.made", person.toString(), "");
    return made.code();
  }

  /** Takes a lost second factor away; the person sets up another after the next sign-in. */
  public void forgetFactor(TenantScope scope, By by, UUID person) throws SQLException {
    accounts.forgetFactor(scope, person);
    sessions.endAll(scope, person);
    journal.note(scope, by, "second-factor.forgotten", person.toString(), "");
  }

  /** Forgets what a person who left signed in with, and ends every session. */
  public void forget(TenantScope scope, UUID person) throws SQLException {
    accounts.forget(scope, person);
    sessions.endAll(scope, person);
  }

  /** Sets a password by a code. */
  public Outcome setPassword(
      String tenantName, String name, String code, String password, Origin origin)
      throws SQLException {
    List<Subject> subjects = Subject.account(tenantName, name, origin);
    Guard.Turn turn = guard.take(subjects);
    if (turn.waitSeconds() > 0) {
      return new Outcome.Wait(turn.waitSeconds());
    }
    Instant now = clock.instant();
    Optional<Tenant> tenant =
        Door.tenantNamed(tenants, tenantName).filter(found -> origin.mayReach(found.id()));
    Optional<Account> account =
        tenant.isEmpty()
            ? Optional.empty()
            : tenants.<Optional<Account>, SQLException>read(
                tenant.get().id(), scope -> accounts.named(scope, name));
    Joining open =
        account.map(Account::code).filter(made -> now.isBefore(made.expires())).orElse(nobodys);
    boolean right = passwords.matchesCode(code, open, now);
    if (!right || account.isEmpty() || tenant.isEmpty()) {
      return new Outcome.Refused();
    }
    guard.right(subjects);
    return replace(
        tenant.get(),
        account.get(),
        password,
        origin,
        scope -> useCode(scope, account.get(), open));
  }

  /** Changes a password by the old one; every session ends, this one too. */
  public Outcome changePassword(Caller caller, String old, String password) throws SQLException {
    Tenant tenant = tenant(caller);
    Account account = account(caller);
    List<Subject> subjects =
        Subject.account(tenant.name(), account.person().name(), caller.origin());
    Guard.Turn turn = guard.take(subjects);
    if (turn.waitSeconds() > 0) {
      return new Outcome.Wait(turn.waitSeconds());
    }
    Passwords.Stored stored = account.password();
    if (stored == null || !passwords.matches(old, stored)) {
      return new Outcome.Refused();
    }
    guard.right(subjects);
    return replace(tenant, account, password, caller.origin(), _ -> true);
  }

  /**
   * Begins to set up an app; nothing counts before a code of it was shown.
   *
   * @throws RefusedException when the person has a second factor already
   */
  public AppSecret beginFactor(Caller caller) throws SQLException {
    Tenant tenant = tenant(caller);
    return tenants.<AppSecret, SQLException>write(
        caller.tenant(),
        scope -> {
          Account account = accounts.account(scope, caller.id());
          if (account.hasApp() || lacksProof(caller, account)) {
            throw new RefusedException("There is a second factor already.");
          }
          try (Secret secret = factors.begin(scope, caller.id())) {
            return new AppSecret(
                OneTimeCodes.uri(tenant.name(), account.person().name(), secret),
                OneTimeCodes.base32(secret));
          }
        });
  }

  /** Confirms an app with a code of it; every session ends and a strong one begins. */
  public Outcome confirmFactor(Caller caller, String code) throws SQLException {
    return tenants.<Outcome, SQLException>write(
        caller.tenant(),
        scope -> {
          Account account = accounts.account(scope, caller.id());
          Optional<List<String>> recovery =
              account.hasApp() || lacksProof(caller, account)
                  ? Optional.empty()
                  : factors.confirm(scope, account, code);
          if (recovery.isEmpty()) {
            return new Outcome.Refused();
          }
          // A token from before the second factor must not come to mean more than it did.
          sessions.endAll(scope, caller.id());
          By by = new By(caller.id().toString(), caller.origin().address());
          journal.note(scope, by, "second-factor.set", caller.id().toString(), "");
          String token = sessions.begin(scope, caller.id(), caller.origin(), true);
          return new Outcome.Confirmed(token, recovery.get());
        });
  }

  /** Who has a passkey adds an app only in a session that showed one. */
  private static boolean lacksProof(Caller caller, Account account) {
    return account.hasFactor() && !caller.strong();
  }

  /** Something that may turn out to be done already by another request. */
  @FunctionalInterface
  private interface Claim {
    boolean make(TenantScope scope) throws SQLException;
  }

  private Outcome replace(
      Tenant tenant, Account account, String password, Origin origin, Claim claim)
      throws SQLException {
    UUID person = account.person().id();
    Optional<Strength.Weakness> weakness =
        strength.weakness(password, List.of(account.person().name(), tenant.name(), "countersign"));
    if (weakness.isPresent()) {
      return new Outcome.Weak(weakness.get().text());
    }
    Passwords.Stored stored = passwords.store(password);
    return tenants.<Outcome, SQLException>write(
        tenant.id(),
        scope -> {
          if (!accounts.account(scope, person).person().active() || !claim.make(scope)) {
            return new Outcome.Refused();
          }
          accounts.setPassword(scope, person, stored, scope.clock().instant());
          sessions.endAll(scope, person);
          By by = new By(person.toString(), origin.address());
          journal.note(scope, by, "password.set", person.toString(), "");
          return new Outcome.PasswordSet();
        });
  }

  private boolean useCode(TenantScope scope, Account account, Joining code) throws SQLException {
    return accounts.useCode(scope, account.person().id(), code);
  }

  private Account account(Caller caller) throws SQLException {
    return tenants.<Account, SQLException>read(
        caller.tenant(), scope -> accounts.account(scope, caller.id()));
  }

  private Tenant tenant(Caller caller) throws SQLException {
    return tenants.find(caller.tenant()).orElseThrow(UnknownTenantException::new);
  }
}
