package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * Where tenants' data lies: a file each, or one PostgreSQL for all. What it lends reaches one
 * tenant's rows and no other's.
 */
public interface TenantStorage {
  /**
   * Makes room for a new tenant and opens it.
   *
   * @param fileKey seals a file, where there is one; stays the caller's to close after the tenant
   * @param scopes makes what work is handed of a connection
   */
  OpenTenant create(Tenant tenant, Secret fileKey, Function<Db, TenantScope> scopes)
      throws IOException, SQLException;

  /** Opens a tenant that was created before, perhaps by an older program or another server. */
  OpenTenant open(Tenant tenant, Secret fileKey, Function<Db, TenantScope> scopes)
      throws IOException, SQLException;
}
