package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Grants;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;

/** Where a device gets what its people may do. */
public final class GrantRoutes {
  private final Tenants tenants;
  private final Devices devices;
  private final Grants grants;

  public GrantRoutes(Tenants tenants, Devices devices, Grants grants) {
    this.tenants = tenants;
    this.devices = devices;
    this.grants = grants;
  }

  public List<Route> routes() {
    return List.of(Route.get(Routes.GRANTS, Access.DEVICE, this::sheet));
  }

  private void sheet(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    Envelope sheet =
        tenants.<Envelope, SQLException>write(
            device.tenant(),
            scope ->
                grants.issue(
                    scope,
                    devices
                        .find(scope, device.device())
                        .orElseThrow(RefusedRequest::unauthenticated)));
    exchange.answerBytes(sheet.encode());
  }
}
