package dev.countersign.server.recheck;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.TreeFrontier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the recheck of one log has come.
 *
 * @param target how long the log was when the pass began
 * @param targetRoot the root that was signed for then
 * @param frontier over all entries that were read again
 * @param flaws found in this pass so far
 * @param ended when it was through, or null while it is under way
 * @param soundAt when a pass last ended without a flaw, or null
 * @param soundSize how long the log was then, 0 before the first
 */
public record Pass(
    Instant began,
    long target,
    Hash targetRoot,
    TreeFrontier frontier,
    long flaws,
    @Nullable Instant ended,
    @Nullable Instant soundAt,
    long soundSize,
    Hash soundRoot) {

  /** How many entries were read again. */
  public long reached() {
    return frontier.size();
  }

  public boolean isUnderWay() {
    return ended == null;
  }

  Pass at(TreeFrontier further, int more) {
    return new Pass(
        began, target, targetRoot, further, flaws + more, null, soundAt, soundSize, soundRoot);
  }

  /** Through: without a flaw its head is what no later log may contradict. */
  Pass ended(Instant now) {
    return flaws == 0
        ? new Pass(began, target, targetRoot, frontier, 0, now, now, target, targetRoot)
        : new Pass(began, target, targetRoot, frontier, flaws, now, soundAt, soundSize, soundRoot);
  }
}
