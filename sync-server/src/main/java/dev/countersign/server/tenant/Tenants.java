package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.sql.Migrations;
import dev.countersign.server.config.DataFolder;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The only source of a transaction. Every tenant has a file and a key of its own; work names the
 * tenant and is handed that tenant's scope, so that reaching over to another one is not something a
 * mistake can do. Safe for any thread.
 */
public final class Tenants implements AutoCloseable {
  private final DataFolder folder;
  private final ControlFile control;
  private final Migrations migrations;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<UUID, OpenTenant> open = new ConcurrentHashMap<>();

  /** Opens every tenant there is and brings its file up to date. */
  public Tenants(
      DataFolder folder,
      ControlFile control,
      Migrations migrations,
      InstantSource clock,
      SecureRandom random)
      throws IOException, SQLException {
    this.folder = folder;
    this.control = control;
    this.migrations = migrations;
    this.clock = clock;
    this.random = random;
    try {
      for (Tenant tenant : control.tenants()) {
        open.put(tenant.id(), openFile(tenant, control.keys(tenant.id())));
      }
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Work for one tenant. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run(TenantScope scope) throws SQLException, E;
  }

  /**
   * Makes a tenant with a file, a file key and a log key of its own. The file is complete before
   * the control file knows of it.
   *
   * @throws SQLException of the kind {@link SqlFaults.Fault#CONSTRAINT} when the name is taken
   */
  public Tenant create(UUID id, String name, String currency, String environment)
      throws IOException, SQLException {
    Tenant tenant = new Tenant(id, name, currency, environment, clock.instant());
    var keys =
        new ControlFile.TenantKeys(
            Secret.random(Sealing.KEY_LENGTH, random), SigningKey.generate(random));
    OpenTenant opened = openFile(tenant, keys);
    try {
      try (Secret fileKey = keys.fileKey().copy()) {
        control.addTenant(tenant, fileKey, keys.logKey());
      }
      open.put(id, opened);
      return tenant;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  public List<Tenant> list() throws SQLException {
    return control.tenants();
  }

  public Optional<Tenant> find(UUID id) throws SQLException {
    return control.tenant(id);
  }

  /**
   * Runs work in the tenant's one writing transaction: durable when this returns, undone when the
   * work throws. Writers wait for each other in the order they came.
   *
   * @throws UnknownTenantException when there is no such tenant
   */
  public <T, E extends Exception> T write(UUID tenant, Work<T, E> work) throws SQLException, E {
    return of(tenant).write(work);
  }

  /**
   * Runs work on one consistent state of the tenant's file, beside any writer.
   *
   * @throws UnknownTenantException when there is no such tenant
   */
  public <T, E extends Exception> T read(UUID tenant, Work<T, E> work) throws SQLException, E {
    return of(tenant).read(work);
  }

  private OpenTenant of(UUID tenant) {
    OpenTenant found = open.get(tenant);
    if (found == null) {
      throw new UnknownTenantException();
    }
    return found;
  }

  private OpenTenant openFile(Tenant tenant, ControlFile.TenantKeys keys)
      throws IOException, SQLException {
    return OpenTenant.open(
        tenant,
        folder.tenantFile(tenant.id().toString()),
        keys,
        migrations,
        control.serverKey(),
        clock);
  }

  /** Waits for work under way, then closes readers before writers. */
  @Override
  public void close() throws SQLException {
    for (OpenTenant tenant : open.values()) {
      tenant.close();
    }
    open.clear();
  }
}
