package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Paying.Taken;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ui.kit.AmountEntry;
import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Settlement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Takes tenders until the sale is paid, then completes it. */
public final class PayingController implements Screen {
  private final Surface surface;
  private final Words words;
  private final Paying paying;
  private final Approvals atTill;
  private final Supplier<LocalDate> businessDate;
  private final Exits exits;
  private final OtherTenders others;
  private final PayingView view;
  private AmountEntry entry;
  private boolean finishing;

  /** Where this screen leads. */
  public interface Exits {
    void paid(CompletedSale sale);

    /** What is owed or taken has changed: the customer sees it. */
    void changed();

    /** Whether other taxes hold than those by which the total was reckoned. */
    boolean isOvertaken();

    void backToSale();
  }

  /** Proposes exactly what is left. */
  PayingController(
      Surface surface,
      Paying paying,
      PayTools tools,
      Approvals atTill,
      Supplier<LocalDate> businessDate,
      Exits exits) {
    this.surface = surface;
    this.words = surface.words();
    this.paying = paying;
    this.atTill = atTill;
    this.businessDate = businessDate;
    this.exits = exits;
    this.entry = AmountEntry.empty(paying.left().currency());
    this.others = new OtherTenders(surface, paying, tools, atTill, new Counter());
    BasketView basket = new BasketView(words, surface.amounts());
    basket.showToPay(paying.running());
    this.view = new PayingView(surface, basket, new Buttons(), others.choices());
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    refresh();
    view.requestFocus();
    others.cards().shown();
  }

  @Override
  public void hidden() {
    others.cards().hidden();
  }

  @Override
  public Runnable remember() {
    AmountEntry before = entry;
    return () -> type(before);
  }

  /** Goods are not added to a sale that is being paid; the scan says where to add them. */
  @Override
  public void scanned(String code) {
    surface.refuse(words.say("paying.scanned"));
  }

  @Override
  public List<KeyAct> keys() {
    return TillKeys.paying(words, others.choices());
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      typed(key);
      return;
    }
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    KeyCode code = key.getCode();
    if (code == KeyCode.ENTER && !onButton) {
      cash();
    } else if (code == KeyCode.ESCAPE) {
      leave();
    } else if (code == KeyCode.BACK_SPACE) {
      type(entry.back());
    } else if (code == KeyCode.DELETE) {
      type(AmountEntry.empty(entry.currency()));
    } else {
      return;
    }
    key.consume();
  }

  private void typed(KeyEvent key) {
    String character = key.getCharacter();
    if (character.matches("[0-9]")) {
      type(entry.typed(character));
      key.consume();
    } else if (!key.isShortcutDown() && others.key(character)) {
      key.consume();
    }
  }

  private void type(AmountEntry now) {
    entry = now;
    refresh();
  }

  /** The typed amount, or exactly what is left when nothing was typed. */
  private Money cashOffered() {
    return entry.isEmpty() ? paying.leftInCash() : entry.amount();
  }

  private void cash() {
    if (!others.cards().isFree() || isOvertaken()) {
      return;
    }
    if (nothingBought()) {
      surface.refuse(words.say("paying.refused.nothing"));
    } else {
      after(paying.cash(cashOffered()));
    }
  }

  /** Neither goods nor gift cards, and nothing of an account is paid off: there is no sale. */
  private boolean nothingBought() {
    return paying.running().isEmpty()
        && paying.payment().giftCards().isEmpty()
        && paying.payment().paidOff().isZero();
  }

  /**
   * Whether other taxes hold since the customer was asked, and nothing was handed over yet: then
   * the sale is shown again, with what it comes to now.
   */
  private boolean isOvertaken() {
    OpenPayment open = paying.payment();
    boolean overtaken = open.isEmpty() && exits.isOvertaken();
    if (overtaken) {
      surface.strip().clear();
      exits.backToSale();
    }
    return overtaken;
  }

  /** Money that was taken must be given back first: leaving would forget it. */
  private void leave() {
    if (finishing) {
      return;
    }
    if (paying.payment().isEmpty()) {
      surface.strip().clear();
      exits.backToSale();
    } else {
      others.cards().leave();
    }
  }

  private void after(Taken taken) {
    switch (taken) {
      case Taken.Settled _ when paying.payment().asked() == null -> finish();
      case Taken.Settled _ -> refresh();
      case Taken.MoreToPay _ -> {
        surface.strip().clear();
        type(AmountEntry.empty(entry.currency()));
        keep();
      }
      case Taken.Refused(Settlement.Reason reason) -> surface.refuse(refused(reason));
      case Taken.NotTaken _ -> surface.refuse(words.say("paying.refused.not-taken"));
      case Taken.CardNumber _ -> surface.refuse(words.say("paying.refused.card-number"));
      case Taken.Malformed _ -> surface.refuse(words.say("paying.refused.malformed"));
    }
  }

  private String refused(Settlement.Reason reason) {
    return switch (reason) {
      case OVER_TENDER -> words.say("paying.refused.over", surface.amounts().text(paying.left()));
      case OTHER_CURRENCY, WRONG_DIRECTION, PAID_OUT_TOO_MUCH -> words.say("paying.refused.other");
    };
  }

  private void finish() {
    finishing = true;
    atTill
        .about(surface.amounts().text(paying.due()))
        .run(
            (cashier, approver) -> paying.finish(cashier, approver, businessDate.get()),
            sale -> {
              surface.strip().clear();
              exits.paid(sale);
            },
            failure -> {
              // Nothing was recorded; what was handed over is still here, and Enter tries again.
              finishing = false;
              refresh();
              surface.trouble(failure);
            });
  }

  private void refresh() {
    exits.changed();
    var amounts = surface.amounts();
    Money offered = cashOffered();
    view.entry(amounts.text(offered), !entry.isEmpty());
    Settlement preview = paying.withCash(offered);
    switch (preview) {
      case Settlement.Settled _ when nothingBought() ->
          view.change("", "", words.say("paying.finish"));
      case Settlement.Settled settled when settled.change().isZero() && offered.isPositive() ->
          view.change(
              words.say("paying.exact"), "", words.say("paying.take", amounts.text(offered)));
      case Settlement.Settled settled ->
          view.change(
              words.say("paying.change"),
              amounts.text(settled.change()),
              words.say("paying.finish"));
      case Settlement.Short(Money remaining) ->
          view.change(
              words.say("paying.still-left"),
              amounts.text(remaining),
              words.say("paying.take", amounts.text(offered)));
      case Settlement.Refused _ ->
          view.change(words.say("paying.change"), "", words.say("paying.finish"));
    }
    view.finishes(!nothingBought());
    view.suggestions(paying.suggestions(), amount -> type(AmountEntry.of(amount)));
    boolean asked = paying.payment().asked() != null;
    String back =
        asked
            ? words.say("terminal.show")
            : paying.tenders().isEmpty() ? "" : words.say("paying.take-back");
    view.tenders(
        rows(preview),
        amounts.text(paying.left()),
        back,
        asked ? others.cards()::showOpen : others.cards()::giveLastBack);
  }

  /** What was added to the goods, what was taken, what the terminal owes, and the rounding. */
  private List<String[]> rows(Settlement preview) {
    var amounts = surface.amounts();
    OpenPayment payment = paying.payment();
    List<String[]> rows = new ArrayList<>();
    if (!payment.isEmpty() && !paying.running().isEmpty()) {
      rows.add(new String[] {words.say("paying.total"), amounts.text(paying.running().total())});
    }
    for (Money card : payment.giftCards()) {
      rows.add(new String[] {words.say("paying.sold-card"), amounts.text(card)});
    }
    if (!payment.paidOff().isZero()) {
      rows.add(new String[] {words.say("paying.pay-off"), amounts.text(payment.paidOff())});
    }
    if (!payment.tip().isZero()) {
      rows.add(new String[] {words.say("paying.tip"), amounts.text(payment.tip())});
    }
    payment
        .tenders()
        .forEach(
            tender ->
                rows.add(
                    new String[] {
                      TenderWords.of(words, tender), amounts.text(tender.amount().negate())
                    }));
    OpenPayment.Asked asked = payment.asked();
    if (asked != null) {
      rows.add(new String[] {words.say("terminal.open"), amounts.text(asked.amount())});
    }
    if (preview instanceof Settlement.Settled settled && !settled.rounding().isZero()) {
      rows.add(new String[] {words.say("paying.rounding"), amounts.text(settled.rounding())});
    }
    return rows;
  }

  private void keep() {
    surface
        .desk()
        .run(
            () -> {
              paying.keep();
              return true;
            },
            _ -> {},
            surface::trouble);
  }

  private final class Counter implements OtherTenders.Counter {
    @Override
    public Optional<Money> typed() {
      return entry.isEmpty() ? Optional.empty() : Optional.of(entry.amount());
    }

    @Override
    public void after(Taken taken) {
      PayingController.this.after(taken);
    }

    @Override
    public void refresh() {
      PayingController.this.refresh();
    }

    @Override
    public boolean isOvertaken() {
      return PayingController.this.isOvertaken();
    }

    @Override
    public boolean finishing() {
      return finishing;
    }

    @Override
    public void leave() {
      surface.strip().clear();
      exits.backToSale();
    }
  }

  private final class Buttons implements PayingView.Acts {
    @Override
    public void digit(String digits) {
      type(entry.typed(digits));
    }

    @Override
    public void back() {
      type(entry.back());
    }

    @Override
    public void cash() {
      PayingController.this.cash();
    }

    @Override
    public void leave() {
      PayingController.this.leave();
    }
  }
}
