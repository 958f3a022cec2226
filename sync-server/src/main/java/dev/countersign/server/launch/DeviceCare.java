package dev.countersign.server.launch;

import dev.countersign.common.protocol.SealedParts;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.KeyRenewal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Rules;
import dev.countersign.server.account.Wipes;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.ingest.HandOver;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * What an operator does about devices after their enrolment. What cannot be done is a {@link
 * RefusedException} with a sentence for that person. Safe for any thread.
 */
public final class DeviceCare {
  private final Tenants tenants;
  private final Devices devices;
  private final Wipes wipes;
  private final HandOver handOver;
  private final KeyRenewal renewal;
  private final Rules rules;
  private final Journal journal;

  DeviceCare(
      Tenants tenants,
      Devices devices,
      Wipes wipes,
      HandOver handOver,
      KeyRenewal renewal,
      Rules rules,
      Journal journal) {
    this.tenants = tenants;
    this.devices = devices;
    this.wipes = wipes;
    this.handOver = handOver;
    this.renewal = renewal;
    this.rules = rules;
    this.journal = journal;
  }

  /** Orders a device to hand over what it has and to forget its keys. */
  public void wipe(UUID tenant, UUID device) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          if (!wipes.order(scope, By.OPERATOR, device)) {
            throw new RefusedException("There is no such device in use.");
          }
          return true;
        });
  }

  /**
   * Takes in the file that a wiped device left.
   *
   * @return how many parts of it the server has now
   */
  public long unseal(UUID tenant, byte[] file) throws SQLException {
    SealedParts sealed;
    try {
      sealed = SealedParts.decode(file);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("That is no file of a wiped device: " + e.getMessage());
    }
    UUID device = sealed.head().device();
    long taken = 0;
    for (int i = 0; i < sealed.parts().size(); i++) {
      int part = i;
      HandOver.Outcome outcome =
          tenants.<HandOver.Outcome, SQLException>write(
              tenant,
              scope -> handOver.take(scope, device, part, sealed.parts().get(part), "local"));
      taken =
          switch (outcome) {
            case HandOver.Outcome.Taken(long parts, boolean _) -> parts;
            case HandOver.Outcome.Gap _, HandOver.Outcome.Broken _ ->
                throw new RefusedException("Part " + part + " of the file does not open.");
            case HandOver.Outcome.Unknown() ->
                throw new RefusedException("No device of this tenant was told to leave that file.");
          };
    }
    return taken;
  }

  /** Lets a frozen device go on from the last batch that was taken in. */
  public void unfreeze(UUID tenant, UUID device) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          if (!devices.unfreeze(scope, device)) {
            throw new RefusedException("That device is not frozen.");
          }
          journal.noteAbout(scope, By.OPERATOR, device, AuditEntry.DEVICE_UNFROZEN);
          return true;
        });
  }

  /** Gives a device another name. */
  public void rename(UUID tenant, UUID device, String name) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          devices.rename(scope, device, name);
          journal.noteAbout(scope, By.OPERATOR, device, "device.renamed");
          return true;
        });
  }

  /** Has a device make a new key at its next contact. */
  public void wantKey(UUID tenant, UUID device) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          if (!renewal.want(scope, device)) {
            throw new RefusedException("There is no such device in use.");
          }
          journal.noteAbout(scope, By.OPERATOR, device, "device.key.wanted");
          return true;
        });
  }

  /** How long the business lets things stand. */
  public Map<Rules.Name, Duration> rules(UUID tenant) throws SQLException {
    return tenants.<Map<Rules.Name, Duration>, SQLException>read(tenant, rules::all);
  }

  /**
   * Sets how long something may stand.
   *
   * @throws RefusedException outside of the rule's range
   */
  public void setRule(UUID tenant, Rules.Name name, Duration value) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          rules.set(scope, name, value);
          journal.note(scope, "rule.changed", name.word(), value.toString());
          return true;
        });
  }
}
