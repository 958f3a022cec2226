package dev.countersign.server.launch;

import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.audit.LeafRun;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A real server on a real port over TLS, with a clock that a test moves, and one shop. */
final class RunningServer implements AutoCloseable {
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
  final ConcurrentLinkedQueue<String> requestLog = new ConcurrentLinkedQueue<>();
  final SyncServer server;
  final Tenant tenant;
  final Store store;
  final Register register;
  final Person cashier;

  RunningServer(Path data) throws Exception {
    this(data, RunningServer::forManyRequests);
  }

  RunningServer(Path data, Stored stored) throws Exception {
    this(prepared(data, stored), RunningServer::forManyRequests);
  }

  RunningServer(Path data, Stored stored, UnaryOperator<ServerConfig> settings) throws Exception {
    this(prepared(data, stored), settings);
  }

  private RunningServer(RunningServer before, SyncServer again) {
    now.set(before.now.get());
    server = again;
    tenant = before.tenant;
    store = before.store;
    register = before.register;
    cashier = before.cashier;
  }

  /** The same shop on a server that was started again over its data. */
  RunningServer on(SyncServer again) {
    return new RunningServer(this, again);
  }

  /** A test that tries every key on every route is one address with very many requests. */
  private static ServerConfig forManyRequests(ServerConfig config) {
    return config.limitedTo(60_000, 20_000);
  }

  private static Path prepared(Path data, Stored stored) throws Exception {
    if (stored == Stored.IN_POSTGRES) {
      TestPostgres.forget();
      TestPostgres.nameIn(data);
    }
    return data;
  }

  RunningServer(Path data, UnaryOperator<ServerConfig> settings) throws Exception {
    server = SyncServer.start(settings.apply(ServerConfig.in(data)), surroundings());
    Provisioning desk = server.provisioning();
    tenant = desk.addTenant("Corner Shop", "USD", "practice");
    store = desk.addStore(tenant.id(), "12", "Main Street", ZoneId.of("America/Chicago"));
    register = desk.addRegister(tenant.id(), store.id(), "1");
    cashier = desk.addUser(tenant.id(), "Sam", "cashier", store.id());
  }

  Surroundings surroundings() {
    return Surroundings.real()
        .withPostgresPassword("-")
        .withClock(now::get)
        .withRequestLog(requestLog::add);
  }

  Provisioning desk() {
    return server.provisioning();
  }

  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  EnrolmentTicket tillTicket() throws Exception {
    return desk().tillTicket(tenant.id(), register.id(), cashier.id());
  }

  EnrolmentTicket officeTicket() throws Exception {
    return desk().officeTicket(tenant.id(), store.id(), cashier.id());
  }

  /** Writes a sale of 9.95 into the books, as ingest does for one that counts; its id. */
  UUID sold(UUID store, LocalDate day) throws Exception {
    return server.tenants().<UUID, Exception>write(tenant.id(), scope -> sold(scope, store, day));
  }

  /** The same within work. */
  UUID sold(TenantScope scope, UUID store, LocalDate day) throws SQLException {
    UUID id = UUID.randomUUID();
    long seq = new FeedTable().head(scope) + 1;
    scope
        .db()
        .update(
            """
            INSERT INTO sale (seq, id, device, receipt, store, register, shift, at,
              business_date, actor, lines, total, currency, verdict, code, batch, change_number,
              received)
            VALUES (?, ?, ?, '12-1-000001', ?, ?, ?, ?, ?, ?, 1, 995, 'USD', 'ACCEPTED', '', 1,
              1, ?)\
            """,
            seq,
            id,
            id,
            store,
            register.id(),
            id,
            day.atStartOfDay(ZoneOffset.UTC).toInstant(),
            day,
            cashier.id(),
            now.get());
    return id;
  }

  /** The newest number of the feed. */
  long head() throws Exception {
    return server
        .tenants()
        .<Long, Exception>read(tenant.id(), scope -> new FeedTable().head(scope));
  }

  /** Runs a statement in the tenant's writing transaction. */
  void change(String sql) throws Exception {
    server.tenants().<Integer, Exception>write(tenant.id(), scope -> scope.db().update(sql));
  }

  long number(String sql, Object... parameters) throws Exception {
    return server
        .tenants()
        .<Long, Exception>read(
            tenant.id(),
            scope -> scope.db().first(sql, row -> row.integer(1), parameters).orElse(0L));
  }

  /** Every entry of the audit log, a line each. */
  String auditLog() throws Exception {
    StringBuilder lines = new StringBuilder();
    server
        .tenants()
        .<List<byte[]>, Exception>read(
            tenant.id(),
            scope ->
                scope
                    .db()
                    .list(
                        "SELECT leaves FROM audit_run ORDER BY first",
                        row -> LeafRun.unpack(row.bytes(1))))
        .forEach(run -> lines.append(new String(run, StandardCharsets.UTF_8)));
    return lines.toString();
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
