package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SuspicionReported;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Judges what somebody noticed: it is never plainly accepted, so that a manager looks at it. */
final class SuspicionRules {
  static final String REPORTED = "suspicion-reported";

  private SuspicionRules() {}

  static Judgement reported(
      Change change, SuspicionReported report, Post post, Instant received, List<String> flags) {
    if (!report.store().equals(post.store())
        || !Objects.equals(report.register(), post.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    flags.add(REPORTED);
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }
}
