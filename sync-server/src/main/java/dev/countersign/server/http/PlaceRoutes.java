package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Places;
import dev.countersign.server.account.Store;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The stores that a person looks into, with their registers: names for what else has only ids. */
public final class PlaceRoutes {
  private final Tenants tenants;
  private final Places places;

  public PlaceRoutes(Tenants tenants, Places places) {
    this.tenants = tenants;
    this.places = places;
  }

  /** A register. */
  record ShownRegister(UUID id, String name) {}

  /** A store with its registers. */
  record ShownStore(UUID id, String number, String name, List<ShownRegister> registers) {}

  /** All that are theirs to see. */
  record ShownPlaces(List<ShownStore> stores) {}

  public List<Route> routes() {
    return List.of(Route.get(Routes.PLACES, Access.person(PermissionKey.OFFICE_OPEN), this::list));
  }

  private void list(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    exchange.answerJson(
        tenants.<ShownPlaces, SQLException>read(
            caller.tenant(),
            scope -> {
              List<ShownStore> shown = new ArrayList<>();
              for (Store store : places.stores(scope)) {
                if (caller.sees(PermissionKey.OFFICE_OPEN, store.id())) {
                  shown.add(
                      new ShownStore(
                          store.id(),
                          store.number(),
                          store.name(),
                          places.registers(scope, store.id()).stream()
                              .map(each -> new ShownRegister(each.id(), each.name()))
                              .toList()));
                }
              }
              return new ShownPlaces(shown);
            }));
  }
}
