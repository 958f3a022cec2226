package dev.countersign.server.launch;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Succession;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.KeyHistory;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of the server and of the tenants' logs, and how they give way to their next.
 * Devices that were away follow the statements by themselves. Safe for any thread.
 */
public final class KeyCare {
  private final ControlFile control;
  private final Tenants tenants;
  private final AuditLog log;
  private final Journal journal;
  private final InstantSource clock;

  KeyCare(
      ControlFile control, Tenants tenants, AuditLog log, Journal journal, InstantSource clock) {
    this.control = control;
    this.tenants = tenants;
    this.log = log;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * A key in use.
   *
   * @param kind {@code server} or {@code log}
   * @param owner {@code server}, or the tenant's name
   * @param number how many there were, this one included
   * @param key as it is published
   * @param since when it came into use
   */
  public record InUse(String kind, String owner, long number, String key, Instant since) {}

  private record Newest(long number, VerifyKey key, Instant since) {}

  /** Every signing key in use. */
  public List<InUse> list() throws SQLException {
    List<InUse> keys = new ArrayList<>();
    KeyHistory.Entry server = control.serverKeyInUse();
    keys.add(
        new InUse(
            "server", Succession.SERVER, server.number(), server.key().toBase64(), server.since()));
    for (Tenant tenant : tenants.list()) {
      settle(tenant.id());
      keys.add(
          tenants.<InUse, SQLException>read(
              tenant.id(),
              scope -> {
                Newest newest = newest(scope).orElseThrow();
                String shown = new LogKey(scope.logOrigin(), newest.key()).text();
                return new InUse("log", tenant.name(), newest.number(), shown, newest.since());
              }));
    }
    return keys;
  }

  /**
   * Gives the server a new key; every tenant's log says so.
   *
   * @param pin of the certificate that the server shows from its next start on; null when that
   *     stays
   */
  public void rotateServer(@Nullable String pin) throws IOException, SQLException {
    control.rotateServerKey(clock.instant(), pin);
    String shown = control.serverKey().verifyKey().toBase64();
    for (Tenant tenant : tenants.list()) {
      tenants.<Boolean, SQLException>write(
          tenant.id(),
          scope -> {
            journal.note(scope, By.OPERATOR, "server.key.rotated", Succession.SERVER, shown);
            return true;
          });
    }
  }

  /** Gives a tenant's log a new key; the log itself says so, under the new key. */
  public void rotateLog(UUID tenant) throws IOException, SQLException {
    settle(tenant);
    tenants.rotateLogKey(tenant);
    settle(tenant);
  }

  /**
   * Brings the tenant's own data in step with the key that signs its log: a server that was killed
   * between the two says so at its next start.
   */
  void settle(UUID tenant) throws SQLException {
    List<byte[]> statements = control.successions(Succession.Kind.LOG, tenant.toString());
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          Optional<Newest> standing = newest(scope);
          if (standing.isEmpty()) {
            add(scope, 1, firstKey(scope, statements), new byte[0], clock.instant());
          }
          for (byte[] statement : statements) {
            VerifyKey last = newest(scope).orElseThrow().key();
            Optional<Succession> next = Succession.read(statement, last);
            if (next.isPresent()) {
              follow(scope, next.get(), statement);
            }
          }
          return true;
        });
  }

  private void follow(TenantScope scope, Succession next, byte[] statement) throws SQLException {
    VerifyKey key = VerifyKey.fromBase64(next.key());
    add(scope, newest(scope).orElseThrow().number() + 1, key, statement, next.at());
    log.append(
        scope,
        List.of(
            AuditEntry.logKeyRotated(
                scope.clock().instant(), scope.tenantId(), key, Hash.of(statement))));
  }

  /** The key before the first succession, which is the one in use while there was none. */
  private static VerifyKey firstKey(TenantScope scope, List<byte[]> statements) {
    return statements.isEmpty()
        ? scope.logKey().verifyKey()
        : Succession.claimed(statements.getFirst())
            .map(said -> VerifyKey.fromBase64(said.previous()))
            .orElse(scope.logKey().verifyKey());
  }

  private static Optional<Newest> newest(TenantScope scope) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT number, public_key, since FROM log_key ORDER BY number DESC LIMIT 1",
            row -> new Newest(row.integer(1), VerifyKey.fromRaw(row.bytes(2)), row.instant(3)));
  }

  private static void add(
      TenantScope scope, long number, VerifyKey key, byte[] statement, Instant since)
      throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO log_key (number, public_key, statement, since) VALUES (?, ?, ?, ?)",
            number,
            key.raw(),
            statement,
            since);
  }
}
