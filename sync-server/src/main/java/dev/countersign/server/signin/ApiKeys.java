package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.sql.Row;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.Names;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.tenant.TenantScope;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys by which programs of a business use the interface: each does what its scope names and
 * nothing else, from where it may, until it ends. Shown once, stored as a hash.
 */
public final class ApiKeys {
  /** How long a key is good when nobody says. */
  public static final Duration LIFE = Duration.ofDays(90);

  /** How long the old key goes on beside the one that replaces it, when nobody says. */
  public static final Duration OVERLAP = Duration.ofDays(1);

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final String COLUMNS =
      "SELECT id, name, scope, address_range, created, expires, used, made_by FROM api_key ";

  private final Journal journal;
  private final UuidV7 ids;
  private final SecureRandom random;

  public ApiKeys(Journal journal, UuidV7 ids, SecureRandom random) {
    this.journal = journal;
    this.ids = ids;
    this.random = random;
  }

  /**
   * A key as it is listed.
   *
   * @param address the range of network addresses that may use it, empty for all
   * @param used the last request, to the minute; null when there was none
   * @param madeBy an id, or a word where it is no person; null when it is not known
   */
  public record ApiKey(
      UUID id,
      String name,
      List<String> scope,
      String address,
      Instant created,
      Instant expires,
      @Nullable Instant used,
      @Nullable String madeBy) {
    public boolean isLive(Instant now) {
      return now.isBefore(expires);
    }

    /** What it may do, for the one decision function. */
    public Role role() {
      Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
      scope.stream()
          .flatMap(key -> PermissionKey.of(key).stream())
          .forEach(key -> decisions.put(key, Decision.ALLOWED));
      return new Role("key", decisions);
    }
  }

  /** A key that was just made; its text is shown now and never again. */
  public record Made(UUID id, String key, Instant expires) {
    @Override
    public String toString() {
      return "Made[" + id + ", ••••]";
    }
  }

  /**
   * Adds a key.
   *
   * @param scope permission keys
   * @param address a range of network addresses, empty for all
   * @throws RefusedException when one of them is none, or the life is not one to 366 days
   */
  public Made add(
      TenantScope scope, By by, String name, Set<String> permissions, String address, Duration life)
      throws SQLException {
    Names.require(name);
    if (permissions.isEmpty()) {
      throw new RefusedException("A key is for at least one permission.");
    }
    Set<PermissionKey> known = EnumSet.noneOf(PermissionKey.class);
    for (String permission : permissions) {
      known.add(
          PermissionKey.of(permission)
              .orElseThrow(() -> new RefusedException("There is no permission " + permission)));
    }
    String text = known.stream().map(PermissionKey::key).collect(Collectors.joining(" "));
    Made made = insert(scope, by, name, text, AddressRange.parse(address).text(), life);
    journal.note(scope, by, "key.added", made.id().toString(), text);
    return made;
  }

  /**
   * Makes a key with the same name and scope; the old one goes on for the overlap at most.
   *
   * @throws RefusedException when there is no such key in use, or the life is not one to 366 days
   */
  public Made rotate(TenantScope scope, By by, UUID id, Duration life, Duration overlap)
      throws SQLException {
    Instant now = scope.clock().instant();
    ApiKey old =
        scope
            .db()
            .first(COLUMNS + "WHERE id = ?", ApiKeys::key, id)
            .filter(key -> key.isLive(now))
            .orElseThrow(ApiKeys::noSuchKey);
    Made made = insert(scope, by, old.name(), String.join(" ", old.scope()), old.address(), life);
    Instant end = now.plus(overlap);
    if (end.isBefore(old.expires())) {
      scope.db().update("UPDATE api_key SET expires = ? WHERE id = ?", end, id);
    }
    journal.note(scope, by, "key.rotated", id.toString(), made.id().toString());
    return made;
  }

  /**
   * Ends a key now.
   *
   * @throws RefusedException when there is no such key in use
   */
  public void end(TenantScope scope, By by, UUID id) throws SQLException {
    Instant now = scope.clock().instant();
    int ended =
        scope
            .db()
            .update("UPDATE api_key SET expires = ? WHERE id = ? AND expires > ?", now, id, now);
    if (ended == 0) {
      throw noSuchKey();
    }
    journal.note(scope, by, "key.ended", id.toString(), "");
  }

  /** Every key there was, the oldest first. */
  public List<ApiKey> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + "ORDER BY created, id", ApiKeys::key);
  }

  Optional<ApiKey> find(TenantScope scope, Hash hash) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE key_hash = ?", ApiKeys::key, hash);
  }

  void used(TenantScope scope, UUID id, Instant now) throws SQLException {
    scope.db().update("UPDATE api_key SET used = ? WHERE id = ?", now, id);
  }

  private Made insert(
      TenantScope scope, By by, String name, String permissions, String address, Duration life)
      throws SQLException {
    if (life.compareTo(Duration.ofDays(1)) < 0 || life.compareTo(LONGEST) > 0) {
      throw new RefusedException("A key lives one to 366 days.");
    }
    Instant now = scope.clock().instant();
    String text = Token.mint(Token.Kind.KEY, scope.tenantId(), random);
    Made made = new Made(ids.next(), text, now.plus(life));
    scope
        .db()
        .update(
            "INSERT INTO api_key (id, name, scope, address_range, key_hash, created, expires,"
                + " made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            made.id(),
            name,
            permissions,
            address,
            Token.hash(text),
            now,
            made.expires(),
            by.who());
    return made;
  }

  private static RefusedException noSuchKey() {
    return new RefusedException("There is no such key in use.");
  }

  private static ApiKey key(Row row) throws SQLException {
    Long used = row.integerOrNull(7);
    return new ApiKey(
        row.uuid(1),
        row.text(2),
        List.of(row.text(3).split(" ")),
        row.text(4),
        row.instant(5),
        row.instant(6),
        used == null ? null : Instant.ofEpochMilli(used),
        row.textOrNull(8));
  }
}
