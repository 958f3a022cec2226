package dev.countersign.server.account;

import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The single-use codes of a tenant; what is kept is the key derived from a code, not the code. */
final class EnrolmentCodes {
  /**
   * A code as stored.
   *
   * @param device which device used it, or null
   */
  record Code(
      String code,
      byte[] key,
      DeviceKind kind,
      UUID store,
      @Nullable UUID register,
      UUID firstUser,
      Instant expires,
      long tries,
      @Nullable UUID device) {
    boolean isOpen(Instant now) {
      return device == null && tries < Limits.CODE_TRIES && now.isBefore(expires);
    }
  }

  void add(TenantScope scope, Code code) throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO enrolment_code (code, code_key, kind, store, register, first_user,"
                + " expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
            code.code(),
            code.key(),
            code.kind().name(),
            code.store(),
            code.register(),
            code.firstUser(),
            code.expires());
  }

  Optional<Code> find(TenantScope scope, String code) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT code, code_key, kind, store, register, first_user, expires, tries, device"
                + " FROM enrolment_code WHERE code = ?",
            EnrolmentCodes::code,
            code);
  }

  void countTry(TenantScope scope, String code) throws SQLException {
    scope.db().update("UPDATE enrolment_code SET tries = tries + 1 WHERE code = ?", code);
  }

  /** Marks a code as used and forgets its key. */
  void use(TenantScope scope, String code, UUID device) throws SQLException {
    scope
        .db()
        .update(
            "UPDATE enrolment_code SET device = ?, code_key = ? WHERE code = ?",
            device,
            new byte[32],
            code);
  }

  /** Forgets the codes that have ended. */
  void forgetEnded(TenantScope scope, Instant now) throws SQLException {
    scope.db().update("DELETE FROM enrolment_code WHERE expires < ?", now);
  }

  private static Code code(Row row) throws SQLException {
    return new Code(
        row.text(1),
        row.bytes(2),
        DeviceKind.valueOf(row.text(3)),
        row.uuid(4),
        row.uuidOrNull(5),
        row.uuid(6),
        row.instant(7),
        row.integer(8),
        row.uuidOrNull(9));
  }
}
