package dev.countersign.server.account;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.WipeOrder;
import dev.countersign.common.sql.Row;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Orders to devices to hand over what they have and to forget their keys. An order is kept as its
 * facts and signed when it is asked for, so that it always bears the server's key of that day. A
 * revoked device gets one too.
 */
public final class Wipes {
  private static final String COLUMNS =
      "SELECT id, ordered_at, parts, taken, wiped_at FROM wipe_order WHERE device = ?";

  private final Devices devices;
  private final Journal journal;
  private final UuidV7 ids;

  public Wipes(Devices devices, Journal journal, UuidV7 ids) {
    this.devices = devices;
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * An order as it stands.
   *
   * @param parts how many the device said there are; null before it has said so
   * @param taken how many of them the server has
   * @param wiped when the last one came; null before
   */
  public record Order(
      UUID id, Instant ordered, @Nullable Long parts, long taken, @Nullable Instant wiped) {}

  /**
   * Orders a device that is in use to wipe itself; false when it is not in use any more.
   *
   * @param scope for writing
   */
  public boolean order(TenantScope scope, By by, UUID device) throws SQLException {
    int changed =
        scope
            .db()
            .update(
                "UPDATE device SET state = 'wiping' WHERE id = ? AND state IN ('active', 'frozen')",
                device);
    if (changed == 0) {
      return false;
    }
    add(scope, device);
    journal.noteAbout(scope, by, device, AuditEntry.DEVICE_WIPE_ORDERED);
    return true;
  }

  /**
   * What a device that is cut off is to be told: its order, signed now. Empty for a device in use.
   *
   * @param scope for writing: a revoked device's order is made when it is first heard of
   */
  public Optional<String> document(TenantScope scope, UUID device) throws SQLException {
    Optional<Device> found = devices.find(scope, device);
    if (found.isEmpty() || !found.get().state().isCutOff()) {
      return Optional.empty();
    }
    Optional<Order> standing = find(scope, device);
    Order order = standing.isPresent() ? standing.get() : add(scope, device);
    var said =
        new WipeOrder(
            order.id(),
            scope.tenantId(),
            device,
            found.get().environment().word(),
            order.ordered(),
            last(scope, device),
            StrictBase64.encode(SealedBox.publicKey(scope.wipeKey())));
    return Optional.of(
        StrictBase64.encode(
            Envelope.seal(WipeOrder.PAYLOAD_TYPE, Json.encode(said), "server", scope.serverKey())
                .encode()));
  }

  private static long last(TenantScope scope, UUID device) throws SQLException {
    return scope
        .db()
        .first("SELECT last_batch FROM device WHERE id = ?", row -> row.integer(1), device)
        .orElse(0L);
  }

  /** The order that a device was given. */
  public Optional<Order> find(TenantScope scope, UUID device) throws SQLException {
    return scope.db().first(COLUMNS, Wipes::order, device);
  }

  /** The device has said how many parts there are. */
  public void announced(TenantScope scope, UUID device, int parts) throws SQLException {
    scope.db().update("UPDATE wipe_order SET parts = ? WHERE device = ?", parts, device);
  }

  /**
   * A part was taken in; with the last one the device counts as wiped.
   *
   * @param address where it came from
   */
  public void took(TenantScope scope, UUID device, long taken, long parts, String address)
      throws SQLException {
    scope.db().update("UPDATE wipe_order SET taken = ? WHERE device = ?", taken, device);
    if (taken < parts) {
      return;
    }
    scope
        .db()
        .update(
            "UPDATE wipe_order SET wiped_at = ? WHERE device = ?", scope.clock().instant(), device);
    scope
        .db()
        .update("UPDATE device SET state = 'wiped' WHERE id = ? AND state = 'wiping'", device);
    journal.noteAbout(scope, new By(AuditEntry.DEVICE, address), device, AuditEntry.DEVICE_WIPED);
  }

  private Order add(TenantScope scope, UUID device) throws SQLException {
    Order order = new Order(ids.next(), scope.clock().instant(), null, 0, null);
    scope
        .db()
        .update(
            "INSERT INTO wipe_order (device, id, ordered_at) VALUES (?, ?, ?)",
            device,
            order.id(),
            order.ordered());
    return order;
  }

  private static Order order(Row row) throws SQLException {
    return new Order(
        row.uuid(1),
        row.instant(2),
        row.integerOrNull(3),
        row.integer(4),
        row.integerOrNull(5) == null ? null : row.instant(5));
  }
}
