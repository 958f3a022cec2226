package dev.countersign.server.signin;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Puts together how people and programs come in; one guard counts for all ways. */
public final class Door {
  private final SigningIn signingIn;
  private final SettingUp settingUp;
  private final Sessions sessions;
  private final ApiKeys keys;
  private final Callers callers;

  /**
   * Puts it together.
   *
   * @param afterwards runs what may be written after the answer
   */
  public Door(
      Tenants tenants,
      Journal journal,
      Passwords passwords,
      UuidV7 ids,
      InstantSource clock,
      SecureRandom random,
      Executor afterwards) {
    var accounts = new AccountTable();
    var factors = new SecondFactors(accounts, random);
    var guard = new Guard(clock);
    this.sessions = new Sessions(ids, random);
    this.keys = new ApiKeys(journal, ids, random);
    this.callers = new Callers(tenants, new People(), sessions, keys);
    this.signingIn =
        new SigningIn(tenants, accounts, passwords, factors, sessions, guard, journal, afterwards);
    this.settingUp =
        new SettingUp(
            tenants, accounts, passwords, factors, sessions, guard, journal, clock, random);
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

  /** Under which wrong tries at a name are counted, whether there is such a name or not. */
  static String key(String tenant, String name) {
    return tenant + "\n" + name;
  }

  static Optional<Tenant> tenantNamed(Tenants tenants, String name) throws SQLException {
    return tenants.list().stream().filter(tenant -> tenant.name().equals(name)).findFirst();
  }
}
