package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.sql.Db;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a tenant beside its own data, on the way to other control data: who it is, its
 * keys, and every row that names it. The keys are sealed anew where it arrives, as the master key
 * may be another there.
 */
public final class Luggage implements AutoCloseable {
  private final Tenant tenant;
  private final ControlFile.TenantKeys keys;
  private final Map<TableShape, List<List<@Nullable Object>>> rows;

  private Luggage(
      Tenant tenant,
      ControlFile.TenantKeys keys,
      Map<TableShape, List<List<@Nullable Object>>> rows) {
    this.tenant = tenant;
    this.keys = keys;
    this.rows = rows;
  }

  /**
   * Packs what a control file holds.
   *
   * @throws UnknownTenantException when there is no such tenant
   */
  public static Luggage pack(ControlFile control, UUID id) throws IOException, SQLException {
    Tenant tenant = control.tenant(id).orElseThrow(UnknownTenantException::new);
    Map<TableShape, List<List<@Nullable Object>>> rows =
        control.run(
            db -> {
              Map<TableShape, List<List<@Nullable Object>>> found = new LinkedHashMap<>();
              for (TableShape shape : TableShape.in(db)) {
                if (isOfTenants(shape)) {
                  found.put(shape, rows(db, shape, id));
                }
              }
              return found;
            });
    return new Luggage(tenant, control.keys(id), rows);
  }

  private static boolean isOfTenants(TableShape shape) {
    if (!shape.has("tenant") || shape.name().equals("departure")) {
      return false;
    }
    if (shape.columns().stream().anyMatch(column -> column.name().startsWith("wrapped"))) {
      // It would arrive sealed under a key that is not there.
      throw new IllegalStateException("nobody knows how to carry the keys in " + shape.name());
    }
    return true;
  }

  private static List<List<@Nullable Object>> rows(Db db, TableShape shape, UUID tenant)
      throws SQLException {
    return db.list(
        "SELECT "
            + shape.columnList()
            + " FROM "
            + shape.name()
            + " WHERE tenant = ? ORDER BY "
            + shape.order(),
        shape::read,
        tenant);
  }

  public Tenant tenant() {
    return tenant;
  }

  /** Signs the tenant's checkpoints, here and there. */
  public SigningKey logKey() {
    return keys.logKey();
  }

  /** Comes from the tenant's key, so it is the same here and there. */
  public Secret sealingKey() {
    return keys.sealingKey();
  }

  /** Comes from the tenant's key as well. */
  public Secret wipeKey() {
    return keys.wipeKey();
  }

  /**
   * Writes it into other control data.
   *
   * @param control seals the keys
   * @param db its tables, in the transaction that brings the tenant's own data
   * @throws SQLException of the kind {@link SqlFaults.Fault#CONSTRAINT} when the name is taken
   */
  public void unpack(ControlFile control, Db db) throws SQLException {
    control.addTenant(db, tenant, keys.fileKey(), keys.logKey());
    for (var table : rows.entrySet()) {
      for (List<@Nullable Object> row : table.getValue()) {
        db.update(table.getKey().insert(1), new ArrayList<>(row).toArray());
      }
    }
  }

  @Override
  public void close() {
    keys.close();
  }

  /** Never the keys. */
  @Override
  public String toString() {
    return "Luggage[" + tenant.id() + ", ••••]";
  }
}
