package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Paying.Taken;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.PayingView.Choice;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.TenderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything but cash: what is asked for each way to pay, what came of it, and how it goes back.
 */
final class OtherTenders {
  private final Surface surface;
  private final Words words;
  private final Paying paying;
  private final PayTools tools;
  private final CardTaking cards;
  private final Counter counter;
  private final List<Choice> choices = new ArrayList<>();

  /** The screen that takes the amount. */
  interface Counter {
    /** What was typed, or empty. */
    Optional<Money> typed();

    /** Something was handed over. */
    void after(Taken taken);

    /** Everything is as it was; what is shown may have changed. */
    void refresh();

    /** Other taxes hold than were shown; then the sale is shown again and nothing is taken. */
    boolean isOvertaken();

    /** The sale is being written down. */
    boolean finishing();

    /** Nothing is taken any more. */
    void leave();
  }

  OtherTenders(Surface surface, Paying paying, PayTools tools, Approvals atTill, Counter counter) {
    this.surface = surface;
    this.words = surface.words();
    this.paying = paying;
    this.tools = tools;
    this.cards = new CardTaking(surface, paying, tools, atTill, counter);
    this.counter = counter;
    add(TenderKind.CARD, words.say("paying.card"), "C", cards::card);
    add(TenderKind.MOBILE_MONEY, words.say("paying.mobile"), "M", this::mobile);
    add(TenderKind.VOUCHER, words.say("paying.voucher"), "V", this::voucher);
    add(TenderKind.GIFT_CARD, words.say("paying.gift-card"), "G", this::credit);
    add(TenderKind.STORE_CREDIT, words.say("paying.store-credit"), "S", this::credit);
    if (paying.debtor() != null && paying.running().isEmpty()) {
      choices.add(new Choice(words.say("paying.pay-off"), "B", this::payOff));
    } else if (paying.debtor() != null) {
      add(TenderKind.ON_ACCOUNT, words.say("paying.on-account"), "A", this::onAccount);
    }
    if (!paying.terms().tips().isEmpty()) {
      choices.add(new Choice(words.say("paying.tip"), "T", this::tip));
    }
    if (paying.terms().rules().takes(TenderKind.GIFT_CARD)) {
      choices.add(new Choice(words.say("paying.sell-card"), "K", this::sellCard));
    }
  }

  private void add(TenderKind kind, String name, String key, Runnable act) {
    if (paying.terms().rules().takes(kind)) {
      choices.add(
          new Choice(
              name,
              key,
              () -> {
                if (cards.isFree() && !counter.isOvertaken()) {
                  act.run();
                }
              }));
    }
  }

  /** What concerns cards, and payments that go back. */
  CardTaking cards() {
    return cards;
  }

  List<Choice> choices() {
    return choices;
  }

  /** Whether a letter is the key of one of them; then it is done. */
  boolean key(String letter) {
    String key = letter.toUpperCase(Locale.ROOT);
    Optional<Choice> chosen = choices.stream().filter(each -> each.key().equals(key)).findFirst();
    chosen.ifPresent(each -> each.act().run());
    return chosen.isPresent();
  }

  private void mobile() {
    boolean change = paying.terms().rules().givesChange(TenderKind.MOBILE_MONEY);
    Money amount = change ? counter.typed().orElse(paying.left()) : cards.part();
    String figure = surface.amounts().text(amount);
    ReferenceSheet.open(
        surface,
        words.say("mobile.title", figure),
        words.say("mobile.text"),
        words.say("mobile.reference"),
        words.say("mobile.take", figure),
        reference -> counter.after(paying.mobile(amount, reference)));
  }

  private void voucher() {
    Money worth = counter.typed().orElse(paying.left());
    Money left = paying.left();
    boolean change = paying.terms().rules().givesChange(TenderKind.VOUCHER);
    Money taken = change || worth.compareTo(left) <= 0 ? worth : left;
    String text =
        worth.compareTo(left) <= 0
            ? words.say("voucher.text")
            : change
                ? words.say("voucher.text-change", surface.amounts().text(worth.minus(left)))
                : words.say("voucher.text-no-change", surface.amounts().text(left));
    ReferenceSheet.open(
        surface,
        words.say("voucher.title", surface.amounts().text(worth)),
        text,
        words.say("voucher.reference"),
        words.say("voucher.take", surface.amounts().text(taken)),
        reference -> counter.after(paying.voucher(worth, reference)));
  }

  private void credit() {
    Money amount = cards.part();
    if (amount.isPositive()) {
      CreditSheet.open(
          surface,
          tools.redeeming(),
          paying,
          amount,
          tender -> {
            if (!counter.finishing()) {
              counter.after(paying.credit(tender));
            }
          });
    }
  }

  private void onAccount() {
    Money amount = cards.part();
    if (amount.isPositive() && paying.payment().paidOff().isZero()) {
      counter.after(paying.account(amount));
    } else {
      surface.refuse(words.say("account.nothing"));
    }
  }

  private void payOff() {
    if (!cards.isFree()) {
      return;
    }
    counter
        .typed()
        .ifPresentOrElse(
            amount -> changed(paying.payOff(amount), words.say("pay-off.not")),
            () -> surface.refuse(words.say("pay-off.amount")));
  }

  private void tip() {
    if (!cards.isFree()) {
      return;
    }
    counter.typed().ifPresentOrElse(this::tip, () -> TipSheet.open(surface, paying, this::tip));
  }

  private void tip(Money amount) {
    changed(paying.tip(amount), words.say("tip.not"));
  }

  private void sellCard() {
    if (!cards.isFree()) {
      return;
    }
    Optional<Money> amount = counter.typed();
    if (amount.isEmpty()) {
      if (paying.payment().giftCards().isEmpty()) {
        surface.refuse(words.say("sell-card.amount"));
      } else {
        changed(paying.sellNoGiftCards(), words.say("sell-card.not"));
      }
    } else {
      changed(paying.sellGiftCard(amount.get()), words.say("sell-card.not"));
    }
  }

  private void changed(boolean done, String whyNot) {
    if (done) {
      surface.strip().clear();
      counter.after(new Taken.MoreToPay(paying.left()));
    } else {
      surface.refuse(whyNot);
    }
  }
}
