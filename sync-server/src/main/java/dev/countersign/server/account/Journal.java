package dev.countersign.server.account;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Puts what is done to people, places and devices into the audit log, in the same transaction. */
public final class Journal {
  private final AuditLog log;

  public Journal(AuditLog log) {
    this.log = log;
  }

  /** The operator did something to a thing. */
  public void note(TenantScope scope, String what, String entity) throws SQLException {
    note(scope, what, entity, "");
  }

  /** The operator did something to a thing; the detail holds no people's data. */
  public void note(TenantScope scope, String what, String entity, String detail)
      throws SQLException {
    note(scope, By.OPERATOR, what, entity, detail);
  }

  /** Somebody did something to a thing; the detail holds no people's data. */
  public void note(TenantScope scope, By by, String what, String entity, String detail)
      throws SQLException {
    log.append(
        scope, List.of(AuditEntry.act(now(scope), by.who(), by.address(), what, entity, detail)));
  }

  /** Forgets where somebody came from; see {@link AuditLog#forget}. */
  public void forget(TenantScope scope, UUID person) throws SQLException {
    log.forget(scope, person.toString());
  }

  /** A request over the network was refused. */
  void noteRefused(TenantScope scope, String what, String address, String entity)
      throws SQLException {
    log.append(
        scope, List.of(AuditEntry.act(now(scope), AuditEntry.DEVICE, address, what, entity, "")));
  }

  void noteEnrolled(TenantScope scope, UUID device, String address, VerifyKey key)
      throws SQLException {
    String shown = Enrolment.fingerprint(key, scope.serverKey().verifyKey());
    log.append(
        scope,
        List.of(
            AuditEntry.enrolled(
                now(scope), AuditEntry.DEVICE, device, address, key, "fingerprint " + shown)));
  }

  /** Something was done about a device, such as cutting it off. */
  public void noteAbout(TenantScope scope, By by, UUID device, String what) throws SQLException {
    log.append(
        scope,
        List.of(AuditEntry.aboutDevice(now(scope), by.who(), device, by.address(), what, "")));
  }

  private static Instant now(TenantScope scope) {
    return scope.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
