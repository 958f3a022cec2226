package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.OpenPayment.Act;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal beside the till is asked on a screen of money. While it owes an answer nothing
 * else is done; where nobody knows what it did it is asked again, or the cashier says.
 */
abstract class TerminalQuestions {
  final Surface surface;
  final Words words;
  final TerminalLane terminal;
  final Approvals atTill;
  private final Supplier<OpenPayment> payment;
  private final Runnable refresh;
  private boolean waiting;

  /**
   * @param payment what was taken, or has gone back, so far
   * @param refresh shows it on the screen
   */
  TerminalQuestions(
      Surface surface,
      TerminalLane terminal,
      Approvals atTill,
      Supplier<OpenPayment> payment,
      Runnable refresh) {
    this.surface = surface;
    this.words = surface.words();
    this.terminal = terminal;
    this.atTill = atTill;
    this.payment = payment;
    this.refresh = refresh;
  }

  /** Finds out what came of the open question; blocking. */
  abstract Object resolve(UUID cashier, @Nullable UUID approver);

  /**
   * Shows that an answer is waited for.
   *
   * @param charge what a card is to be charged with, or null when it is asked for something else
   */
  abstract void showWaiting(@Nullable Money charge);

  /** An answer came; the screen shows already what has changed. */
  abstract void came(Object answer);

  /** The cashier says that it was done. */
  abstract void yes(Asked asked);

  /** Writes down that it was not, as the cashier says; blocking. */
  abstract void no(Asked asked, UUID cashier, @Nullable UUID approver);

  /** The cashier's word is written down. */
  abstract void settled();

  private @Nullable Asked asked() {
    return payment.get().asked();
  }

  /** Nothing else is done while the terminal owes an answer: it is shown instead. */
  boolean isFree() {
    if (terminal.isBusy() || asked() != null) {
      surface.refuse(words.say("terminal.first"));
      showOpen();
      return false;
    }
    return true;
  }

  /** The screen is shown: what the terminal was asked before is looked after first. */
  final void shown() {
    terminal.hear(this::heard, this::failed);
    showOpen();
  }

  final void hidden() {
    terminal.hearNobody();
  }

  /** The question that is open: waited for, or asked again. */
  final void showOpen() {
    if (terminal.isBusy()) {
      waitFor(open());
    } else if (asked() != null) {
      askAgain();
    }
  }

  private @Nullable Money open() {
    Asked asked = asked();
    return asked != null && asked.act() == Act.CHARGE ? asked.amount() : null;
  }

  private void askAgain() {
    ask(() -> resolve(atTill.cashier(), null), open());
  }

  /**
   * Asks, and waits on a sheet.
   *
   * @param charge what a card is to be charged with, or null when it is asked for something else
   */
  final void ask(Callable<?> question, @Nullable Money charge) {
    terminal.ask(question);
    waitFor(charge);
  }

  private void waitFor(@Nullable Money charge) {
    waiting = true;
    showWaiting(charge);
  }

  final void heard(Object answer) {
    answered();
    came(answer);
  }

  private void answered() {
    if (waiting) {
      waiting = false;
      surface.sheets().close();
    }
    refresh.run();
  }

  private void failed(Exception failure) {
    answered();
    if (failure instanceof NotPermittedException && asked() != null) {
      // What the terminal did stands; recording it needs a second person.
      atTill.run(this::resolve, this::heard, surface::trouble);
    } else {
      surface.trouble(failure);
    }
  }

  /** Nobody knows what the terminal did. */
  final void unsure(Asked asked) {
    surface.sounds().refused();
    TerminalSheet.unsure(
        surface,
        asked,
        terminal.isPresent(),
        this::askAgain,
        () -> yes(asked),
        () ->
            said(
                (who, approver) -> {
                  no(asked, who, approver);
                  return true;
                }));
  }

  /**
   * The cashier's word is written down.
   *
   * @param word false when it is none: a reference that cannot be one is asked for again
   */
  final void said(Approvals.Act<Boolean> word) {
    atTill.run(
        word,
        stands -> {
          refresh.run();
          if (stands) {
            settled();
          } else {
            surface.refuse(words.say("paying.refused.malformed"));
          }
        },
        surface::trouble);
  }
}
