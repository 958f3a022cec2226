package dev.countersign.client.ui.till;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.SendingBack.Sent;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.CardTender;

/**
 * Money goes back to cards by the terminal beside the till. While the terminal owes an answer
 * nothing else is done; what it does not send may go another way.
 */
final class CardReturning {
  private final Surface surface;
  private final Words words;
  private final GivingBack giving;
  private final TerminalLane terminal;
  private final Approvals atTill;
  private final Counter counter;
  private boolean waitingSheet;

  /** The screen on which this happens. */
  interface Counter {
    void refresh();

    /** Whatever a terminal sends has gone: the refund is recorded now. */
    void allSent();
  }

  CardReturning(
      Surface surface,
      GivingBack giving,
      TerminalLane terminal,
      Approvals atTill,
      Counter counter) {
    this.surface = surface;
    this.words = surface.words();
    this.giving = giving;
    this.terminal = terminal;
    this.atTill = atTill;
    this.counter = counter;
  }

  /** Nothing else is done while the terminal owes an answer: it is shown instead. */
  boolean isFree() {
    if (terminal.isBusy() || giving.payment().asked() != null) {
      surface.refuse(words.say("terminal.first"));
      showOpen();
      return false;
    }
    return true;
  }

  /** The screen is shown: what the terminal was asked before is looked after first. */
  void shown() {
    terminal.hear(this::heard, this::failed);
    showOpen();
  }

  void hidden() {
    terminal.hearNobody();
  }

  private void showOpen() {
    if (terminal.isBusy()) {
      waiting();
    } else if (giving.payment().asked() != null) {
      resolve();
    }
  }

  private void resolve() {
    terminal.ask(() -> terminal.sendingBack().resolve(giving));
    waiting();
  }

  private void waiting() {
    waitingSheet = true;
    TerminalSheet.sendingBack(surface);
  }

  /** Whether anything is to be sent by this till's terminal. */
  boolean hasMore() {
    return terminal.isPresent() && giving.toSend().isPresent();
  }

  /** Has the terminal send one part after the other, until one does not go. */
  void send() {
    CardTender part = terminal.isPresent() ? giving.toSend().orElse(null) : null;
    if (part == null) {
      counter.allSent();
      return;
    }
    terminal.ask(() -> terminal.sendingBack().send(giving, part));
    waiting();
  }

  private void heard(Object answer) {
    closeWaiting();
    counter.refresh();
    if (answer instanceof Sent sent) {
      came(sent);
    }
  }

  private void closeWaiting() {
    if (waitingSheet) {
      waitingSheet = false;
      surface.sheets().close();
    }
  }

  private void came(Sent sent) {
    switch (sent) {
      case Sent.Gone _ -> send();
      case Sent.Refused(CardTender part, String reason) ->
          notSent(
              part,
              reason.isBlank()
                  ? words.say("terminal.refund.refused")
                  : words.say("terminal.refund.refused-because", reason));
      case Sent.NotReached(CardTender part) ->
          notSent(part, words.say("terminal.refund.not-reached"));
      case Sent.Unsure(Asked asked) -> unsure(asked);
    }
  }

  private void notSent(CardTender part, String why) {
    surface.sounds().refused();
    TerminalSheet.notSent(
        surface,
        surface.amounts().text(part.amount().negate()),
        why,
        this::send,
        () -> {
          giving.byHand(part);
          counter.refresh();
          send();
        });
  }

  private void unsure(Asked asked) {
    surface.sounds().refused();
    TerminalSheet.unsure(
        surface,
        asked,
        terminal.isPresent(),
        new TerminalSheet.Unsure() {
          @Override
          public void askAgain() {
            resolve();
          }

          @Override
          public void yes() {
            CardSheet.wentBack(
                surface,
                asked.amount(),
                (_, reference, lastFour) ->
                    said((_, _) -> terminal.sendingBack().saySent(giving, reference, lastFour)));
          }

          @Override
          public void no() {
            said(
                (who, approver) -> {
                  terminal.sendingBack().sayNotSent(giving, who, approver);
                  return true;
                });
          }
        });
  }

  /** The cashier's word is written down; a reference that cannot be is asked for again. */
  private void said(Approvals.Act<Boolean> word) {
    atTill.run(
        word,
        stands -> {
          counter.refresh();
          if (stands) {
            surface.strip().clear();
          } else {
            surface.refuse(words.say("paying.refused.malformed"));
          }
        },
        surface::trouble);
  }

  private void failed(Exception failure) {
    closeWaiting();
    counter.refresh();
    surface.trouble(failure);
  }
}
