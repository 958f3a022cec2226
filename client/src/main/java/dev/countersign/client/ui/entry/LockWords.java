package dev.countersign.client.ui.entry;

import dev.countersign.client.ui.kit.Surface;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is said about wrong PINs, with the times. */
final class LockWords {
  private LockWords() {}

  static String wrong(Surface surface, int triesLeft, @Nullable Instant until) {
    return until == null
        ? surface.words().say("lock.wrong", triesLeft)
        : surface.words().say("lock.wrong-wait", triesLeft, surface.amounts().seconds(until));
  }

  static String waiting(Surface surface, Instant until) {
    return surface.words().say("lock.waiting", surface.amounts().seconds(until));
  }
}
