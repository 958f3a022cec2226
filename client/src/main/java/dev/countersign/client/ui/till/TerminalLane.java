package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Charging;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.SendingBack;
import dev.countersign.client.terminal.TerminalInUse;
import dev.countersign.client.ui.kit.Background;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Questions to the card terminal, which may take a customer's minute: beside everything else, so
 * that the till can be locked meanwhile. The answer goes to the screen that is shown then; what
 * came of it is in the payment in any case. For the screen's thread.
 */
final class TerminalLane {
  private final Charging charging;
  private final SendingBack sendingBack;
  private final TerminalInUse terminal;
  private final Background asking;
  private final Background callingOff;
  private volatile boolean busy;
  private Consumer<Object> heard = _ -> {};
  private Consumer<Exception> failed = _ -> {};

  /**
   * @param terminal of this till
   */
  TerminalLane(
      Charging charging, SendingBack sendingBack, TerminalInUse terminal, Background desk) {
    this.charging = charging;
    this.sendingBack = sendingBack;
    this.terminal = terminal;
    this.asking = desk.beside();
    this.callingOff = desk.beside();
  }

  Charging charging() {
    return charging;
  }

  SendingBack sendingBack() {
    return sendingBack;
  }

  boolean isPresent() {
    return terminal.isPresent();
  }

  /**
   * Takes the terminal that is set up now, unless an answer is waited for; on any thread but the
   * screen's.
   */
  void look() {
    if (!busy) {
      terminal.look();
    }
  }

  /** Whether an answer is waited for. */
  boolean isBusy() {
    return busy;
  }

  /** From now on answers go here. */
  void hear(Consumer<Object> answer, Consumer<Exception> failure) {
    heard = answer;
    failed = failure;
  }

  /** Nobody looks any more. */
  void hearNobody() {
    hear(_ -> {}, _ -> {});
  }

  /** Asks; only while it is not busy. */
  void ask(Callable<?> question) {
    busy = true;
    asking.run(
        question,
        answer -> {
          busy = false;
          heard.accept(answer);
        },
        failure -> {
          busy = false;
          failed.accept(failure);
        });
  }

  /** Calls off what is waited for; whoever waits hears of it. */
  void callOff(Paying paying) {
    callingOff.run(
        () -> {
          charging.callOff(paying);
          return true;
        },
        _ -> {},
        failure -> failed.accept(failure));
  }
}
