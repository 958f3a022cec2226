package dev.countersign.client.ui.till;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.GivingBack.Way;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ui.kit.AmountEntry;
import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Gives money back: proposed the way it was paid, and another way for whoever may. */
final class GivingBackController implements Screen {
  private final Surface surface;
  private final Words words;
  private final GivingBack giving;
  private final Approvals atTill;
  private final Supplier<LocalDate> businessDate;
  private final Consumer<CompletedSale> done;
  private final RefundDesk.Ways ways;
  private final CardReturning cards;
  private final GivingBackView view;
  private AmountEntry entry;
  private boolean finishing;
  private boolean left;

  /** The second person who agreed to it as it stands, when one was asked. */
  private @Nullable UUID agreed;

  GivingBackController(
      Surface surface,
      GivingBack giving,
      TerminalLane terminal,
      Approvals atTill,
      Supplier<LocalDate> businessDate,
      Consumer<CompletedSale> done,
      RefundDesk.Ways ways) {
    this.surface = surface;
    this.words = surface.words();
    this.giving = giving;
    this.atTill = atTill;
    this.businessDate = businessDate;
    this.done = done;
    this.ways = ways;
    this.cards =
        new CardReturning(
            surface,
            giving,
            terminal,
            atTill,
            new CardReturning.Counter() {
              @Override
              public void refresh() {
                GivingBackController.this.refresh();
              }

              @Override
              public void allSent() {
                record();
              }
            });
    this.entry = AmountEntry.empty(giving.owed().currency());
    BasketView basket = new BasketView(words, surface.amounts());
    basket.showToPay(giving.running());
    this.view = new GivingBackView(surface, basket, giving.givesCredit(), new Buttons());
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    left = false;
    refresh();
    view.requestFocus();
    cards.shown();
  }

  @Override
  public void hidden() {
    left = true;
    cards.hidden();
  }

  @Override
  public Runnable remember() {
    AmountEntry before = entry;
    return () -> type(before);
  }

  @Override
  public void scanned(String code) {
    surface.refuse(words.say("giving.scanned"));
  }

  @Override
  public List<KeyAct> keys() {
    return TillKeys.givingBack(surface.words(), giving.givesCredit());
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      if (key.getCharacter().matches("[0-9]")) {
        type(entry.typed(key.getCharacter()));
        key.consume();
      }
      return;
    }
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    KeyCode code = key.getCode();
    if ((code == KeyCode.ENTER && !onButton) || code == KeyCode.F12) {
      finish();
    } else if (code == KeyCode.F5) {
      choose(Way.AS_PAID);
    } else if (code == KeyCode.F6) {
      choose(Way.CASH);
    } else if (code == KeyCode.F7) {
      choose(Way.STORE_CREDIT);
    } else if (code == KeyCode.ESCAPE) {
      back();
    } else if (code == KeyCode.BACK_SPACE) {
      type(entry.back());
    } else if (code == KeyCode.DELETE) {
      type(AmountEntry.empty(entry.currency()));
    } else {
      return;
    }
    key.consume();
  }

  private void type(AmountEntry now) {
    entry = now;
    refresh();
  }

  /** So much of it as was typed, or all. */
  private void choose(Way way) {
    if (way == Way.STORE_CREDIT && !giving.givesCredit()) {
      surface.refuse(words.say("paying.refused.not-taken"));
    } else if (!finishing && cards.isFree()) {
      agreed = null;
      giving.choose(way, entry.isEmpty() ? null : entry.amount());
      type(AmountEntry.empty(entry.currency()));
    }
  }

  private void back() {
    if (finishing || !cards.isFree()) {
      return;
    }
    if (!giving.payment().isEmpty()) {
      surface.refuse(words.say("giving.gone"));
      return;
    }
    surface.strip().clear();
    ways.toSale(giving.running());
  }

  /** Whoever must agree is asked before a terminal sends what nobody can call back. */
  private void finish() {
    if (finishing || !cards.isFree()) {
      return;
    }
    if (!cards.hasMore()) {
      record();
      return;
    }
    finishing = true;
    atTill
        .about(surface.amounts().text(giving.owed()))
        .run(
            (cashier, approver) -> {
              giving.require(cashier, approver, businessDate.get());
              return Optional.ofNullable(approver);
            },
            approver -> {
              finishing = false;
              agreed = approver.orElse(null);
              surface.strip().clear();
              // Not for somebody who has locked meanwhile: whoever unlocks sees it and begins it.
              if (!left) {
                cards.send();
              }
            },
            this::failed);
  }

  private void record() {
    finishing = true;
    UUID before = agreed;
    atTill
        .about(surface.amounts().text(giving.owed()))
        .run(
            (cashier, approver) ->
                giving.finish(cashier, approver == null ? before : approver, businessDate.get()),
            sale -> {
              surface.strip().clear();
              done.accept(sale);
            },
            this::failed);
  }

  /** Nothing was recorded, and of what is not with a card already no money has gone out. */
  private void failed(Exception failure) {
    finishing = false;
    surface.trouble(failure);
  }

  private void refresh() {
    var amounts = surface.amounts();
    Money shown = entry.isEmpty() ? giving.left() : entry.amount();
    view.entry(amounts.text(shown), !entry.isEmpty());
    List<GivingBackView.Row> rows =
        giving.tenders().stream()
            .map(
                tender ->
                    new GivingBackView.Row(
                        TenderWords.of(words, tender),
                        note(tender),
                        amounts.text(tender.amount().negate())))
            .toList();
    view.rows(rows);
    List<Tender> rest = giving.rest();
    boolean allGone = rest.isEmpty() && !giving.payment().tenders().isEmpty();
    List<Tender> told = allGone ? giving.tenders() : rest;
    Money cash = giving.cash();
    Money all = Money.sum(cash.currency(), told.stream().map(Tender::amount).toList()).negate();
    boolean one = told.size() == 1;
    String figure = amounts.text(all);
    view.leaves(giving.payment().isEmpty());
    view.goes(
        giving.way(),
        one ? to(told.getFirst()) : words.say("giving.several"),
        figure,
        allGone ? words.say("giving.record") : words.say("giving.finish", figure),
        one || !cash.isPositive() ? "" : amounts.text(cash));
  }

  private String to(Tender tender) {
    return switch (tender) {
      case CashTender _ -> words.say("giving.cash");
      case CardTender card when card.lastFour().isEmpty() -> words.say("giving.to.card-any");
      case CardTender card -> words.say("giving.to.card", card.lastFour());
      case MobileTender _ -> words.say("giving.to.mobile");
      case CreditTender credit when credit.credit() == CreditKind.GIFT_CARD ->
          words.say("giving.to.gift-card");
      case CreditTender _, VoucherTender _ -> words.say("giving.to.store-credit");
      case AccountTender _ -> words.say("giving.to.account");
    };
  }

  private String note(Tender tender) {
    return switch (tender) {
      case CashTender _ -> words.say("giving.cash.note");
      case CardTender card when giving.payment().tenders().contains(card) ->
          card.reference().isEmpty()
              ? words.say("giving.card.gone")
              : words.say("giving.card.gone-reference", card.reference());
      case CardTender card when card.reference().isEmpty() -> words.say("giving.card.note");
      case CardTender card -> words.say("giving.card.note-reference", card.reference());
      case MobileTender mobile -> words.say("giving.mobile.note", mobile.reference());
      case CreditTender credit when giving.isNew(credit) -> words.say("giving.credit.new");
      case CreditTender _ -> words.say("giving.credit.note");
      // A voucher stays with the shop: what it paid goes back as credit.
      case VoucherTender _ -> words.say("giving.credit.note");
      case AccountTender _ -> words.say("giving.account.note");
    };
  }

  private final class Buttons implements GivingBackView.Acts {
    @Override
    public void digit(String digits) {
      type(entry.typed(digits));
    }

    @Override
    public void back() {
      type(entry.back());
    }

    @Override
    public void way(Way way) {
      choose(way);
    }

    @Override
    public void finish() {
      GivingBackController.this.finish();
    }

    @Override
    public void leave() {
      GivingBackController.this.back();
    }
  }
}
