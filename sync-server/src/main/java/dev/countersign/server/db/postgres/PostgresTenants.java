package dev.countersign.server.db.postgres;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.Clerk;
import dev.countersign.server.tenant.ControlData;
import dev.countersign.server.tenant.OpenTenant;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.TenantStorage;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** All tenants in one PostgreSQL, kept apart by it; several servers may work on it at once. */
public final class PostgresTenants implements TenantStorage {
  private final Postgres postgres;
  private final List<String> seeds;

  public PostgresTenants(Postgres postgres, PostgresSchema schema) {
    this.postgres = postgres;
    this.seeds = schema.seeds();
  }

  @Override
  public OpenTenant create(Tenant tenant, Secret fileKey, Function<Db, TenantScope> scopes)
      throws SQLException {
    OpenTenant opened = open(tenant, fileKey, scopes);
    opened.<Integer, SQLException>write(
        scope -> {
          int rows = 0;
          for (String seed : seeds) {
            rows += scope.db().update(seed);
          }
          return rows;
        });
    return opened;
  }

  @Override
  public OpenTenant open(Tenant tenant, Secret fileKey, Function<Db, TenantScope> scopes) {
    return new Open(postgres, tenant.id(), scopes);
  }

  /**
   * Takes in a tenant that comes from elsewhere, all of it in one transaction.
   *
   * @param rows writes the tenant's own data
   * @param beside writes what the control data says of it, last of all
   */
  public <T, E extends Exception> T admit(
      UUID id,
      Function<Db, TenantScope> scopes,
      Tenants.Work<T, E> rows,
      ControlData.Step<Boolean> beside)
      throws SQLException, E {
    return postgres.<T, E>admit(id, db -> rows.run(scopes.apply(db)), beside::run);
  }

  /** A tenant. */
  private static final class Open implements OpenTenant {
    private final Postgres postgres;
    private final UUID id;
    private final Function<Db, TenantScope> scopes;

    /**
     * This server's writers wait here and not with a connection in hand, so that a busy tenant does
     * not take them all.
     */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Clerk clerk;

    Open(Postgres postgres, UUID id, Function<Db, TenantScope> scopes) {
      this.postgres = postgres;
      this.id = id;
      this.scopes = scopes;
      this.clerk = Clerk.of(turn, this::transaction, scopes);
    }

    private void transaction(Clerk.Transaction.Work work) throws SQLException {
      postgres.<Boolean, SQLException>write(
          id,
          db -> {
            work.run(db);
            return true;
          });
    }

    @Override
    public <T, E extends Exception> T write(Tenants.Work<T, E> work) throws SQLException, E {
      turn.lock();
      try {
        return postgres.<T, E>write(id, db -> work.run(scopes.apply(db)));
      } finally {
        turn.unlock();
      }
    }

    @Override
    public <T, E extends Exception> T writeAmong(Tenants.Work<T, E> work) throws SQLException, E {
      return clerk.write(work);
    }

    @Override
    public <T, E extends Exception> T read(Tenants.Work<T, E> work) throws SQLException, E {
      return postgres.<T, E>read(id, db -> work.run(scopes.apply(db)));
    }

    @Override
    public void close() {
      clerk.close();
      turn.lock();
      turn.unlock();
    }
  }
}
