package dev.countersign.server.signin;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Puts together how people and programs come in; one guard counts for all ways. */
public final class Door {
  private final SigningIn signingIn;
  private final SettingUp settingUp;
  private final Sessions sessions;
  private final ApiKeys keys;
  private final Passkeys passkeys;
  private final PasskeySignIn passkeySignIn;
  private final CodeGuesses codeGuesses;
  private final Standings standings = new Standings();
  private final Callers callers;

  /**
   * Puts it together.
   *
   * @param control where wrong tries are counted
   * @param party whom passkeys are made for, once the server knows its address
   * @param afterwards runs what may be written after the answer
   */
  public Door(
      Tenants tenants,
      ControlFile control,
      Journal journal,
      Passwords passwords,
      UuidV7 ids,
      InstantSource clock,
      SecureRandom random,
      Supplier<Optional<RelyingParty>> party,
      Executor afterwards) {
    var people = new People();
    var accounts = new AccountTable();
    var passkeyTable = new PasskeyTable();
    var authenticators = new Authenticators();
    var challenges = new Challenges(control, clock, random);
    var factors = new SecondFactors(accounts, random);
    var guard = new Guard(control, clock);
    this.codeGuesses = new CodeGuesses(guard);
    this.sessions = new Sessions(ids, random);
    this.keys = new ApiKeys(journal, ids, random);
    this.callers = new Callers(tenants, people, sessions, keys, guard, journal);
    this.signingIn =
        new SigningIn(tenants, accounts, passwords, factors, sessions, guard, journal, afterwards);
    this.settingUp =
        new SettingUp(
            tenants, accounts, passwords, factors, sessions, guard, journal, clock, random);
    this.passkeys =
        new Passkeys(
            tenants,
            accounts,
            passkeyTable,
            authenticators,
            challenges,
            sessions,
            journal,
            party,
            ids,
            random);
    this.passkeySignIn =
        new PasskeySignIn(
            tenants,
            people,
            passkeyTable,
            passkeys,
            authenticators,
            challenges,
            sessions,
            guard,
            journal);
  }

  public SigningIn signingIn() {
    return signingIn;
  }

  public SettingUp settingUp() {
    return settingUp;
  }

  public Sessions sessions() {
    return sessions;
  }

  public ApiKeys keys() {
    return keys;
  }

  public Callers callers() {
    return callers;
  }

  public Passkeys passkeys() {
    return passkeys;
  }

  public PasskeySignIn passkeySignIn() {
    return passkeySignIn;
  }

  public CodeGuesses codeGuesses() {
    return codeGuesses;
  }

  public Standings standings() {
    return standings;
  }

  static Optional<Tenant> tenantNamed(Tenants tenants, String name) throws SQLException {
    return tenants.list().stream().filter(tenant -> tenant.name().equals(name)).findFirst();
  }
}
