package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.server.config.DataFolder;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only source of a transaction. Every tenant has its own room in the storage; work names the
 * tenant and is handed that tenant's scope, so that reaching over to another one is not something a
 * mistake can do. Safe for any thread.
 */
public final class Tenants implements AutoCloseable {
  private final TenantStorage storage;
  private final ControlFile control;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<UUID, Opened> open = new ConcurrentHashMap<>();
  private final Set<UUID> away = ConcurrentHashMap.newKeySet();
  private final Departures departures;
  private final Object opening = new Object();
  private final List<Consumer<UUID>> afterWriting = new CopyOnWriteArrayList<>();

  /** Keys that gave way are kept until the end: somebody may be signing with them. */
  private record Opened(OpenTenant data, Keys keys) {
    void close() throws SQLException {
      data.close();
      keys.close();
    }
  }

  private static final class Keys {
    private final List<ControlFile.TenantKeys> all = new CopyOnWriteArrayList<>();

    Keys(ControlFile.TenantKeys first) {
      all.add(first);
    }

    ControlFile.TenantKeys newest() {
      return all.getLast();
    }

    void close() {
      all.forEach(ControlFile.TenantKeys::close);
    }
  }

  /** Over files, each brought up to date. */
  public Tenants(
      DataFolder folder,
      ControlFile control,
      Migrations migrations,
      InstantSource clock,
      SecureRandom random)
      throws IOException, SQLException {
    this(new TenantFiles(folder, migrations), control, clock, random);
  }

  /** Opens every tenant there is. */
  public Tenants(
      TenantStorage storage, ControlFile control, InstantSource clock, SecureRandom random)
      throws IOException, SQLException {
    this.storage = storage;
    this.control = control;
    this.clock = clock;
    this.random = random;
    this.departures = new Departures(control);
    try {
      for (Departure departure : departures.all()) {
        away.add(departure.tenant());
      }
      for (Tenant tenant : list()) {
        open.put(tenant.id(), opened(tenant));
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
   * Makes a tenant with its room, a file key and a log key of its own. The room is complete before
   * the control data knows of it.
   *
   * @throws SQLException of the kind {@link SqlFaults.Fault#CONSTRAINT} when the name is taken
   * @throws OtherEnvironmentException when the server is of another environment
   */
  public Tenant create(UUID id, String name, String currency, Environment environment)
      throws IOException, SQLException {
    control.settle(environment);
    Tenant tenant = new Tenant(id, name, currency, environment, clock.instant());
    var keys =
        ControlFile.TenantKeys.of(
            Secret.random(Sealing.KEY_LENGTH, random), SigningKey.generate(random));
    Keys held = new Keys(keys);
    OpenTenant data = storage.create(tenant, keys.fileKey(), scopes(tenant, held));
    try {
      try (Secret fileKey = keys.fileKey().copy()) {
        control.addTenant(tenant, fileKey, keys.logKey());
      }
      open.put(id, new Opened(data, held));
      return tenant;
    } catch (SQLException | RuntimeException e) {
      data.close();
      keys.close();
      throw e;
    }
  }

  /** What all of them are for; empty until it was said. */
  public Optional<Environment> environment() throws SQLException {
    return control.environment();
  }

  /** Those that are served here, by name. */
  public List<Tenant> list() throws SQLException {
    return control.tenants().stream().filter(tenant -> !away.contains(tenant.id())).toList();
  }

  public Optional<Tenant> find(UUID id) throws SQLException {
    return control.tenant(id);
  }

  /**
   * Runs work in the tenant's one writing transaction: durable when this returns, undone when the
   * work throws. Writers wait for each other in the order they came.
   *
   * @throws UnknownTenantException when there is no such tenant
   * @throws TenantMovedException when it has left
   */
  public <T, E extends Exception> T write(UUID tenant, Work<T, E> work) throws SQLException, E {
    T result = of(tenant).write(here(tenant, work));
    afterWriting.forEach(told -> told.accept(tenant));
    return result;
  }

  /**
   * The same for work that many wait to do at once: what waits is made durable together, which
   * takes as long as one alone. Each is undone by itself when it throws; when they cannot be made
   * durable, all of them throw. It may run on another's thread, and twice, as when one of those
   * that it was to become durable with threw: it must not wait for anybody, and leaves nothing but
   * what it writes.
   */
  public <T, E extends Exception> T writeAmong(UUID tenant, Work<T, E> work)
      throws SQLException, E {
    T result = of(tenant).writeAmong(here(tenant, work));
    afterWriting.forEach(told -> told.accept(tenant));
    return result;
  }

  /**
   * Adds somebody who is told, on the thread that wrote, for which tenant something was committed
   * by this server; must be quick and throw nothing.
   */
  public void addListener(Consumer<UUID> written) {
    afterWriting.add(written);
  }

  /**
   * Runs work on one consistent state of the tenant's file, beside any writer.
   *
   * @throws UnknownTenantException when there is no such tenant
   * @throws TenantMovedException when it has left
   */
  public <T, E extends Exception> T read(UUID tenant, Work<T, E> work) throws SQLException, E {
    return of(tenant).read(here(tenant, work));
  }

  /** Looked at when the work's turn has come: it may have waited while the tenant left. */
  private <T, E extends Exception> Work<T, E> here(UUID tenant, Work<T, E> work) {
    return scope -> {
      requireHere(tenant);
      return work.run(scope);
    };
  }

  private void requireHere(UUID tenant) {
    if (away.contains(tenant)) {
      throw new TenantMovedException();
    }
  }

  /**
   * From now on nothing is done for a tenant here, also after a restart, until {@link #stays}.
   *
   * @param destination the data folder of the server that it goes to
   */
  public void leaves(UUID tenant, String destination) throws SQLException {
    away.add(tenant);
    departures.begin(tenant, destination);
  }

  /** It has arrived: it never comes back here. */
  public void hasLeft(UUID tenant) throws SQLException {
    departures.finish(tenant);
  }

  /** It has not arrived and is served here again; one that has left for good is not. */
  public void stays(UUID tenant) throws SQLException {
    departures.cancel(tenant);
    if (departures.all().stream().noneMatch(departure -> departure.tenant().equals(tenant))) {
      away.remove(tenant);
    }
  }

  /** Those that have left, or are just leaving. */
  public List<Departure> departures() throws SQLException {
    return departures.all();
  }

  /**
   * Gives a tenant's log another key from here on; the statement stands in the control data.
   *
   * @throws UnknownTenantException when there is no such tenant
   */
  public void rotateLogKey(UUID id) throws IOException, SQLException {
    of(id);
    synchronized (opening) {
      Opened opened = open.get(id);
      if (opened == null) {
        throw new UnknownTenantException();
      }
      control.rotateLogKey(id, opened.keys().newest().logKey(), clock.instant());
      opened.keys().all.add(control.keys(id));
    }
  }

  /** Another server on the same data may have made a tenant since this one started. */
  private OpenTenant of(UUID id) throws SQLException {
    requireHere(id);
    Opened found = open.get(id);
    if (found != null) {
      return found.data();
    }
    synchronized (opening) {
      Opened meanwhile = open.get(id);
      if (meanwhile != null) {
        return meanwhile.data();
      }
      Tenant tenant = control.tenant(id).orElseThrow(UnknownTenantException::new);
      try {
        Opened opened = opened(tenant);
        open.put(id, opened);
        return opened.data();
      } catch (IOException e) {
        throw new SQLException("a tenant cannot be opened", e);
      }
    }
  }

  private Opened opened(Tenant tenant) throws IOException, SQLException {
    ControlFile.TenantKeys keys = control.keys(tenant.id());
    Keys held = new Keys(keys);
    try {
      return new Opened(storage.open(tenant, keys.fileKey(), scopes(tenant, held)), held);
    } catch (IOException | SQLException | RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  private Function<Db, TenantScope> scopes(Tenant tenant, Keys keys) {
    return db ->
        new TenantScope(
            tenant.id(),
            tenant.currency(),
            tenant.environment(),
            db,
            keys.newest().logKey(),
            tenant.logOrigin(),
            control.serverKey(),
            keys.newest().sealingKey(),
            keys.newest().wipeKey(),
            clock);
  }

  /** Waits for work under way, then closes readers before writers. */
  @Override
  public void close() throws SQLException {
    for (Opened tenant : open.values()) {
      tenant.close();
    }
    open.clear();
  }
}
