package dev.countersign.server.credit;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.CreditAllotment;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.credit.CreditTable.Account;
import dev.countersign.server.credit.CreditTable.Allotment;
import dev.countersign.server.credit.CreditTable.Hold;
import dev.countersign.server.signin.CodeGuesses;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reserves parts of accounts for tills, so that no two of them spend the same money, whichever of
 * them has a network when. What a device holds stays reserved until it was spent, until the device
 * gave it back, or until a manager took it away: never by the clock alone, because who spent
 * offline may come late and was right.
 */
public final class CreditDesk {
  /** After this a device gives back what is left. */
  public static final Duration LIFE = Duration.ofHours(24);

  /** Above this nothing is believed, as in the books. */
  private static final long LARGEST_AMOUNT = 1_000_000_000_000L;

  private static final String SERVER_KEY_ID = "server";

  private final Tenants tenants;
  private final Devices devices;
  private final CodeGuesses guesses;
  private final Journal journal;
  private final UuidV7 ids;
  private final CreditTable table = new CreditTable();

  public CreditDesk(
      Tenants tenants, Devices devices, CodeGuesses guesses, Journal journal, UuidV7 ids) {
    this.tenants = tenants;
    this.devices = devices;
    this.guesses = guesses;
    this.journal = journal;
    this.ids = ids;
  }

  /** What came of asking. */
  public sealed interface Outcome {
    /** The account is there; whether the amount was reserved stands in the answer. */
    record Answered(Credits.Answer answer) implements Outcome {}

    /** Nothing of this tenant opens by this code, or was moved by this sale. */
    record Unknown() implements Outcome {}

    /** Too many wrong codes. */
    record Wait(int seconds) implements Outcome {}

    /** The device is not in use. */
    record NotInUse() implements Outcome {}

    /** An amount that no account has. */
    record OutOfRange() implements Outcome {}

    /** The same request was made before, for something else. */
    record OtherRequest() implements Outcome {}
  }

  /** Looks an account up, and reserves what was asked for when so much is free. */
  public Outcome ask(SignedIn device, Credits.Ask ask, String address) throws SQLException {
    if (ask.amount() < 0 || ask.amount() > LARGEST_AMOUNT) {
      return new Outcome.OutOfRange();
    }
    Optional<Hash> hash = CreditCode.parse(ask.code()).map(code -> code.hash(device.tenant()));
    if (hash.isEmpty()) {
      // What no card can have tells a guesser nothing, so it is no guess.
      return new Outcome.Unknown();
    }
    int wait = guesses.take(device.tenant(), device.device());
    if (wait > 0) {
      return new Outcome.Wait(wait);
    }
    Outcome outcome =
        tenants.<Outcome, SQLException>write(
            device.tenant(), scope -> ask(scope, device, hash.get(), ask, address));
    if (!(outcome instanceof Outcome.Unknown)) {
      guesses.right(device.tenant(), device.device());
    }
    return outcome;
  }

  /**
   * Says what is on an account, without its code, to a till that knows of a sale that moved it: it
   * gives back what that sale took. Nothing is reserved.
   */
  public Outcome look(SignedIn device, Credits.Look look) throws SQLException {
    return tenants.<Outcome, SQLException>read(
        device.tenant(),
        scope -> {
          if (!isInUse(scope, device.device())) {
            return new Outcome.NotInUse();
          }
          Optional<Account> found = table.find(scope.db(), look.account());
          return found.isPresent() && table.hasMoved(scope.db(), look.account(), look.sale())
              ? answered(scope, found.get(), new byte[0])
              : new Outcome.Unknown();
        });
  }

  private Outcome ask(
      TenantScope scope, SignedIn device, Hash hash, Credits.Ask ask, String address)
      throws SQLException {
    Optional<Account> found = table.byCode(scope.db(), CreditCodes.keyed(scope, hash));
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (!isInUse(scope, device.device())) {
      return new Outcome.NotInUse();
    }
    Account account = found.get();
    Optional<Allotment> before = table.allotment(scope.db(), device.device(), ask.request());
    if (before.isPresent()) {
      Allotment known = before.get();
      return known.account().equals(account.id()) && known.amount() == ask.amount()
          ? answered(scope, account, known.envelope())
          : new Outcome.OtherRequest();
    }
    boolean enough = ask.amount() <= free(scope, account.id());
    return answered(
        scope,
        account,
        ask.amount() > 0 && enough ? reserved(scope, device, account, ask, address) : new byte[0]);
  }

  private byte[] reserved(
      TenantScope scope, SignedIn device, Account account, Credits.Ask ask, String address)
      throws SQLException {
    Instant now = now(scope);
    CreditAllotment allotment =
        new CreditAllotment(
            ids.next(),
            ask.request(),
            scope.tenantId(),
            device.device(),
            account.id(),
            account.kind(),
            scope.currency(),
            ask.amount(),
            now,
            now.plus(LIFE));
    byte[] envelope =
        Envelope.seal(
                CreditAllotment.PAYLOAD_TYPE,
                Json.encode(allotment),
                SERVER_KEY_ID,
                scope.serverKey())
            .encode();
    table.reserve(
        scope.db(),
        allotment.id(),
        device.device(),
        ask.request(),
        new Allotment(account.id(), ask.amount(), envelope),
        now,
        allotment.until());
    journal.note(
        scope,
        new By(device.device().toString(), address),
        "credit.reserved",
        account.id().toString(),
        Long.toString(ask.amount()));
    return envelope;
  }

  private Outcome answered(TenantScope scope, Account account, byte[] envelope)
      throws SQLException {
    return new Outcome.Answered(
        new Credits.Answer(
            account.id(),
            account.kind(),
            table.balance(scope.db(), account.id()),
            Math.max(0, free(scope, account.id())),
            envelope.length == 0 ? null : Base64.getEncoder().encodeToString(envelope)));
  }

  private long free(TenantScope scope, UUID account) throws SQLException {
    return table.balance(scope.db(), account) - table.held(scope.db(), account);
  }

  /**
   * Takes back what a device does not spend; false when it holds less, or when the id stands for
   * something else.
   */
  public boolean giveBack(SignedIn device, Credits.Return what, String address)
      throws SQLException {
    return tenants.<Boolean, SQLException>write(
        device.tenant(),
        scope -> {
          Hold hold = new Hold(what.account(), device.device(), what.amount());
          Optional<Hold> before = table.comeBack(scope.db(), what.id());
          if (before.isPresent()) {
            return before.get().equals(hold);
          }
          long held = table.heldBy(scope.db(), what.account(), device.device());
          if (what.amount() < 1 || what.amount() > held) {
            return false;
          }
          table.cameBack(scope.db(), what.id(), hold, now(scope));
          table.returned(scope.db(), what.account(), device.device(), what.amount());
          journal.note(
              scope,
              new By(device.device().toString(), address),
              "credit.returned",
              what.account().toString(),
              Long.toString(what.amount()));
          return true;
        });
  }

  /**
   * Takes away what a device holds of an account, for others to spend; false when it holds nothing.
   * What it spends of it all the same is flagged when it comes.
   */
  public boolean free(TenantScope scope, By by, UUID account, UUID device) throws SQLException {
    long held = table.heldBy(scope.db(), account, device);
    if (held <= 0) {
      return false;
    }
    table.freed(scope.db(), account, device, held);
    journal.note(scope, by, "credit.freed", account.toString(), held + " of " + device);
    return true;
  }

  /** What devices hold. */
  public List<Hold> holds(TenantScope scope) throws SQLException {
    return table.holds(scope.db());
  }

  /** Accounts that went below zero. */
  public List<CreditTable.Overdrawn> overdrawn(TenantScope scope) throws SQLException {
    return table.overdrawn(scope.db());
  }

  private boolean isInUse(TenantScope scope, UUID device) throws SQLException {
    return devices
        .find(scope, device)
        .filter(found -> found.state() == Device.State.ACTIVE)
        .isPresent();
  }

  private static Instant now(TenantScope scope) {
    return scope.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
