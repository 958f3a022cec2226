package dev.countersign.server.signin;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.Names;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.signin.AccountTable.Account;
import dev.countersign.server.signin.Authenticators.Fresh;
import dev.countersign.server.signin.PasskeyTable.Stored;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.tenant.UnknownTenantException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A person's passkeys: added while signed in, listed, removed. The first factor of a person, be it
 * an app or a passkey, brings recovery codes and a new session; whoever has a factor adds another
 * only in a session that showed one.
 */
public final class Passkeys {
  /** Enough for every device that a person has. */
  private static final int MOST = 20;

  private static final int HANDLE = 4 * Long.BYTES;

  private final Tenants tenants;
  private final AccountTable accounts;
  private final PasskeyTable passkeys;
  private final Authenticators authenticators;
  private final Challenges challenges;
  private final Sessions sessions;
  private final Journal journal;
  private final Supplier<Optional<RelyingParty>> party;
  private final UuidV7 ids;
  private final SecureRandom random;

  Passkeys(
      Tenants tenants,
      AccountTable accounts,
      PasskeyTable passkeys,
      Authenticators authenticators,
      Challenges challenges,
      Sessions sessions,
      Journal journal,
      Supplier<Optional<RelyingParty>> party,
      UuidV7 ids,
      SecureRandom random) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.passkeys = passkeys;
    this.authenticators = authenticators;
    this.challenges = challenges;
    this.sessions = sessions;
    this.journal = journal;
    this.party = party;
    this.ids = ids;
    this.random = random;
  }

  /**
   * What a browser needs to make a passkey.
   *
   * @param challenge to be signed within {@link Challenges#LIFE}, in this session
   * @param handle by which the authenticator names the person at sign-in
   * @param algorithms COSE numbers, the preferred first
   * @param there ids of the passkeys that the person has
   */
  public record Making(
      byte[] challenge,
      RelyingParty party,
      byte[] handle,
      String person,
      String business,
      List<Long> algorithms,
      List<byte[]> there) {}

  /**
   * A passkey as its holder sees it.
   *
   * @param used the last sign-in, or null
   */
  public record Passkey(UUID id, String name, Instant created, @Nullable Instant used) {}

  /**
   * Begins to add one.
   *
   * @throws RefusedException when the server is reached by no name, or there are too many
   */
  public Making begin(Caller caller) throws SQLException {
    Tenant tenant = tenants.find(caller.tenant()).orElseThrow(UnknownTenantException::new);
    RelyingParty ours = party();
    return tenants.<Making, SQLException>read(
        caller.tenant(),
        scope -> {
          List<Stored> there = passkeys.list(scope, caller.id());
          requireRoom(there);
          return new Making(
              challenges.make(purpose(caller)),
              ours,
              handle(caller.tenant(), caller.id()),
              accounts.account(scope, caller.id()).person().name(),
              tenant.name(),
              Authenticators.ALGORITHMS,
              there.stream().map(Stored::credential).toList());
        });
  }

  /**
   * Adds a passkey.
   *
   * @throws RefusedException when the name is none, or there are too many
   */
  public Outcome add(Caller caller, String name, byte[] clientData, byte[] attestation)
      throws SQLException {
    Names.require(name);
    RelyingParty ours = party();
    byte[] challenge = authenticators.challenge(clientData).orElse(new byte[0]);
    Optional<Fresh> fresh =
        challenges.isOurs(purpose(caller), challenge)
            ? authenticators.registered(ours, challenge, clientData, attestation)
            : Optional.empty();
    if (fresh.isEmpty() || !challenges.use(challenge)) {
      return new Outcome.Refused();
    }
    return tenants.<Outcome, SQLException>write(
        caller.tenant(), scope -> add(scope, caller, name, fresh.get()));
  }

  private Outcome add(TenantScope scope, Caller caller, String name, Fresh fresh)
      throws SQLException {
    Account account = accounts.account(scope, caller.id());
    boolean first = !account.hasFactor();
    if ((!first && !caller.strong()) || passkeys.find(scope, fresh.credential()).isPresent()) {
      return new Outcome.Refused();
    }
    requireRoom(passkeys.list(scope, caller.id()));
    UUID id = ids.next();
    Instant now = scope.clock().instant();
    passkeys.add(
        scope,
        new Stored(
            id,
            caller.id(),
            fresh.credential(),
            fresh.attested(),
            fresh.eligible(),
            fresh.count(),
            name,
            now,
            null));
    journal.note(scope, by(caller), "passkey.added", caller.id().toString(), id.toString());
    if (!first) {
      return new Outcome.PasskeyAdded(id);
    }
    List<String> recovery = RecoveryCodes.make(random);
    accounts.setRecoveryCodes(scope, caller.id(), recovery);
    // A token from before the second factor must not come to mean more than it did.
    sessions.endAll(scope, caller.id());
    return new Outcome.Confirmed(
        sessions.begin(scope, caller.id(), caller.origin(), true), recovery);
  }

  /** A person's passkeys, the oldest first. */
  public List<Passkey> list(Caller caller) throws SQLException {
    return tenants.<List<Passkey>, SQLException>read(
        caller.tenant(),
        scope ->
            passkeys.list(scope, caller.id()).stream()
                .map(each -> new Passkey(each.id(), each.name(), each.created(), each.used()))
                .toList());
  }

  /**
   * Removes one, as when it was lost: every other session of the person ends.
   *
   * @return false when the person has no such passkey
   * @throws RefusedException when it is all that the person has beside the password
   */
  public boolean remove(Caller caller, UUID id) throws SQLException {
    return tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          if (!passkeys.remove(scope, caller.id(), id)) {
            return false;
          }
          if (!accounts.account(scope, caller.id()).hasFactor()) {
            throw new RefusedException("Add another passkey or an app first; this is the last.");
          }
          sessions.endOthers(scope, caller);
          journal.note(scope, by(caller), "passkey.removed", caller.id().toString(), id.toString());
          return true;
        });
  }

  /** The handle of a person: whose business, and who. */
  static byte[] handle(UUID tenant, UUID person) {
    return ByteBuffer.allocate(HANDLE)
        .putLong(tenant.getMostSignificantBits())
        .putLong(tenant.getLeastSignificantBits())
        .putLong(person.getMostSignificantBits())
        .putLong(person.getLeastSignificantBits())
        .array();
  }

  RelyingParty party() {
    return party
        .get()
        .orElseThrow(
            () -> new RefusedException("Passkeys need a server that is reached by a name."));
  }

  private static String purpose(Caller caller) {
    return "passkey of session " + caller.session();
  }

  private static void requireRoom(List<Stored> there) {
    if (there.size() >= MOST) {
      throw new RefusedException("A person has at most " + MOST + " passkeys.");
    }
  }

  private static By by(Caller caller) {
    return new By(caller.id().toString(), caller.origin().address());
  }
}
