package dev.countersign.server.ingest;

import dev.countersign.common.protocol.Verdict;
import java.util.List;

/**
 * The decision on one change.
 *
 * @param code why it is not plainly accepted; several joined by a comma; empty when accepted
 */
public record Judgement(Verdict verdict, String code) {
  static final Judgement ACCEPTED = new Judgement(Verdict.ACCEPTED, "");

  static Judgement quarantined(String code) {
    return new Judgement(Verdict.QUARANTINED, code);
  }

  static Judgement flagged(List<String> codes) {
    return codes.isEmpty() ? ACCEPTED : new Judgement(Verdict.FLAGGED, String.join(",", codes));
  }

  /** Whether the change takes effect in the books. */
  public boolean counts() {
    return verdict != Verdict.QUARANTINED;
  }
}
