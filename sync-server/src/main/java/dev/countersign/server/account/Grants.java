package dev.countersign.server.account;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.GrantSheet.Holder;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Gives devices their sheets of rights, and remembers every one: a change is judged by the sheet
 * that it names. What people may do is stored once, however often a sheet is renewed.
 */
public final class Grants {
  private static final String SHEET =
      """
      SELECT grant_sheet.id, grant_sheet.device, grant_sheet.store, grant_sheet.issued, sell_until, override_until, office_until,
        body FROM grant_sheet JOIN grant_people ON grant_people.hash = grant_sheet.people
      """;

  private final People people;
  private final Rules rules;
  private final UuidV7 ids;

  public Grants(People people, Rules rules, UuidV7 ids) {
    this.people = people;
    this.rules = rules;
    this.ids = ids;
  }

  /** The people of a sheet, as they are stored. */
  private record Holders(List<Holder> people) {}

  /**
   * A new sheet for a device.
   *
   * @param scope for writing
   */
  public Envelope issue(TenantScope scope, Device device) throws SQLException {
    List<Holder> holders =
        people.rightsIn(scope, device.store()).stream()
            .map(
                worker ->
                    new Holder(
                        worker.id(),
                        worker.name(),
                        worker.role().name(),
                        permissions(worker.role())))
            .toList();
    byte[] body = Json.encode(new Holders(holders));
    Hash hash = Hash.of(body);
    Instant now = scope.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Instant sell = now.plus(rules.value(scope, Rules.Name.SELL));
    Instant override = now.plus(rules.value(scope, Rules.Name.OVERRIDE));
    Instant office = now.plus(rules.value(scope, Rules.Name.OFFICE));
    GrantSheet fresh =
        new GrantSheet(
            ids.next(),
            scope.tenantId(),
            device.id(),
            device.store(),
            device.environment().word(),
            now,
            sell,
            override,
            office,
            holders);
    store(scope, fresh, hash, body);
    return Envelope.seal(GrantSheet.PAYLOAD_TYPE, Json.encode(fresh), "server", scope.serverKey());
  }

  /** The sheet of this id, when it was this device's. */
  public static Optional<GrantSheet> find(TenantScope scope, UUID id, UUID device)
      throws SQLException {
    return scope
        .db()
        .first(
            SHEET + "WHERE grant_sheet.id = ? AND device = ?",
            row -> sheet(scope, row),
            id,
            device);
  }

  private static void store(TenantScope scope, GrantSheet sheet, Hash hash, byte[] body)
      throws SQLException {
    boolean known =
        scope
            .db()
            .first("SELECT 1 FROM grant_people WHERE hash = ?", row -> row.integer(1), hash)
            .isPresent();
    if (!known) {
      scope.db().update("INSERT INTO grant_people (hash, body) VALUES (?, ?)", hash, body);
    }
    scope
        .db()
        .update(
            "INSERT INTO grant_sheet (id, device, store, issued, sell_until, override_until,"
                + " office_until, people) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            sheet.id(),
            sheet.device(),
            sheet.store(),
            sheet.issued(),
            sheet.sellUntil(),
            sheet.overrideUntil(),
            sheet.officeUntil(),
            hash);
  }

  private static GrantSheet sheet(TenantScope scope, Row row) throws SQLException {
    return new GrantSheet(
        row.uuid(1),
        scope.tenantId(),
        row.uuid(2),
        row.uuid(3),
        scope.environment().word(),
        row.instant(4),
        row.instant(5),
        row.instant(6),
        row.instant(7),
        Json.decode(row.bytes(8), Holders.class).people());
  }

  private static Map<String, String> permissions(Role role) {
    Map<String, String> permissions = new TreeMap<>();
    for (Map.Entry<PermissionKey, Decision> each : role.decisions().entrySet()) {
      permissions.put(each.getKey().key(), each.getValue().name());
    }
    return permissions;
  }
}
