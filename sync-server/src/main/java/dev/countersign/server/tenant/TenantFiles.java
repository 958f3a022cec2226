package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.server.config.DataFolder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Function;

/** An SQLCipher file with a key of its own for every tenant. */
public final class TenantFiles implements TenantStorage {
  private final DataFolder folder;
  private final Migrations migrations;

  public TenantFiles(DataFolder folder, Migrations migrations) {
    this.folder = folder;
    this.migrations = migrations;
  }

  @Override
  public OpenTenant create(Tenant tenant, Secret fileKey, Function<Db, TenantScope> scopes)
      throws IOException, SQLException {
    return open(tenant, fileKey, scopes);
  }

  @Override
  public OpenTenant open(Tenant tenant, Secret fileKey, Function<Db, TenantScope> scopes)
      throws IOException, SQLException {
    return TenantFile.open(folder.tenantFile(tenant.id().toString()), fileKey, migrations, scopes);
  }
}
