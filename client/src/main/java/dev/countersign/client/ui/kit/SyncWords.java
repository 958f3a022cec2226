package dev.countersign.client.ui.kit;

import dev.countersign.client.sync.Obstacle;
import dev.countersign.client.sync.StopReason;
import dev.countersign.client.sync.SyncState;
import dev.countersign.client.sync.SyncState.AllAccepted;
import dev.countersign.client.sync.SyncState.NeedsManager;
import dev.countersign.client.sync.SyncState.Stopped;
import dev.countersign.client.sync.SyncState.Waiting;
import java.time.Instant;
import java.util.List;
import javafx.scene.layout.Region;

/** Says in words how sending stands: what, since when, and what to do. */
public final class SyncWords {
  private final Words words;
  private final Amounts amounts;

  /** With this package's words. */
  public SyncWords(Words words, Amounts amounts) {
    this.words = words;
    this.amounts = amounts;
  }

  /** One line for the bar. */
  public String line(SyncState state) {
    return switch (state) {
      case AllAccepted _ -> words.say("sync.accepted");
      case Waiting waiting when waiting.reason() == Obstacle.NONE ->
          words.say("sync.sending", waiting.count());
      case Waiting waiting ->
          words.say(
              "sync.waiting",
              waiting.count(),
              amounts.time(waiting.since()),
              because(waiting.reason()));
      case NeedsManager needs -> words.say("sync.manager", needs.count());
      case Stopped stopped -> words.say("sync.stopped", stopped.count());
    };
  }

  /** Of a device that has nothing left to send, while somebody asked and the server was silent. */
  public String sentAndUnanswered(Instant since) {
    return words.say("sync.accepted.alone", amounts.time(since));
  }

  /** The same in ever fewer words, for a bar that has no room for more; the first says all. */
  List<String> lines(SyncState state) {
    String all = line(state);
    return state instanceof Waiting waiting && waiting.reason() != Obstacle.NONE
        ? List.of(
            all,
            words.say("sync.waiting.why", waiting.count(), because(waiting.reason())),
            words.say("sync.waiting.count", waiting.count()))
        : List.of(all);
  }

  /** Short, to read out on the telephone; empty when nothing is wrong. */
  public String code(SyncState state) {
    String name =
        switch (state) {
          case AllAccepted _ -> "";
          case Waiting waiting -> waiting.reason() == Obstacle.NONE ? "" : waiting.reason().name();
          case NeedsManager _ -> "NEEDS_MANAGER";
          case Stopped stopped -> stopped.reason().name();
        };
    return name.isEmpty() ? "" : "SYNC-" + name.replace('_', '-');
  }

  /** What that means. */
  public String meaning(SyncState state) {
    return switch (state) {
      case AllAccepted _ -> words.say("sync.accepted.meaning");
      case Waiting waiting ->
          words.say("sync.waiting.meaning", waiting.count(), amounts.time(waiting.since()));
      case NeedsManager needs -> words.say("sync.manager.meaning", needs.count());
      case Stopped stopped -> reason(stopped.reason());
    };
  }

  /** What to do about it. */
  public String advice(SyncState state) {
    return switch (state) {
      case AllAccepted _ -> words.say("sync.accepted.advice");
      case Waiting waiting -> advice(waiting.reason());
      case NeedsManager _ -> words.say("sync.manager.advice");
      case Stopped _ -> words.say("sync.stopped.advice");
    };
  }

  /** The dot beside the line. */
  public void mark(Region dot, SyncState state) {
    dot.getStyleClass().removeAll("waiting", "bad");
    switch (state) {
      case AllAccepted _ -> {}
      case Waiting _ -> dot.getStyleClass().add("waiting");
      case NeedsManager _, Stopped _ -> dot.getStyleClass().add("bad");
    }
  }

  private String because(Obstacle obstacle) {
    return switch (obstacle) {
      case NONE -> words.say("sync.because.none");
      case NO_NETWORK -> words.say("sync.because.no-network");
      case SERVER_DOWN -> words.say("sync.because.server-down");
      case TIMED_OUT -> words.say("sync.because.timed-out");
      case CONNECTION_CUT -> words.say("sync.because.cut");
      case SERVER_BUSY -> words.say("sync.because.busy");
      case CERTIFICATE_CHANGED -> words.say("sync.because.certificate");
      case NOT_COUNTERSIGN -> words.say("sync.because.portal");
      case NOT_SIGNED -> words.say("sync.because.unsigned");
      case REFUSED -> words.say("sync.because.refused");
      case THIS_DEVICE -> words.say("sync.because.this-device");
    };
  }

  private String advice(Obstacle obstacle) {
    return switch (obstacle) {
      case NONE -> words.say("sync.advice.none");
      case NO_NETWORK, SERVER_DOWN, TIMED_OUT, CONNECTION_CUT, SERVER_BUSY ->
          words.say("sync.advice.wait");
      case NOT_COUNTERSIGN -> words.say("sync.advice.portal");
      case THIS_DEVICE -> words.say("sync.advice.device");
      case CERTIFICATE_CHANGED, NOT_SIGNED, REFUSED -> words.say("sync.advice.call");
    };
  }

  private String reason(StopReason reason) {
    return switch (reason) {
      case FORKED -> words.say("sync.stop.forked");
      case FROZEN -> words.say("sync.stop.frozen");
      case OTHER_ENVIRONMENT -> words.say("sync.stop.environment");
      case LOG_CONTRADICTED -> words.say("sync.stop.log");
      case BATCH_NOT_UNDERSTOOD -> words.say("sync.stop.not-understood");
      case BATCH_MISSING -> words.say("sync.stop.missing");
    };
  }
}
