package dev.countersign.client.launch;

import dev.countersign.client.flow.Forgetting;
import dev.countersign.client.flow.Unlocking;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.sync.SyncState;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the device's keys while nobody is at it: puts them away in time, and says where they
 * are kept. Belongs to the screen's thread.
 */
final class KeyDesk {
  private final Surface surface;
  private final PinVault vault;
  private final Unlocking unlocking;
  private final Forgetting forgetting;

  /**
   * @param nanos only runs forward
   * @param newKey true when the store gets another key with the next PIN
   */
  KeyDesk(
      Surface surface, PinVault vault, Unlocking unlocking, LongSupplier nanos, boolean newKey) {
    this.surface = surface;
    this.vault = vault;
    this.unlocking = unlocking;
    this.forgetting = new Forgetting(nanos);
    if (newKey) {
      unlocking.orderNewKey();
    }
  }

  /** Nobody is at the device from now on. */
  void locked() {
    forgetting.locked();
  }

  /** A right PIN has just brought the keys back. Any thread. */
  void opened() {
    forgetting.opened();
  }

  /** Somebody has come in. */
  void entered() {
    forgetting.entered();
  }

  /** Whether the keys go now. */
  boolean isDue(TillRuleItem rule, SyncState state) {
    return forgetting.isDue(rule, state);
  }

  /**
   * Puts the keys away and says so.
   *
   * @param before ends what still uses the device
   */
  void forget(TillRuleItem rule, Runnable before) {
    @Nullable Duration age =
        rule.newKeyAfterDays() == 0 ? null : Duration.ofDays(rule.newKeyAfterDays());
    surface
        .desk()
        .run(
            () -> {
              unlocking.forget(before, age);
              return true;
            },
            _ -> surface.strip().say(Strip.Tone.WARN, surface.kit().say("keys.put-away"), ""),
            surface::trouble);
  }

  /** Where the keys are kept, as a sentence; a weaker place is called that. */
  String sentence() {
    String key = vault.isChestWeaker() ? "status.keys-weaker" : "status.keys";
    return surface.kit().say(key, vault.chestTitle());
  }
}
