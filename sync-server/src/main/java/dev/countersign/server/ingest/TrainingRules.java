package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.TrainingSwitched;
import java.time.Instant;
import java.util.List;

/** Judges that somebody began or left training: it moves nothing, and is of its own place alone. */
final class TrainingRules {
  private TrainingRules() {}

  static Judgement switched(
      Change change, TrainingSwitched training, Post post, Instant received, List<String> flags) {
    if (!training.store().equals(post.store()) || !training.register().equals(post.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }
}
