package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Assignment;
import dev.countersign.server.people.Acting;
import dev.countersign.server.people.Leaving;
import dev.countersign.server.people.Personnel;
import dev.countersign.server.people.Staff;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.Standings.Standing;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looking after people. Whoever does so in some stores sees who works there; anybody else is
 * answered as if they were not there.
 */
public final class StaffRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;

  private final Tenants tenants;
  private final Staff staff;
  private final Leaving leaving;
  private final Door door;

  public StaffRoutes(Tenants tenants, Personnel personnel, Door door) {
    this.tenants = tenants;
    this.staff = personnel.staff();
    this.leaving = personnel.leaving();
    this.door = door;
  }

  /**
   * A role in a place.
   *
   * @param store the one store, or null for all
   */
  record ShownRole(@Nullable UUID store, String role) {}

  /**
   * A person as they are listed.
   *
   * @param password true when there is one
   * @param oldPassword true when it was taken under rules before the present ones
   * @param secondFactor true with an app or a passkey
   * @param lastAct when a device last sent something of theirs, to the day
   * @param leaving null while they are here
   */
  record ShownPerson(
      UUID id,
      String name,
      boolean active,
      List<ShownRole> roles,
      boolean password,
      boolean oldPassword,
      boolean secondFactor,
      @Nullable Instant lastSignIn,
      @Nullable Instant lastAct,
      @Nullable ShownEnd leaving) {}

  /** How far it is known that a person left. */
  record ShownEnd(Instant leftAt, boolean complete, @Nullable Instant completeAt) {}

  /** A device of somebody who left. */
  record ShownDevice(
      UUID id,
      String name,
      UUID store,
      String state,
      boolean confirmed,
      @Nullable Instant confirmedAt,
      Instant lastSeen) {}

  /** Where they stand. */
  record ShownLeaving(
      Instant leftAt, boolean complete, @Nullable Instant completeAt, List<ShownDevice> devices) {}

  /** All of them. */
  record ShownPeople(List<ShownPerson> people) {}

  /** A person to be added with a first role. */
  record Add(String name, String role, @Nullable UUID store) {}

  /** Another name. */
  record Rename(String name) {}

  /** A role to be given. */
  record Assign(String role, @Nullable UUID store) {}

  /** Somebody new. */
  record Added(UUID id) {}

  /** A single-use code, shown this once. */
  record Code(String code) {
    @Override
    public String toString() {
      return "Code[••••]";
    }
  }

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access manage = Access.person(PermissionKey.USER_MANAGE);
    return List.of(
        Route.get(Routes.PEOPLE, manage, this::list),
        Route.post(Routes.PEOPLE, manage, this::add),
        Route.post(Routes.PERSON_NAME, manage, this::rename),
        Route.post(Routes.PERSON_ROLE, manage, this::assign),
        Route.delete(Routes.PERSON_ROLE, manage, this::unassign),
        Route.post(Routes.PERSON_JOIN_CODE, manage, this::joinCode),
        Route.post(Routes.PERSON_PASSWORD_CODE, manage, this::passwordCode),
        Route.delete(Routes.PERSON_FACTOR, manage, this::forgetFactor),
        Route.delete(Routes.PERSON_PINS, manage, this::resetPins),
        Route.post(Routes.PERSON_LEAVE, manage, this::leave),
        Route.post(Routes.PERSON_ERASE, manage, this::erase),
        Route.get(Routes.PERSON_LEAVING, manage, this::leaving));
  }

  private void list(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    Acting acting = Acting.of(caller);
    exchange.answerJson(
        tenants.<ShownPeople, SQLException>read(
            caller.tenant(),
            scope -> {
              Map<UUID, Standing> standings = door.standings().all(scope);
              List<ShownPerson> all = new ArrayList<>();
              for (Staff.Member member : staff.list(scope, acting)) {
                UUID id = member.person().id();
                all.add(
                    shown(
                        member,
                        caller,
                        standings.getOrDefault(id, Standing.NONE),
                        member.person().active() ? null : leaving.of(scope, acting, id)));
              }
              return new ShownPeople(all);
            }));
  }

  /** The places that are not theirs to see are not shown. */
  private static ShownPerson shown(
      Staff.Member member, Caller caller, Standing standing, Leaving.@Nullable View left) {
    return new ShownPerson(
        member.person().id(),
        member.person().name(),
        member.person().active(),
        member.roles().stream()
            .filter(role -> isShown(role, caller))
            .map(role -> new ShownRole(role.store(), role.role()))
            .toList(),
        standing.password(),
        standing.oldPassword(),
        standing.hasSecondFactor(),
        standing.lastSignIn(),
        member.person().lastAct(),
        left == null ? null : new ShownEnd(left.leftAt(), left.complete(), left.completeAt()));
  }

  private void leaving(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID id = exchange.pathId("id");
    Leaving.View view =
        tenants.<Leaving.View, SQLException>read(
            caller.tenant(), scope -> leaving.of(scope, Acting.of(caller), id));
    exchange.answerJson(
        new ShownLeaving(
            view.leftAt(),
            view.complete(),
            view.completeAt(),
            view.devices().stream()
                .filter(device -> caller.sees(PermissionKey.USER_MANAGE, device.store()))
                .map(StaffRoutes::shown)
                .toList()));
  }

  private static ShownDevice shown(Leaving.Heard device) {
    return new ShownDevice(
        device.id(),
        device.name(),
        device.store(),
        device.state().name().toLowerCase(Locale.ROOT),
        device.confirmedAt() != null,
        device.confirmedAt(),
        device.lastSeen());
  }

  private static boolean isShown(Assignment role, Caller caller) {
    return caller.sees(PermissionKey.USER_MANAGE, role.store());
  }

  private void add(Exchange exchange) throws Exception {
    Add request = Exchange.document(exchange.body(REQUEST_BYTES), Add.class);
    require(request.name(), request.role());
    UUID id =
        write(
            exchange,
            (scope, acting) ->
                staff.add(scope, acting, request.name(), request.role(), request.store()).id());
    exchange.answerJson(new Added(id));
  }

  private void rename(Exchange exchange) throws Exception {
    Rename request = Exchange.document(exchange.body(REQUEST_BYTES), Rename.class);
    require(request.name());
    done(exchange, (scope, acting, id) -> staff.rename(scope, acting, id, request.name()));
  }

  private void assign(Exchange exchange) throws Exception {
    Assign request = Exchange.document(exchange.body(REQUEST_BYTES), Assign.class);
    require(request.role());
    done(
        exchange,
        (scope, acting, id) -> staff.assign(scope, acting, id, request.store(), request.role()));
  }

  private void unassign(Exchange exchange) throws Exception {
    UUID store = exchange.queryIdOrNull("store");
    done(exchange, (scope, acting, id) -> staff.unassign(scope, acting, id, store));
  }

  private void joinCode(Exchange exchange) throws Exception {
    UUID id = exchange.pathId("id");
    exchange.answerJson(
        new Code(write(exchange, (scope, acting) -> staff.joinCode(scope, acting, id))));
  }

  private void passwordCode(Exchange exchange) throws Exception {
    UUID id = exchange.pathId("id");
    exchange.answerJson(
        new Code(write(exchange, (scope, acting) -> staff.passwordCode(scope, acting, id))));
  }

  private void forgetFactor(Exchange exchange) throws Exception {
    done(exchange, staff::forgetFactor);
  }

  private void resetPins(Exchange exchange) throws Exception {
    done(exchange, staff::resetPins);
  }

  private void leave(Exchange exchange) throws Exception {
    done(exchange, staff::leave);
  }

  private void erase(Exchange exchange) throws Exception {
    done(exchange, staff::erase);
  }

  /** What is done to the person in the path. */
  @FunctionalInterface
  private interface Act {
    void on(TenantScope scope, Acting acting, UUID person) throws SQLException;
  }

  /** What is done and gives something back. */
  @FunctionalInterface
  private interface Work<T> {
    T run(TenantScope scope, Acting acting) throws SQLException;
  }

  private void done(Exchange exchange, Act act) throws SQLException {
    UUID id = exchange.pathId("id");
    write(
        exchange,
        (scope, acting) -> {
          act.on(scope, acting, id);
          return id;
        });
    exchange.answerJson(new Done("done"));
  }

  private <T> T write(Exchange exchange, Work<T> work) throws SQLException {
    Caller caller = exchange.caller();
    Acting acting = Acting.of(caller);
    return tenants.<T, SQLException>write(caller.tenant(), scope -> work.run(scope, acting));
  }

  /** Missing fields are null here: what came is not trusted to be whole. */
  private static void require(@Nullable String... texts) {
    for (String text : texts) {
      if (text == null) {
        throw RefusedRequest.malformed("A field is missing.");
      }
    }
  }
}
