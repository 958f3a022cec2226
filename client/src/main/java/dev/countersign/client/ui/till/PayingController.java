package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Paying.Taken;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ui.kit.AmountEntry;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
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
  private final PayingView view;
  private AmountEntry entry;
  private boolean finishing;

  /** Where this screen leads. */
  public interface Exits {
    void paid(CompletedSale sale);

    void backToSale();

    void lock();
  }

  /** Proposes exactly what is left. */
  PayingController(
      Surface surface,
      Paying paying,
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
    BasketView basket = new BasketView(words, surface.amounts());
    basket.showToPay(paying.running());
    this.view = new PayingView(surface, basket, new Buttons());
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    refresh();
    view.requestFocus();
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
    } else if (code == KeyCode.L && key.isShortcutDown()) {
      exits.lock();
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
    } else if (character.equalsIgnoreCase("c") && !key.isShortcutDown()) {
      card();
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
    if (!finishing) {
      after(paying.cash(cashOffered()));
    }
  }

  private void card() {
    if (finishing) {
      return;
    }
    Money left = paying.left();
    boolean part = !entry.isEmpty() && entry.amount().compareTo(left) < 0;
    CardSheet.open(
        surface,
        part ? entry.amount() : left,
        (amount, reference, lastFour) -> {
          if (!finishing) {
            after(paying.card(amount, reference, lastFour));
          }
        });
  }

  /** Money that was taken must be given back first: leaving would forget it. */
  private void leave() {
    if (!finishing && !paying.tenders().isEmpty()) {
      surface.refuse(words.say("paying.refused.leave"));
    } else if (!finishing) {
      surface.strip().clear();
      exits.backToSale();
    }
  }

  private void after(Taken taken) {
    switch (taken) {
      case Taken.Settled _ -> finish();
      case Taken.MoreToPay _ -> {
        surface.strip().clear();
        type(AmountEntry.empty(entry.currency()));
        keep();
      }
      case Taken.Refused(Settlement.Reason reason) -> surface.refuse(refused(reason));
      case Taken.CardNumber _ -> surface.refuse(words.say("paying.refused.card-number"));
      case Taken.Malformed _ -> surface.refuse(words.say("paying.refused.malformed"));
    }
  }

  private String refused(Settlement.Reason reason) {
    return switch (reason) {
      case CARD_OVER_TENDER ->
          words.say("paying.refused.card-over", surface.amounts().text(paying.left()));
      case OTHER_CURRENCY, WRONG_DIRECTION, PAID_OUT_TOO_MUCH -> words.say("paying.refused.other");
    };
  }

  private void finish() {
    finishing = true;
    atTill.run(
        (cashier, approver) -> paying.finish(cashier, approver, businessDate.get()),
        sale -> {
          surface.strip().clear();
          exits.paid(sale);
        },
        failure -> {
          // Nothing was recorded: the money is given back to the counter and can be taken again.
          finishing = false;
          paying.takeBack();
          refresh();
          surface.trouble(failure);
        });
  }

  private void refresh() {
    var amounts = surface.amounts();
    Money offered = cashOffered();
    view.entry(amounts.text(offered), !entry.isEmpty());
    switch (paying.withCash(offered)) {
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
    Consumer<Money> note = amount -> type(AmountEntry.of(amount));
    view.suggestions(paying.suggestions(), note);
    List<String[]> rows =
        paying.tenders().stream()
            .map(tender -> new String[] {name(tender), amounts.text(tender.amount())})
            .toList();
    view.tenders(rows, amounts.text(paying.left()), this::takeBack);
  }

  private void takeBack() {
    if (finishing) {
      return;
    }
    paying.takeBack();
    refresh();
    keep();
  }

  private void keep() {
    List<Tender> soFar = paying.tenders();
    surface
        .desk()
        .run(
            () -> {
              paying.keep(soFar);
              return soFar;
            },
            _ -> {},
            surface::trouble);
  }

  private String name(Tender tender) {
    return switch (tender) {
      case CashTender _ -> words.say("paying.cash");
      case CardTender card when card.lastFour().isEmpty() -> words.say("paying.card");
      case CardTender card -> words.say("paying.card-ending", card.lastFour());
      case CreditTender credit ->
          credit.kind() == CreditKind.GIFT_CARD
              ? words.say("paying.gift-card")
              : words.say("paying.store-credit");
    };
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
    public void card() {
      PayingController.this.card();
    }

    @Override
    public void leave() {
      PayingController.this.leave();
    }

    @Override
    public void takeBack() {
      PayingController.this.takeBack();
    }
  }
}
