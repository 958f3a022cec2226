package dev.countersign.server.integration;

import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.sql.Row;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of other systems, such as a shop's webhook secret. Each is sealed (AES-256-GCM) under the
 * tenant's data key; that one is random, and sealed under the tenant's key, which is sealed under
 * the master key. They go in and are used here; nothing gives one out again. Replacing one may
 * leave the old one good for a while, so that the other side can follow. Safe for any thread.
 */
public final class IntegrationSecrets {
  /** Longest value, in bytes of UTF-8. */
  public static final int LONGEST = 4_096;

  /** Longest time that an old value goes on. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final String COLUMNS = "name, created, changed, used, previous_until";

  private final Journal journal;
  private final SecureRandom random;

  public IntegrationSecrets(Journal journal, SecureRandom random) {
    this.journal = journal;
    this.random = random;
  }

  /**
   * What may be told of a secret.
   *
   * @param changed when this value was given, which says its age
   * @param used when it was last used, or null
   * @param overlapUntil until when the value before goes on, or null
   */
  public record Kept(
      String name,
      Instant created,
      Instant changed,
      @Nullable Instant used,
      @Nullable Instant overlapUntil) {}

  /**
   * Takes a secret in, new or in place of the one of that name.
   *
   * @param name a lower-case letter, then up to 63 of letters, digits, dots and hyphens
   * @param overlap how long the value before goes on; zero ends it now
   * @return true when there was none of that name
   * @throws RefusedException when a limit is broken; the message never holds the value
   */
  public boolean put(TenantScope scope, By by, String name, String value, Duration overlap)
      throws SQLException {
    byte[] bytes = checked(name, value, overlap);
    Instant now = now(scope);
    Optional<byte[]> standing =
        scope
            .db()
            .first(
                "SELECT sealed FROM integration_secret WHERE name = ?", row -> row.bytes(1), name);
    try (Secret dataKey = dataKey(scope);
        Secret secret = Secret.of(bytes)) {
      byte[] sealed = Sealing.seal(dataKey, secret.bytes(), label(name), random);
      if (standing.isEmpty()) {
        scope
            .db()
            .update(
                "INSERT INTO integration_secret (name, sealed, created, changed)"
                    + " VALUES (?, ?, ?, ?)",
                name,
                sealed,
                now,
                now);
      } else {
        scope
            .db()
            .update(
                "UPDATE integration_secret SET sealed = ?, previous = ?, previous_until = ?,"
                    + " changed = ? WHERE name = ?",
                sealed,
                overlap.isZero() ? null : standing.get(),
                overlap.isZero() ? null : now.plus(overlap),
                now,
                name);
      }
    }
    journal.note(scope, by, standing.isEmpty() ? "secret.added" : "secret.replaced", name, "");
    return standing.isEmpty();
  }

  /** Takes a secret away; false when there is none of that name. */
  public boolean remove(TenantScope scope, By by, String name) throws SQLException {
    if (scope.db().update("DELETE FROM integration_secret WHERE name = ?", name) == 0) {
      return false;
    }
    journal.note(scope, by, "secret.removed", name, "");
    return true;
  }

  /** What there is, by name. */
  public List<Kept> list(TenantScope scope) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT " + COLUMNS + " FROM integration_secret ORDER BY name",
            IntegrationSecrets::kept);
  }

  /**
   * The values of a secret that are good now, the newest first, and notes that it was used; empty
   * when there is none. Whoever asks closes them.
   *
   * @param scope for writing
   */
  public List<Secret> open(TenantScope scope, String name) throws SQLException {
    Instant now = now(scope);
    List<Secret> open = new ArrayList<>(2);
    try (Secret dataKey = dataKey(scope)) {
      scope
          .db()
          .each(
              "SELECT sealed, previous, previous_until FROM integration_secret WHERE name = ?",
              row -> {
                open.add(opened(dataKey, row.bytes(1), label(name)));
                Long until = row.integerOrNull(3);
                if (until != null && now.toEpochMilli() < until) {
                  open.add(opened(dataKey, row.bytes(2), label(name)));
                }
              },
              name);
    }
    scope.db().update("UPDATE integration_secret SET used = ? WHERE name = ?", now, name);
    return open;
  }

  /**
   * Seals the data key under another key of the tenant: part of changing that one, in the same
   * transaction. The secrets themselves stay as they are.
   *
   * @param fresh what {@link TenantScope#sealingKey} will be from now on
   */
  public void rewrap(TenantScope scope, Secret fresh) throws SQLException {
    Optional<byte[]> standing = sealedDataKey(scope);
    if (standing.isPresent()) {
      try (Secret dataKey = opened(scope.sealingKey(), standing.get(), dataKeyLabel(scope))) {
        byte[] sealed = Sealing.seal(fresh, dataKey.bytes(), dataKeyLabel(scope), random);
        scope.db().update("UPDATE secret_key SET sealed = ?", (Object) sealed);
      }
    }
  }

  /** Makes a new data key and seals every secret anew under it; returns how many. */
  public int renew(TenantScope scope, By by) throws SQLException {
    record Sealed(String name, byte[] current, byte @Nullable [] previous) {}
    List<Sealed> all =
        scope
            .db()
            .list(
                "SELECT name, sealed, previous FROM integration_secret",
                row -> new Sealed(row.text(1), row.bytes(2), row.bytesOrNull(3)));
    try (Secret old = dataKey(scope);
        Secret fresh = Secret.random(Sealing.KEY_LENGTH, random)) {
      for (Sealed each : all) {
        byte[] previous = each.previous();
        scope
            .db()
            .update(
                "UPDATE integration_secret SET sealed = ?, previous = ? WHERE name = ?",
                resealed(old, fresh, each.current(), each.name()),
                previous == null ? null : resealed(old, fresh, previous, each.name()),
                each.name());
      }
      byte[] sealed = Sealing.seal(scope.sealingKey(), fresh.bytes(), dataKeyLabel(scope), random);
      scope.db().update("UPDATE secret_key SET sealed = ?, made = ?", sealed, now(scope));
    }
    journal.note(scope, by, "secret-key.renewed", scope.tenantId().toString(), "" + all.size());
    return all.size();
  }

  private byte[] resealed(Secret old, Secret fresh, byte[] sealed, String name)
      throws SQLException {
    try (Secret value = opened(old, sealed, label(name))) {
      return Sealing.seal(fresh, value.bytes(), label(name), random);
    }
  }

  private Secret dataKey(TenantScope scope) throws SQLException {
    Optional<byte[]> standing = sealedDataKey(scope);
    if (standing.isPresent()) {
      return opened(scope.sealingKey(), standing.get(), dataKeyLabel(scope));
    }
    Secret fresh = Secret.random(Sealing.KEY_LENGTH, random);
    byte[] sealed = Sealing.seal(scope.sealingKey(), fresh.bytes(), dataKeyLabel(scope), random);
    scope.db().update("INSERT INTO secret_key VALUES (1, ?, ?)", sealed, now(scope));
    return fresh;
  }

  private static Optional<byte[]> sealedDataKey(TenantScope scope) throws SQLException {
    return scope.db().first("SELECT sealed FROM secret_key", row -> row.bytes(1));
  }

  private static Secret opened(Secret key, byte[] sealed, byte[] label) throws SQLException {
    try {
      return Secret.of(Sealing.open(key, sealed, label));
    } catch (WrongKeyException e) {
      throw new SQLException("a secret of an integration does not open", e);
    }
  }

  private static byte[] checked(String name, String value, Duration overlap) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (!NAME.matcher(name).matches()) {
      throw new RefusedException(
          "A secret is named by a lower-case letter, then letters, digits, dots and hyphens.");
    }
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new RefusedException("A secret has 1 to " + LONGEST + " bytes.");
    }
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new RefusedException("The old value goes on for thirty days at most.");
    }
    return bytes;
  }

  /** A value that was carried to another name or tenant opens nowhere. */
  private static byte[] label(String name) {
    return ("countersign integration secret v1 " + name).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] dataKeyLabel(TenantScope scope) {
    return ("countersign data key v1 " + scope.tenantId()).getBytes(StandardCharsets.UTF_8);
  }

  private static Instant now(TenantScope scope) {
    return scope.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Kept kept(Row row) throws SQLException {
    return new Kept(
        row.text(1),
        row.instant(2),
        row.instant(3),
        instantOrNull(row.integerOrNull(4)),
        instantOrNull(row.integerOrNull(5)));
  }

  private static @Nullable Instant instantOrNull(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
