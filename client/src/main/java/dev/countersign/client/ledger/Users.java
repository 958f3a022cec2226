package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.UserItem;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The people of this device's store, as the server last said. Kept in memory: they are few and
 * asked for at every act. Safe for any thread.
 */
public final class Users {
  private final TillStore store;
  private final Grants grants;
  private final Listeners listeners = new Listeners();
  private volatile @Nullable Map<UUID, UserView> known;

  Users(TillStore store, Grants grants) {
    this.store = store;
    this.grants = grants;
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
   * The one decision function, with this device's people. Once the lease for overrides has ended,
   * one person's word is not enough for them; selling never stops for a clock.
   *
   * @throws NotPermittedException on the first key that is not allowed
   */
  public void require(Actor actor, Collection<PermissionKey> keys) {
    for (PermissionKey key : keys) {
      Decision decision = decide(actor, key);
      if (decision != Decision.ALLOWED) {
        throw new NotPermittedException(key, decision);
      }
    }
  }

  /**
   * As {@link #require(Actor, Collection)}, where others may have answered for single acts on the
   * spot.
   */
  void require(Actor actor, ChangeBody body) {
    require(actor, body, body.requires());
  }

  /** As {@link #require(Actor, ChangeBody)}, for these keys alone. */
  void require(Actor actor, ChangeBody body, Collection<PermissionKey> keys) {
    for (PermissionKey key : keys) {
      if (!isAnswered(actor, body, key)) {
        require(actor, List.of(key));
      }
    }
  }

  /** True when {@link #require(Actor, ChangeBody, Collection)} lets this pass. */
  boolean answered(Actor actor, ChangeBody body, PermissionKey key) {
    return isAnswered(actor, body, key) || may(actor, key);
  }

  private boolean isAnswered(Actor actor, ChangeBody body, PermissionKey key) {
    return body.answering(key).stream()
        .filter(person -> !person.equals(actor.user()))
        .anyMatch(person -> may(new Actor(actor.user(), person, actor.at()), key));
  }

  /** True when {@link #require} lets this pass. */
  public boolean may(Actor actor, PermissionKey key) {
    return decide(actor, key) == Decision.ALLOWED;
  }

  private Decision decide(Actor actor, PermissionKey key) {
    Role role = byId(actor.user()).map(UserView::role).orElse(null);
    UUID second = actor.approver();
    Role approver = second == null ? null : byId(second).map(UserView::role).orElse(null);
    Decision decision = role == null ? Decision.DENIED : role.decide(key, approver);
    boolean alone = approver == null || approver.decide(key, null) != Decision.ALLOWED;
    boolean over =
        decision == Decision.ALLOWED && key.isOverride() && alone && grants.isOver(key, actor.at());
    return over ? Decision.NEEDS_APPROVAL : decision;
  }

  /** Told when the server has said something new of people or rights; must be quick. */
  public void addListener(Runnable onNews) {
    listeners.add(onNews);
  }

  /** The server has said something new. */
  public void forget() {
    synchronized (this) {
      known = null;
    }
    listeners.tell();
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

  /** A role in this device's store stands in the place of the one for all stores. */
  private Map<UUID, UserView> load() {
    Map<UUID, UserItem> counting = new HashMap<>();
    store.read(
        db -> {
          db.each(
              "SELECT body FROM reference WHERE kind = 'user'",
              row -> {
                UserItem item = Json.decode(row.bytes(1), UserItem.class);
                counting.merge(
                    item.person(), item, (one, other) -> one.store() != null ? one : other);
              });
          return counting;
        });
    return counting.values().stream()
        .map(this::view)
        .collect(Collectors.toUnmodifiableMap(UserView::id, view -> view));
  }

  /**
   * The rights are those of the signed sheet; before the first one, those that came with the name.
   */
  private UserView view(UserItem item) {
    return new UserView(
        item.person(),
        item.name(),
        grants
            .current()
            .map(sheet -> sheet.roleOf(item.person()).orElse(new Role(item.role(), Map.of())))
            .orElseGet(() -> Role.of(item.role(), item.permissions())),
        item.joining(),
        item.pinEpoch());
  }
}
