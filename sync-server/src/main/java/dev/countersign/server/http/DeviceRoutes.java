package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.KeyRenewal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Wipes;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Looking after devices. Whoever works in one store sees and reaches that store's; anything else is
 * answered as if it were not there.
 */
public final class DeviceRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;

  private final Tenants tenants;
  private final Devices devices;
  private final Wipes wipes;
  private final KeyRenewal renewal;
  private final Journal journal;

  public DeviceRoutes(
      Tenants tenants, Devices devices, Wipes wipes, KeyRenewal renewal, Journal journal) {
    this.tenants = tenants;
    this.devices = devices;
    this.wipes = wipes;
    this.renewal = renewal;
    this.journal = journal;
  }

  /** A device as it is listed. */
  record ShownDevice(
      UUID id,
      DeviceKind kind,
      UUID store,
      String name,
      String series,
      String state,
      String environment,
      String fingerprint,
      Instant enrolledAt,
      Instant lastSeen,
      Instant keySince) {}

  /** All of them. */
  record ShownDevices(List<ShownDevice> devices) {}

  /** It is done. */
  record Done(String status) {}

  /** Another name. */
  record Rename(String name) {}

  public List<Route> routes() {
    Access manage = Access.person(PermissionKey.DEVICE_MANAGE);
    return List.of(
        Route.get(Routes.DEVICES, manage, this::list),
        Route.post(Routes.DEVICE_REVOKE, manage, this::revoke),
        Route.post(Routes.DEVICE_UNFREEZE, manage, this::unfreeze),
        Route.post(Routes.DEVICE_RENAME, manage, this::rename),
        Route.post(Routes.DEVICE_ROTATE, manage, this::rotate),
        Route.post(Routes.DEVICE_WIPE, manage, this::wipe));
  }

  private void list(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    exchange.answerJson(
        tenants.<ShownDevices, SQLException>read(
            caller.tenant(),
            scope -> {
              List<ShownDevice> shown = new ArrayList<>();
              for (Device device : devices.list(scope)) {
                if (caller.sees(PermissionKey.DEVICE_MANAGE, device.store())) {
                  shown.add(shown(scope, device));
                }
              }
              return new ShownDevices(shown);
            }));
  }

  private void revoke(Exchange exchange) throws Exception {
    act(
        exchange,
        "revoked",
        (scope, by, id) -> {
          boolean done = devices.revoke(scope, id);
          if (done) {
            journal.noteAbout(scope, by, id, AuditEntry.DEVICE_REVOKED);
          }
          return done;
        });
  }

  private void unfreeze(Exchange exchange) throws Exception {
    act(
        exchange,
        "active",
        (scope, by, id) -> {
          boolean done = devices.unfreeze(scope, id);
          if (done) {
            journal.noteAbout(scope, by, id, AuditEntry.DEVICE_UNFROZEN);
          }
          return done;
        });
  }

  private void rename(Exchange exchange) throws Exception {
    byte[] body = exchange.body(REQUEST_BYTES);
    act(
        exchange,
        "renamed",
        (scope, by, id) -> {
          String name = Exchange.document(body, Rename.class).name();
          if (name == null) {
            throw RefusedRequest.malformed("A name is missing.");
          }
          try {
            devices.rename(scope, id, name);
          } catch (RefusedException e) {
            throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
          }
          journal.noteAbout(scope, by, id, "device.renamed");
          return true;
        });
  }

  private void rotate(Exchange exchange) throws Exception {
    act(
        exchange,
        "key-wanted",
        (scope, by, id) -> {
          boolean done = renewal.want(scope, id);
          if (done) {
            journal.noteAbout(scope, by, id, "device.key.wanted");
          }
          return done;
        });
  }

  private void wipe(Exchange exchange) throws Exception {
    act(exchange, "wiping", wipes::order);
  }

  /** Something that is done to a device; false when it is not in the state for it. */
  @FunctionalInterface
  private interface Deed {
    boolean done(TenantScope scope, By by, UUID device) throws SQLException;
  }

  private void act(Exchange exchange, String status, Deed deed) throws Exception {
    Caller caller = exchange.caller();
    UUID id = exchange.pathId("id");
    tenants.<Boolean, RuntimeException>write(
        caller.tenant(),
        scope -> {
          boolean theirs =
              devices
                  .find(scope, id)
                  .filter(device -> caller.sees(PermissionKey.DEVICE_MANAGE, device.store()))
                  .isPresent();
          if (!theirs || !deed.done(scope, Gate.by(caller), id)) {
            throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
          }
          return true;
        });
    exchange.answerJson(new Done(status));
  }

  private static ShownDevice shown(TenantScope scope, Device device) {
    return new ShownDevice(
        device.id(),
        device.kind(),
        device.store(),
        device.name(),
        device.series(),
        device.state().word(),
        device.environment().word(),
        Enrolment.fingerprint(device.publicKey(), scope.serverKey().verifyKey()),
        device.enrolledAt(),
        device.lastSeen(),
        device.keySince());
  }
}
