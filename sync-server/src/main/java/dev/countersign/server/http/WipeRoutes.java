package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.SealedParts;
import dev.countersign.common.protocol.WipeOrder;
import dev.countersign.server.ingest.HandOver;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where a wiped device hands over what it had not sent, also after it has forgotten its keys. */
public final class WipeRoutes {
  private static final int MOST_PARTS = 1_000_000;

  private final Tenants tenants;
  private final ControlFile control;
  private final HandOver handOver;

  public WipeRoutes(Tenants tenants, ControlFile control, HandOver handOver) {
    this.tenants = tenants;
    this.control = control;
    this.handOver = handOver;
  }

  public List<Route> routes() {
    return List.of(Route.post(Routes.WIPE, Access.SIGNED_BODY, this::take));
  }

  private void take(Exchange exchange) throws Exception {
    UUID device = exchange.pathId("id");
    long part = exchange.queryNumber("part");
    // Sealed, so no text: what is in it is quarantined, texts included.
    byte[] sealed = exchange.unreadBody(SealedParts.LONGEST_PART);
    String address = exchange.address();
    Optional<UUID> tenant = control.tenantOfDevice(device);
    if (tenant.isEmpty() || part > MOST_PARTS) {
      throw notFound();
    }
    HandOver.Outcome outcome =
        tenants.<HandOver.Outcome, SQLException>write(
            tenant.get(),
            scope -> handOver.take(scope, device, Math.toIntExact(part), sealed, address));
    switch (outcome) {
      case HandOver.Outcome.Taken(long parts, boolean complete) -> {
        exchange.noteDevice(device);
        exchange.answerJson(new WipeOrder.Taken(Math.toIntExact(parts), complete));
      }
      case HandOver.Outcome.Gap(long expected) ->
          throw new RefusedRequest(
              409, Problem.gap("Parts before this one are missing.", expected), 0);
      case HandOver.Outcome.Unknown() -> throw notFound();
      // Whoever guesses learns nothing: what does not open is as if it were not there.
      case HandOver.Outcome.Broken() -> throw notFound();
    }
  }

  private static RefusedRequest notFound() {
    return RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
  }
}
