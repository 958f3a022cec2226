package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Successions;
import dev.countersign.server.account.Enrolling;
import dev.countersign.server.account.KeyRenewal;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How keys give way to their next: the server's and a log's are published as statements, so that
 * whoever was away can follow; a device brings its own.
 */
public final class SuccessionRoutes {
  private final Tenants tenants;
  private final ControlFile control;
  private final KeyRenewal renewal;

  public SuccessionRoutes(Tenants tenants, ControlFile control, KeyRenewal renewal) {
    this.tenants = tenants;
    this.control = control;
    this.renewal = renewal;
  }

  /**
   * A device's new key is registered.
   *
   * @param certificate the device certificate's envelope, base64
   */
  record Renewed(String certificate) {}

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.SERVER_KEYS, Access.OPEN, this::server),
        Route.get(Routes.LOG_KEYS, Access.OPEN, this::log),
        Route.post(Routes.DEVICE_KEY, Access.SIGNED_BODY, this::device));
  }

  private void server(Exchange exchange) throws Exception {
    exchange.answerJson(
        Successions.of(control.successions(Succession.Kind.SERVER, Succession.SERVER)));
  }

  private void log(Exchange exchange) throws Exception {
    UUID tenant = exchange.pathId("tenant");
    exchange.answerJson(
        tenants.<Successions, SQLException>read(
            tenant,
            scope ->
                Successions.of(
                    scope
                        .db()
                        .list(
                            "SELECT statement FROM log_key WHERE number > 1 ORDER BY number",
                            row -> row.bytes(1)))));
  }

  private void device(Exchange exchange) throws Exception {
    byte[] statement = exchange.body(Succession.LONGEST);
    Envelope envelope = Exchange.envelope(statement, Succession.CONSENT_TYPE);
    UUID device = id(envelope);
    String address = exchange.address();
    Optional<UUID> tenant = control.tenantOfDevice(device);
    KeyRenewal.Outcome outcome =
        tenant.isEmpty()
            ? new KeyRenewal.Outcome.Refused()
            : tenants.<KeyRenewal.Outcome, SQLException>write(
                tenant.get(), scope -> renewal.renew(scope, device, statement, address));
    switch (outcome) {
      case KeyRenewal.Outcome.Renewed(var renewed) -> {
        exchange.noteDevice(device);
        exchange.answerJson(
            tenants.<Renewed, SQLException>read(
                tenant.orElseThrow(),
                scope ->
                    new Renewed(
                        StrictBase64.encode(Enrolling.certificate(scope, renewed).encode()))));
      }
      case KeyRenewal.Outcome.Refused() ->
          throw RefusedRequest.of(
              403, "key-refused", "This statement does not give a device another key.");
    }
  }

  private static UUID id(Envelope envelope) {
    try {
      return UUID.fromString(envelope.keyId());
    } catch (IllegalArgumentException _) {
      throw RefusedRequest.of(403, Problem.SIGNATURE, "Not of a device.");
    }
  }
}
