package dev.countersign.server.till;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.TillKeys;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.DeviceSessions;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.till.TillKeyTable.Kept;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The server's share of the tills' keys: made once per device, sealed in the tenant's data, given
 * to the device it is for, and to none that was revoked, frozen, wiped or put back from a copy.
 *
 * <p>A device's number of PIN tries only grows. One that says fewer than were heard has had its key
 * store put back from a copy, which gives back tries that were used up: it is held until a manager
 * has looked. A thief who copies the store and tries before the till was next in contact is not
 * seen by this.
 */
public final class TillShares {
  private final Tenants tenants;
  private final ControlFile control;
  private final Devices devices;
  private final DeviceSessions sessions;
  private final FeedTable feed;
  private final Journal journal;
  private final SecureRandom random;
  private final TillKeyTable table = new TillKeyTable();

  public TillShares(
      Tenants tenants,
      ControlFile control,
      Devices devices,
      DeviceSessions sessions,
      FeedTable feed,
      Journal journal,
      SecureRandom random) {
    this.tenants = tenants;
    this.control = control;
    this.devices = devices;
    this.sessions = sessions;
    this.feed = feed;
    this.journal = journal;
    this.random = random;
  }

  /** How a device's keys stand, for a list. */
  public record Standing(UUID device, String chest, boolean shared, boolean held) {}

  /** The rule of a tenant. */
  public TillRuleItem rule(UUID tenant) throws SQLException {
    return tenants.<TillRuleItem, SQLException>read(tenant, this::rule);
  }

  /** Changes the rule; its devices hear of it with the feed. */
  public void setRule(UUID tenant, By by, TillRuleItem rule) throws SQLException {
    if (!rule.fits()) {
      throw new IllegalArgumentException("a rule out of its ranges");
    }
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          if (feed.put(scope, tenant, null, rule)) {
            journal.note(
                scope,
                by,
                "till.rule_changed",
                tenant.toString(),
                "share "
                    + (rule.shareRequired() ? "on " + rule.leaseHours() + " h" : "off")
                    + ", forget "
                    + rule.forgetAfterMinutes()
                    + " min, new key "
                    + rule.newKeyAfterDays()
                    + " d");
          }
          return true;
        });
  }

  /** How the keys of every device stand that has reported. */
  public List<Standing> standings(UUID tenant) throws SQLException {
    return tenants.<List<Standing>, SQLException>read(
        tenant,
        scope ->
            table.list(scope).stream()
                .map(
                    kept ->
                        new Standing(
                            kept.device(), kept.chest(), kept.share() != null, kept.held()))
                .toList());
  }

  /** Lets people in again; false when the device was not held. */
  public boolean release(TenantScope scope, By by, UUID device) throws SQLException {
    boolean released = table.hold(scope, device, false);
    if (released) {
      journal.note(scope, by, "device.released", device.toString(), "");
    }
    return released;
  }

  /**
   * Lets people in again, by the operator.
   *
   * @throws RefusedException when the device is not held
   */
  public void releaseByOperator(UUID tenant, UUID device) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          if (!release(scope, By.OPERATOR, device)) {
            throw new RefusedException("This device is not held.");
          }
          return true;
        });
  }

  /** Takes a device's report; the device is signed in. */
  public TillKeys.Answer report(
      SignedIn device, VerifyKey shareKey, TillKeys.Report report, String address)
      throws SQLException {
    return tenants.<TillKeys.Answer, SQLException>write(
        device.tenant(),
        scope -> {
          By by = new By(device.device().toString(), address);
          Kept kept = registered(scope, by, device.device(), shareKey, report);
          TillRuleItem rule = rule(scope);
          boolean gives = rule.shareRequired() && !kept.held();
          String share = gives ? encoded(shareOf(scope, kept)) : null;
          return new TillKeys.Answer(kept.tries(), kept.held(), rule.leaseHours(), share);
        });
  }

  /** True when the device that a request names has signed it, with its key for nothing else. */
  public boolean isOf(Envelope envelope, TillKeys.ShareRequest request) throws SQLException {
    UUID id = request.device();
    Optional<UUID> tenant = control.tenantOfDevice(id);
    return tenant.isPresent()
        && envelope.keyId().equals(id.toString())
        && tenants.<Boolean, SQLException>read(
            tenant.get(),
            scope ->
                table
                    .find(scope, id)
                    .filter(kept -> envelope.verifiedBy(kept.shareKey()))
                    .isPresent());
  }

  /**
   * Gives the share to a locked device; empty when anything is wrong, whatever it is.
   *
   * @param envelope as it came
   * @param request what it holds
   */
  public Optional<TillKeys.Share> give(
      Envelope envelope, TillKeys.ShareRequest request, String address) throws SQLException {
    UUID id = request.device();
    Optional<UUID> tenant = control.tenantOfDevice(id);
    if (tenant.isEmpty() || !envelope.keyId().equals(id.toString())) {
      return Optional.empty();
    }
    return tenants.<Optional<TillKeys.Share>, SQLException>write(
        tenant.get(),
        scope -> {
          Optional<Kept> kept = table.find(scope, id);
          if (kept.isEmpty()
              || !envelope.verifiedBy(kept.get().shareKey())
              || !sessions.takeChallenge(request.challenge())) {
            return Optional.empty();
          }
          return given(scope, new By(id.toString(), address), kept.get(), request.tries());
        });
  }

  /** To whoever has the device's own key for this; each time is in the log. */
  private Optional<TillKeys.Share> given(TenantScope scope, By by, Kept kept, long tries)
      throws SQLException {
    boolean active =
        devices
            .find(scope, kept.device())
            .filter(device -> device.state() == Device.State.ACTIVE)
            .isPresent();
    boolean held = kept.held() || heard(scope, by, kept, tries);
    if (!active || held || kept.share() == null) {
      journal.note(scope, by, "till.share_refused", kept.device().toString(), "");
      return Optional.empty();
    }
    table.reported(
        scope,
        kept.device(),
        kept.shareKey(),
        Math.max(tries, kept.tries()),
        kept.chest(),
        scope.clock().instant());
    journal.note(scope, by, "till.share_given", kept.device().toString(), "");
    return Optional.of(new TillKeys.Share(encoded(shareOf(scope, kept)), rule(scope).leaseHours()));
  }

  private Kept registered(
      TenantScope scope, By by, UUID device, VerifyKey shareKey, TillKeys.Report report)
      throws SQLException {
    Optional<Kept> before = table.find(scope, device);
    var now = scope.clock().instant();
    if (before.isEmpty()) {
      table.add(
          scope, new Kept(device, shareKey, null, report.tries(), false, report.chest(), now));
      journal.note(scope, by, "till.share_key_registered", device.toString(), report.chest());
    } else {
      Kept kept = before.get();
      heard(scope, by, kept, report.tries());
      if (!kept.shareKey().equals(shareKey)) {
        journal.note(scope, by, "till.share_key_registered", device.toString(), report.chest());
      }
      long most = Math.max(kept.tries(), report.tries());
      table.reported(scope, device, shareKey, most, report.chest(), now);
    }
    return table.find(scope, device).orElseThrow();
  }

  /**
   * True when fewer tries are said than were heard; that holds the device and is in the log once.
   */
  private boolean heard(TenantScope scope, By by, Kept kept, long tries) throws SQLException {
    if (tries >= kept.tries()) {
      return false;
    }
    if (table.hold(scope, kept.device(), true)) {
      journal.note(
          scope,
          by,
          "device.keys_put_back",
          kept.device().toString(),
          "said " + tries + " tries, heard of " + kept.tries());
    }
    return true;
  }

  private Secret shareOf(TenantScope scope, Kept kept) throws SQLException {
    byte[] sealed = kept.share();
    if (sealed != null) {
      try {
        return Secret.of(Sealing.open(scope.sealingKey(), sealed, label(kept.device())));
      } catch (WrongKeyException e) {
        throw new IllegalStateException("a share does not open", e);
      }
    }
    Secret fresh = Secret.random(TillKeys.SHARE_LENGTH, random);
    byte[] sealedFresh =
        Sealing.seal(scope.sealingKey(), fresh.bytes(), label(kept.device()), random);
    table.keepShare(scope, kept.device(), sealedFresh);
    return fresh;
  }

  private TillRuleItem rule(TenantScope scope) throws SQLException {
    return feed.find(scope, "till-rule", scope.tenantId(), TillRuleItem.class)
        .orElse(TillRuleItem.USUAL);
  }

  /** As it is sent; the share is closed. */
  private static String encoded(Secret share) {
    try (share) {
      return Base64.getEncoder().encodeToString(share.bytes());
    }
  }

  private static byte[] label(UUID device) {
    return ("till share of " + device).getBytes(StandardCharsets.UTF_8);
  }
}
