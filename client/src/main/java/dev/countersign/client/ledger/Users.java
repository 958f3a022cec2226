package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.UserItem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The people of this device's store, as the server last said. Kept in memory: they are few and
 * asked for at every act. Safe for any thread.
 */
public final class Users {
  private final TillStore store;
  private volatile @Nullable Map<UUID, UserView> known;

  Users(TillStore store) {
    this.store = store;
  }

  public Optional<UserView> byId(UUID id) {
    return Optional.ofNullable(all().get(id));
  }

  /** Everybody, by name. */
  public List<UserView> list() {
    return all().values().stream().sorted(Comparator.comparing(UserView::name)).toList();
  }

  /** The name, or dots for somebody who is not known (any more). */
  public String nameOf(UUID id) {
    UserView user = all().get(id);
    return user == null ? "…" : user.name();
  }

  /**
   * The one decision function, with this device's people.
   *
   * @throws NotPermittedException on the first key that is not allowed
   */
  public void require(Actor actor, Collection<PermissionKey> keys) {
    Role role = byId(actor.user()).map(UserView::role).orElse(null);
    UUID second = actor.approver();
    Role approver = second == null ? null : byId(second).map(UserView::role).orElse(null);
    for (PermissionKey key : keys) {
      Decision decision = role == null ? Decision.DENIED : role.decide(key, approver);
      if (decision != Decision.ALLOWED) {
        throw new NotPermittedException(key, decision);
      }
    }
  }

  /** The server has said something new. */
  synchronized void forget() {
    known = null;
  }

  private Map<UUID, UserView> all() {
    Map<UUID, UserView> current = known;
    return current == null ? refresh() : current;
  }

  /** Under one lock with {@link #forget}, so that nothing read before a commit is kept after it. */
  private synchronized Map<UUID, UserView> refresh() {
    Map<UUID, UserView> fresh = load();
    known = fresh;
    return fresh;
  }

  private Map<UUID, UserView> load() {
    Map<UUID, UserView> users = new HashMap<>();
    store.read(
        db -> {
          db.each(
              "SELECT id, body FROM reference WHERE kind = 'user'",
              row -> {
                UUID id = row.uuid(1);
                UserItem item = Json.decode(row.bytes(2), UserItem.class);
                users.put(id, new UserView(id, item.name(), role(item), item.joining()));
              });
          return users;
        });
    return Map.copyOf(users);
  }

  /** A key or decision that this program does not know opens nothing. */
  private static Role role(UserItem item) {
    Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
    item.permissions()
        .forEach(
            (key, decision) ->
                PermissionKey.of(key)
                    .ifPresent(known -> decisions.put(known, decisionNamed(decision))));
    return new Role(item.role(), decisions);
  }

  private static Decision decisionNamed(String name) {
    return Arrays.stream(Decision.values())
        .filter(decision -> decision.name().equals(name))
        .findFirst()
        .orElse(Decision.DENIED);
  }
}
