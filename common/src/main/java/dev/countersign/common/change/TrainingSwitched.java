package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody began to learn on a throw-away till beside this one, or left it. Nothing that is done
 * there is recorded anywhere; that it was done is, so that a till which sold nothing for an hour
 * has a reason. The change's entity is an id of the training's own, the same when it is left; a
 * program that is killed meanwhile leaves it without an end. Nobody needs a right for it.
 *
 * @param begun false when they left
 */
public record TrainingSwitched(UUID store, UUID register, boolean begun) implements ChangeBody {
  public TrainingSwitched {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of();
  }
}
