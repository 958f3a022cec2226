package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Looking after devices. Whoever does so in some stores sees and reaches what is theirs; anything
 * else is answered as if it were not there.
 */
public final class OfficeRoutes {
  private final Tenants tenants;
  private final Devices devices;
  private final Journal journal;

  public OfficeRoutes(Tenants tenants, Devices devices, Journal journal) {
    this.tenants = tenants;
    this.devices = devices;
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
      Instant enrolledAt,
      Instant lastSeen) {}

  /** All of them. */
  record ShownDevices(List<ShownDevice> devices) {}

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access deviceManage = Access.person(PermissionKey.DEVICE_MANAGE);
    return List.of(
        Route.get(Routes.DEVICES, deviceManage, this::devices),
        Route.post(Routes.DEVICE_REVOKE, deviceManage, this::revoke));
  }

  private void devices(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    List<Device> all = tenants.<List<Device>, SQLException>read(caller.tenant(), devices::list);
    exchange.answerJson(
        new ShownDevices(
            all.stream()
                .filter(device -> caller.sees(PermissionKey.DEVICE_MANAGE, device.store()))
                .map(OfficeRoutes::shown)
                .toList()));
  }

  private void revoke(Exchange exchange) throws Exception {
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
          if (!theirs || !devices.revoke(scope, id)) {
            throw notFound();
          }
          journal.noteRevoked(scope, by(caller), id);
          return true;
        });
    exchange.answerJson(new Done("revoked"));
  }

  static By by(Caller caller) {
    return new By(caller.id().toString(), caller.origin().address());
  }

  private static RefusedRequest notFound() {
    return RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
  }

  private static ShownDevice shown(Device device) {
    return new ShownDevice(
        device.id(),
        device.kind(),
        device.store(),
        device.name(),
        device.series(),
        device.state().name().toLowerCase(Locale.ROOT),
        device.enrolledAt(),
        device.lastSeen());
  }
}
