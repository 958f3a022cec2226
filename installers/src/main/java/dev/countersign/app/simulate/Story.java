package dev.countersign.app.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, a line each, under the simulated time. Names are labels, never ids or keys. */
final class Story {
  private final Timeline time;
  private final List<String> lines = new ArrayList<>();

  Story(Timeline time) {
    this.time = time;
  }

  void tell(String who, String what) {
    Duration since = Duration.between(Timeline.BEGIN, time.instant());
    lines.add(
        String.format(
            Locale.ROOT,
            "day %2d %02d:%02d:%02d.%03d  %-12s %s",
            since.plusHours(6).toDays() + 1,
            (since.toHours() + 6) % 24,
            since.toMinutesPart(),
            since.toSecondsPart(),
            since.toMillisPart(),
            who,
            what));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
