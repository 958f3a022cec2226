package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Charging.Charged;
import dev.countersign.client.flow.HandingBack.Given;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.ledger.OpenPayment.Act;
import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.Tender;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cards, by the terminal beside the till or by one that stands alone, and how payments go back. */
final class CardTaking extends TerminalQuestions {
  private final Paying paying;
  private final PayTools tools;
  private final OtherTenders.Counter counter;

  /** The payment is given back to leave this screen. */
  private boolean leaving;

  CardTaking(
      Surface surface,
      Paying paying,
      PayTools tools,
      Approvals atTill,
      OtherTenders.Counter counter) {
    super(surface, tools.terminal(), atTill, paying::payment, counter::refresh);
    this.paying = paying;
    this.tools = tools;
    this.counter = counter;
  }

  @Override
  Object resolve(UUID cashier, @Nullable UUID approver) {
    return terminal.charging().resolve(paying, cashier, approver);
  }

  @Override
  boolean isFree() {
    return !counter.finishing() && super.isFree();
  }

  @Override
  void showWaiting(@Nullable Money charge) {
    if (charge == null) {
      TerminalSheet.takingBack(surface);
    } else {
      TerminalSheet.waiting(
          surface, surface.amounts().text(charge), () -> terminal.callOff(paying));
    }
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
    } else {
      ask(() -> terminal.charging().charge(paying, amount), amount);
    }
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
    Approvals.Act<Given> back =
        (who, approver) ->
            all
                ? tools.handingBack().all(paying, who, approver)
                : tools.handingBack().last(paying, who, approver);
    boolean byTerminal =
        tenders.stream().anyMatch(each -> each instanceof CardTender card && card.asked() != null);
    if (byTerminal) {
      surface.strip().clear();
      ask(() -> back.by(atTill.cashier(), null), null);
    } else {
      atTill.run(back, this::gone, surface::trouble);
    }
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

  @Override
  void came(Object answer) {
    if (answer instanceof Given given) {
      gone(given);
    } else if (answer instanceof Charged charged) {
      came(charged);
    }
  }

  private void came(Charged charged) {
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

  @Override
  void yes(Asked asked) {
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
  void no(Asked asked, UUID cashier, @Nullable UUID approver) {
    if (asked.act() == Act.REVERSE) {
      terminal.charging().sayItStands(paying);
    } else {
      terminal.charging().sayNotCharged(paying, cashier, approver);
    }
  }

  @Override
  void settled() {
    counter.after(paying.standing());
  }
}
