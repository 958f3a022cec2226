package dev.countersign.server.http;

import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.CosignedCheckpoints;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.account.Devices;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;

/** Devices as witnesses: each brings what it cosigned, and takes what the others did. */
public final class CosignatureRoutes {
  private static final int REQUEST_BYTES = 8 * 1024;

  private final Tenants tenants;
  private final Devices devices;
  private final Cosignatures cosignatures;
  private final AuditLog log;

  public CosignatureRoutes(
      Tenants tenants, Devices devices, Cosignatures cosignatures, AuditLog log) {
    this.tenants = tenants;
    this.devices = devices;
    this.cosignatures = cosignatures;
    this.log = log;
  }

  /** What a device brings. */
  record Cosigned(String checkpoint) {}

  public List<Route> routes() {
    return List.of(Route.post(Routes.COSIGNATURES, Access.DEVICE, this::take));
  }

  private void take(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    String text = Exchange.document(exchange.body(REQUEST_BYTES), Cosigned.class).checkpoint();
    if (text == null) {
      throw RefusedRequest.malformed("A checkpoint is missing.");
    }
    String address = exchange.address();
    exchange.answerJson(
        tenants.<CosignedCheckpoints, SQLException>write(
            device.tenant(), scope -> take(scope, device, address, text)));
  }

  private CosignedCheckpoints take(TenantScope scope, SignedIn asking, String address, String text)
      throws SQLException {
    Device device =
        devices.find(scope, asking.device()).orElseThrow(RefusedRequest::unauthenticated);
    LogKey witness = LogKey.ofDevice(device.id(), device.publicKey());
    switch (cosignatures.take(scope, witness, device.id(), text)) {
      case KEPT -> {}
      case CONTRADICTS ->
          log.append(
              scope,
              List.of(
                  AuditEntry.aboutDevice(
                      scope.clock().instant(),
                      AuditEntry.DEVICE,
                      device.id(),
                      address,
                      "log.contradicted",
                      "")));
      case REFUSED ->
          throw RefusedRequest.malformed(
              "Not a checkpoint of this log under its key, cosigned by this device.");
    }
    return cosignatures.newest(scope);
  }
}
