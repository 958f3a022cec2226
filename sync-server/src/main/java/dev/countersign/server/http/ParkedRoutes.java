package dev.countersign.server.http;

import dev.countersign.common.protocol.ParkedName;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.customer.ParkedNames;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;

/** Where tills tell what the baskets are called that they put aside. */
public final class ParkedRoutes {
  private static final int NAME_BYTES = 1024;

  private final Tenants tenants;
  private final ParkedNames names;

  public ParkedRoutes(Tenants tenants, ParkedNames names) {
    this.tenants = tenants;
    this.names = names;
  }

  /** Answers what has no answer of its own. */
  record NameKept(String status) {}

  public List<Route> routes() {
    return List.of(Route.post(Routes.PARKED_NAME, Access.DEVICE, this::hear));
  }

  private void hear(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    ParkedName name = Exchange.document(exchange.body(NAME_BYTES), ParkedName.class);
    if (name.parked() == null || !name.fits()) {
      throw RefusedRequest.malformed("A field is missing or cannot hold this.");
    }
    boolean kept =
        tenants.<Boolean, SQLException>write(
            device.tenant(), scope -> names.hear(scope, device.device(), name));
    if (!kept) {
      throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
    }
    exchange.answerJson(new NameKept("kept"));
  }
}
