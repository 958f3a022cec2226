package dev.countersign.server.signin;

import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How people stand with what they sign in with; nothing of it opens a door. */
public final class Standings {
  /**
   * One person's.
   *
   * @param password true when there is one
   * @param oldPassword true when it was taken under rules before the present ones
   * @param app true with an authenticator app
   * @param passkeys how many
   * @param lastSignIn null when there was none
   */
  public record Standing(
      boolean password,
      boolean oldPassword,
      boolean app,
      int passkeys,
      @Nullable Instant lastSignIn) {
    /** Of somebody who never set anything up. */
    public static final Standing NONE = new Standing(false, false, false, 0, null);

    /** True with an app or a passkey. */
    public boolean hasSecondFactor() {
      return app || passkeys > 0;
    }
  }

  Standings() {}

  /** How everybody stands who ever set something up; the others are {@link Standing#NONE}. */
  public Map<UUID, Standing> all(TenantScope scope) throws SQLException {
    Map<UUID, Long> policies =
        map(scope, "SELECT person, policy FROM person_password", row -> row.integer(2));
    Map<UUID, Boolean> apps =
        map(scope, "SELECT person, confirmed FROM second_factor", row -> row.flag(2));
    Map<UUID, Long> passkeys =
        map(scope, "SELECT person, COUNT(*) FROM passkey GROUP BY person", row -> row.integer(2));
    Map<UUID, Instant> signIns =
        map(scope, "SELECT person, at FROM last_sign_in", row -> row.instant(2));
    Set<UUID> everybody = new HashSet<>(policies.keySet());
    everybody.addAll(apps.keySet());
    everybody.addAll(passkeys.keySet());
    everybody.addAll(signIns.keySet());
    Map<UUID, Standing> all = new HashMap<>();
    for (UUID person : everybody) {
      Long policy = policies.get(person);
      all.put(
          person,
          new Standing(
              policy != null,
              policy != null && policy < Strength.POLICY,
              apps.getOrDefault(person, false),
              Math.toIntExact(passkeys.getOrDefault(person, 0L)),
              signIns.get(person)));
    }
    return all;
  }

  private static <T> Map<UUID, T> map(
      TenantScope scope, String sql, dev.countersign.common.sql.Db.Reader<T> value)
      throws SQLException {
    Map<UUID, T> map = new HashMap<>();
    scope.db().<SQLException>each(sql, (Row row) -> map.put(row.uuid(1), value.read(row)));
    return map;
  }
}
