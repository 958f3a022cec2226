package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of a customer was changed. The change's entity is the customer. It counts when the
 * server still holds what it was made from, and is superseded when somebody was there before.
 *
 * @param replaces the commitment to what it was made from, see {@link CustomerAdded#details}
 * @param details the commitment to what is known from now on
 */
public record CustomerChanged(String replaces, String details) implements ChangeBody {
  public CustomerChanged {
    Objects.requireNonNull(replaces, "replaces");
    Objects.requireNonNull(details, "details");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.CUSTOMER_EDIT);
  }
}
