package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Charging.Charged;
import dev.countersign.client.flow.HandingBack.Given;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenPayment.Act;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.Tender;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cards, by the terminal beside the till or by one that stands alone, and how payments go back.
 * While the terminal owes an answer nothing else is taken.
 */
final class CardTaking {
  private final Surface surface;
  private final Words words;
  private final Paying paying;
  private final PayTools tools;
  private final TerminalLane terminal;
  private final Approvals atTill;
  private final OtherTenders.Counter counter;
  private boolean waitingSheet;

  /** The payment is given back to leave this screen. */
  private boolean leaving;

  CardTaking(
      Surface surface,
      Paying paying,
      PayTools tools,
      Approvals atTill,
      OtherTenders.Counter counter) {
    this.surface = surface;
    this.words = surface.words();
    this.paying = paying;
    this.tools = tools;
    this.terminal = tools.terminal();
    this.atTill = atTill;
    this.counter = counter;
  }

  /** Nothing else is taken while the terminal owes an answer: it is shown instead. */
  boolean isFree() {
    if (counter.finishing()) {
      return false;
    }
    if (terminal.isBusy() || paying.payment().asked() != null) {
      surface.refuse(words.say("terminal.first"));
      showOpen();
      return false;
    }
    return true;
  }

  /** The screen is shown: what the terminal was asked before is looked after first. */
  void shown() {
    terminal.hear(this::heard, this::failed);
    if (paying.payment().asked() != null) {
      showOpen();
    }
  }

  void hidden() {
    terminal.hearNobody();
  }

  /** The question that is open: waited for, or asked again. */
  void showOpen() {
    Asked asked = paying.payment().asked();
    if (terminal.isBusy()) {
      waiting(asked);
    } else if (asked != null) {
      resolve();
    }
  }

  private void waiting(@Nullable Asked asked) {
    waitingSheet = true;
    if (asked == null || asked.act() == Act.REVERSE) {
      TerminalSheet.takingBack(surface);
    } else {
      askedFor(asked.amount());
    }
  }

  private void askedFor(Money amount) {
    TerminalSheet.waiting(surface, surface.amounts().text(amount), () -> terminal.callOff(paying));
  }

  private void resolve() {
    terminal.ask(() -> terminal.charging().resolve(paying, atTill.cashier(), null));
    waiting(paying.payment().asked());
  }

  /** The typed amount as far as it is owed, or all that is left. */
  Money part() {
    Money left = paying.left();
    return counter.typed().filter(typed -> typed.compareTo(left) < 0).orElse(left);
  }

  /** As much as was typed, or all that is left. */
  void card() {
    Money amount = part();
    if (!terminal.isPresent() || !amount.isPositive()) {
      byHand(amount);
      return;
    }
    charge(amount);
  }

  private void charge(Money amount) {
    terminal.ask(() -> terminal.charging().charge(paying, amount));
    waitingSheet = true;
    askedFor(amount);
  }

  /** On a terminal that stands alone. */
  private void byHand(Money amount) {
    CardSheet.open(
        surface,
        amount,
        (paid, reference, lastFour) -> {
          if (!counter.finishing()) {
            counter.after(paying.card(paid, reference, lastFour));
          }
        });
  }

  /** Gives the last payment back. */
  void giveLastBack() {
    if (isFree() && !paying.tenders().isEmpty()) {
      giveBack(List.of(paying.tenders().getLast()), false);
    }
  }

  private void giveAllBack() {
    if (isFree()) {
      giveBack(paying.tenders(), true);
    }
  }

  private void giveBack(List<Tender> tenders, boolean all) {
    boolean byTerminal =
        tenders.stream().anyMatch(each -> each instanceof CardTender card && card.asked() != null);
    if (byTerminal) {
      terminal.ask(
          () ->
              all
                  ? tools.handingBack().all(paying, atTill.cashier(), null)
                  : tools.handingBack().last(paying, atTill.cashier(), null));
      surface.strip().clear();
      waiting(null);
      return;
    }
    atTill.run(
        (who, approver) ->
            all
                ? tools.handingBack().all(paying, who, approver)
                : tools.handingBack().last(paying, who, approver),
        this::gone,
        surface::trouble);
  }

  private void gone(Given given) {
    switch (given) {
      case Given.Held(Charged because) -> heard(because);
      case Given.Back _ when paying.payment().isEmpty() && leaving -> counter.leave();
      case Given.Back _ -> counter.refresh();
    }
    leaving = false;
  }

  /** Back to the sale; what was taken goes back first. */
  void leave() {
    if (!isFree()) {
      return;
    }
    Runnable giveBack =
        () -> {
          leaving = true;
          giveAllBack();
        };
    if (paying.tenders().isEmpty()) {
      giveBack.run();
    } else {
      GiveBackSheet.open(surface, paying, giveBack);
    }
  }

  private void heard(Object answer) {
    if (waitingSheet) {
      waitingSheet = false;
      surface.sheets().close();
    }
    if (answer instanceof Given given) {
      gone(given);
    } else if (answer instanceof Charged charged) {
      came(charged);
    }
  }

  private void came(Charged charged) {
    counter.refresh();
    switch (charged) {
      case Charged.Paid _ -> counter.after(paying.standing());
      case Charged.Declined(String reason) ->
          surface.refuse(
              reason.isBlank()
                  ? words.say("terminal.declined")
                  : words.say("terminal.declined-because", reason));
      case Charged.TimedOut _ -> surface.refuse(words.say("terminal.timed-out"));
      case Charged.NotReached _ -> notReached();
      case Charged.Unsure(Asked asked) -> unsure(asked);
      case Charged.TakenBack _ -> surface.strip().clear();
      case Charged.NotTakenBack(String reason) ->
          surface.refuse(words.say("terminal.not-back", reason));
    }
  }

  private void notReached() {
    surface.sounds().refused();
    Money amount = part();
    TerminalSheet.notReached(
        surface, surface.amounts().text(amount), this::card, () -> byHand(amount));
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
            if (asked.act() == Act.REVERSE) {
              said(
                  (who, approver) -> {
                    terminal.charging().sayTakenBack(paying, who, approver);
                    return true;
                  });
            } else {
              CardSheet.open(
                  surface,
                  asked.amount(),
                  (_, reference, lastFour) ->
                      said((_, _) -> terminal.charging().sayCharged(paying, reference, lastFour)));
            }
          }

          @Override
          public void no() {
            said(
                (who, approver) -> {
                  if (asked.act() == Act.REVERSE) {
                    terminal.charging().sayItStands(paying);
                  } else {
                    terminal.charging().sayNotCharged(paying, who, approver);
                  }
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
          if (stands) {
            counter.after(paying.standing());
          } else {
            counter.refresh();
            surface.refuse(words.say("paying.refused.malformed"));
          }
        },
        surface::trouble);
  }

  private void failed(Exception failure) {
    if (waitingSheet) {
      waitingSheet = false;
      surface.sheets().close();
    }
    counter.refresh();
    if (failure instanceof NotPermittedException && paying.payment().asked() != null) {
      // What the terminal did stands; recording it needs a second person.
      atTill.run(
          (who, approver) -> terminal.charging().resolve(paying, who, approver),
          this::came,
          surface::trouble);
    } else {
      surface.trouble(failure);
    }
  }
}
