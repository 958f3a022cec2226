package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;

/**
 * A customer was added. The change's entity is the customer. Who that is stands beside the change:
 * {@code dev.countersign.common.protocol.CustomerWord}.
 *
 * @param details the commitment to what is known of them, 64 hexadecimal digits
 */
public record CustomerAdded(String details) implements ChangeBody {
  public CustomerAdded {
    Objects.requireNonNull(details, "details");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.CUSTOMER_EDIT);
  }
}
