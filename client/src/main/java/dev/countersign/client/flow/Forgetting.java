package dev.countersign.client.flow;

import dev.countersign.client.sync.SyncState;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says when a locked device forgets its keys. While sales wait to be sent it keeps them, because
 * without the key nothing can be sent; but not for ever, because whoever took the device away keeps
 * it from its server as well.
 */
public final class Forgetting {
  /** How much longer a device keeps its keys that still has something to send. */
  public static final Duration FOR_WHAT_WAITS = Duration.ofHours(4);

  private final LongSupplier nanos;
  private boolean locked;
  private volatile long since;

  /**
   * @param nanos only runs forward
   */
  public Forgetting(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Nobody is at the device from now on; said again while locked, nothing changes. */
  public void locked() {
    if (!locked) {
      locked = true;
      since = nanos.getAsLong();
    }
  }

  /**
   * A right PIN has just opened the store, and whoever typed it is on the way in: the time begins
   * anew. Any thread.
   */
  public void opened() {
    since = nanos.getAsLong();
  }

  /** Somebody has come in. */
  public void entered() {
    locked = false;
  }

  /** Whether the keys go now. */
  public boolean isDue(TillRuleItem rule, SyncState state) {
    if (!locked || rule.forgetAfterMinutes() <= 0) {
      return false;
    }
    Duration keep = Duration.ofMinutes(rule.forgetAfterMinutes());
    Duration most = state instanceof SyncState.Waiting ? keep.plus(FOR_WHAT_WAITS) : keep;
    return nanos.getAsLong() - since >= most.toNanos();
  }
}
