package dev.countersign.client.ui.till;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.SendingBack.Sent;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money goes back to cards by the terminal beside the till; what it does not send may go another
 * way.
 */
final class CardReturning extends TerminalQuestions {
  private final GivingBack giving;
  private final Counter counter;

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
    super(surface, terminal, atTill, giving::payment, counter::refresh);
    this.giving = giving;
    this.counter = counter;
  }

  @Override
  Object resolve(UUID cashier, @Nullable UUID approver) {
    return terminal.sendingBack().resolve(giving);
  }

  @Override
  void showWaiting(@Nullable Money charge) {
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
    ask(() -> terminal.sendingBack().send(giving, part), null);
  }

  @Override
  void came(Object answer) {
    if (answer instanceof Sent sent) {
      came(sent);
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

  @Override
  void yes(Asked asked) {
    CardSheet.wentBack(
        surface,
        asked.amount(),
        (_, reference, lastFour) ->
            said((_, _) -> terminal.sendingBack().saySent(giving, reference, lastFour)));
  }

  @Override
  void no(Asked asked, UUID cashier, @Nullable UUID approver) {
    terminal.sendingBack().sayNotSent(giving, cashier, approver);
  }

  @Override
  void settled() {
    surface.strip().clear();
  }
}
