package dev.countersign.app.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A machine's wall clock: wrong by something, running too fast or slow, and set now and then. */
final class TiltedClock implements InstantSource {
  private final Timeline time;
  private final long driftPerMillion;
  private Duration offset;

  /**
   * @param driftPerMillion microseconds gained in a second; negative when it is slow
   */
  TiltedClock(Timeline time, Duration offset, long driftPerMillion) {
    this.time = time;
    this.offset = offset;
    this.driftPerMillion = driftPerMillion;
  }

  @Override
  public Instant instant() {
    return time.instant().plus(offset).plusNanos(time.nanos() / 1_000_000 * driftPerMillion);
  }

  /** Somebody sets it, or a battery is dead. */
  void jump(Duration by) {
    offset = offset.plus(by);
  }
}
