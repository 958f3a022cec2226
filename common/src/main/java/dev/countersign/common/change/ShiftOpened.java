package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/**
 * A cash session was opened on a register. The change's entity is the shift.
 *
 * @param number runs per device, from 1; a till that takes the place of another begins anew, as its
 *     receipts do in a series of their own
 * @param floatMinor the counted cash in the drawer, in minor units of {@code currency}, not
 *     negative
 */
public record ShiftOpened(
    UUID store,
    UUID register,
    long number,
    LocalDate businessDate,
    String currency,
    long floatMinor)
    implements ChangeBody {
  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.SHIFT_OPEN);
  }
}
