package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Set;
import java.util.UUID;

/**
 * A basket was thrown away before payment. Recorded so that goods rung up and never paid for leave
 * a trace.
 *
 * @param lines how many lines stood in the basket, those struck through included
 * @param totalMinor what they came to, in minor units of {@code currency}
 */
public record BasketVoided(
    UUID store, UUID register, UUID shift, String currency, int lines, long totalMinor)
    implements ChangeBody {
  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.SALE_VOID);
  }
}
