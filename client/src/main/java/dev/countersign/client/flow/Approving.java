package dev.countersign.client.flow;

import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.UserView;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A second person agrees to one act of the cashier, on the spot, with their own PIN. Who is selling
 * does not change, and a wrong PIN counts as at the lock screen.
 */
public final class Approving {
  private final Unlocking unlocking;
  private final OpenDevice device;

  public Approving(Unlocking unlocking, OpenDevice device) {
    this.unlocking = unlocking;
    this.device = device;
  }

  /**
   * Who can agree to this act here: others than the cashier whose role allows it by itself and who
   * have a PIN on this device.
   *
   * @throws IOException when the folder's list of PINs cannot be read
   */
  public List<UserView> candidates(PermissionKey act, UUID cashier) throws IOException {
    Set<UUID> holders = unlocking.people().stream().map(Holder::user).collect(Collectors.toSet());
    return device.users().list().stream()
        .filter(user -> !user.id().equals(cashier) && holders.contains(user.id()))
        .filter(user -> user.role().decide(act, null) == Decision.ALLOWED)
        .toList();
  }

  /** Tries a PIN and wipes it; {@link Outcome.In} is this person's word. */
  public Outcome approve(UUID who, char[] digits) {
    return unlocking.unlock(who, digits);
  }
}
