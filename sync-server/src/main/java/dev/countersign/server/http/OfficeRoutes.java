package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looking after devices and people. Whoever works in one store sees and reaches what is that
 * store's; anything else is answered as if it were not there.
 */
public final class OfficeRoutes {
  private final Tenants tenants;
  private final People people;
  private final Devices devices;
  private final Journal journal;
  private final Departure departure;

  /** Ends everything a person may do. */
  @FunctionalInterface
  public interface Departure {
    void leave(TenantScope scope, UUID person, By by) throws SQLException;
  }

  public OfficeRoutes(
      Tenants tenants, People people, Devices devices, Journal journal, Departure departure) {
    this.tenants = tenants;
    this.people = people;
    this.devices = devices;
    this.journal = journal;
    this.departure = departure;
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

  /** A person as they are listed. */
  record ShownPerson(UUID id, String name, String role, @Nullable UUID store, boolean active) {}

  /** All of them. */
  record ShownPeople(List<ShownPerson> people) {}

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access deviceManage = Access.person(PermissionKey.DEVICE_MANAGE);
    Access userManage = Access.person(PermissionKey.USER_MANAGE);
    return List.of(
        Route.get(Routes.DEVICES, deviceManage, this::devices),
        Route.post(Routes.DEVICE_REVOKE, deviceManage, this::revoke),
        Route.get(Routes.PEOPLE, userManage, this::people),
        Route.post(Routes.PERSON_LEAVE, userManage, this::leave));
  }

  private void devices(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    List<Device> all = tenants.<List<Device>, SQLException>read(caller.tenant(), devices::list);
    exchange.answerJson(
        new ShownDevices(
            all.stream()
                .filter(device -> caller.sees(device.store()))
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
              devices.find(scope, id).filter(device -> caller.sees(device.store())).isPresent();
          if (!theirs || !devices.revoke(scope, id)) {
            throw notFound();
          }
          journal.noteRevoked(scope, by(caller), id);
          return true;
        });
    exchange.answerJson(new Done("revoked"));
  }

  private void people(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    List<Person> all = tenants.<List<Person>, SQLException>read(caller.tenant(), people::list);
    exchange.answerJson(
        new ShownPeople(
            all.stream()
                .filter(person -> caller.sees(person.store()))
                .map(
                    each ->
                        new ShownPerson(
                            each.id(), each.name(), each.role(), each.store(), each.active()))
                .toList()));
  }

  private void leave(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID id = exchange.pathId("id");
    tenants.<Boolean, RuntimeException>write(
        caller.tenant(),
        scope -> {
          Person person =
              people
                  .find(scope, id)
                  .filter(found -> found.active() && caller.sees(found.store()))
                  .orElseThrow(OfficeRoutes::notFound);
          // Nobody ends somebody who may do more than they may themselves.
          if (!Role.named(person.role()).map(caller.role()::covers).orElse(true)) {
            throw Gate.notPermitted();
          }
          departure.leave(scope, id, by(caller));
          return true;
        });
    exchange.answerJson(new Done("left"));
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
