package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Redeeming;
import dev.countersign.client.flow.Redeeming.Found;
import dev.countersign.client.flow.Redeeming.Redeemed;
import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CreditTender;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A gift card or credit by its code: first what is on it, then how much of it is taken. */
final class CreditSheet {
  private static final double WIDTH = 480;
  private static final int LONGEST_CODE = 40;

  private final Surface surface;
  private final Words words;
  private final Redeeming redeeming;
  private final Paying paying;
  private final Money wanted;
  private final Consumer<CreditTender> taken;
  private final TextField code;
  private final Label said = Parts.paragraph("", "soft");
  private final VBox figures = new VBox(4);
  private final Button act;
  private Found.@Nullable Card card;
  private boolean asking;
  private boolean closed;

  private CreditSheet(
      Surface surface,
      Redeeming redeeming,
      Paying paying,
      Money wanted,
      Consumer<CreditTender> taken) {
    this.surface = surface;
    this.words = surface.words();
    this.redeeming = redeeming;
    this.paying = paying;
    this.wanted = wanted;
    this.taken = taken;
    this.code = CodeField.of(Fields.field(words.say("credit.code"), "credit-code", LONGEST_CODE));
    this.act = Parts.button(words.say("credit.look"), this::go, "primary");
  }

  /**
   * @param wanted at most so much is taken, above 0
   */
  static void open(
      Surface surface,
      Redeeming redeeming,
      Paying paying,
      Money wanted,
      Consumer<CreditTender> taken) {
    new CreditSheet(surface, redeeming, paying, wanted, taken).show();
  }

  private void show() {
    code.setOnAction(_ -> go());
    code.textProperty().addListener((_, _, _) -> forget());
    said.setText(words.say("credit.text"));
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("credit.title"), "title"),
            said,
            Fields.named(words.say("credit.code"), code),
            figures,
            Parts.foot(Parts.button(words.say("card.cancel"), surface.sheets()::close), act));
    surface.sheets().open(content, WIDTH, code, () -> closed = true);
  }

  /** Another code is typed: what was said was about the one before. */
  private void forget() {
    card = null;
    figures.getChildren().clear();
    label(words.say("credit.look"));
  }

  private void label(String text) {
    act.setText(text);
    act.setAccessibleText(text);
  }

  private void go() {
    if (asking || code.getText().isBlank()) {
      return;
    }
    asking = true;
    String typed = code.getText();
    Found.Card found = card;
    if (found == null) {
      say(words.say("credit.asking"), false);
      surface
          .desk()
          .beside()
          .run(() -> redeeming.look(typed, paying), came -> looked(typed, came), this::failed);
    } else {
      Money amount = least(wanted, found.usable());
      surface
          .desk()
          .beside()
          .run(
              () -> redeeming.take(typed, found, amount, paying),
              came -> {
                switch (came) {
                  case Redeemed.Ready(CreditTender tender) -> ready(tender);
                  case Redeemed.Not(Found because) -> found(because);
                }
              },
              this::failed);
    }
  }

  private void ready(CreditTender tender) {
    asking = false;
    if (closed) {
      // Nobody waits for it any more: other tills may have it.
      surface
          .desk()
          .beside()
          .run(
              () -> {
                redeeming.release(tender, paying);
                return true;
              },
              _ -> {},
              surface::trouble);
    } else {
      surface.sheets().close();
      taken.accept(tender);
    }
  }

  private void failed(Exception failure) {
    asking = false;
    say(words.say("credit.text"), false);
    surface.trouble(failure);
  }

  /** What comes after another code was typed is about the one before. */
  private void looked(String typed, Found came) {
    if (code.getText().equals(typed)) {
      found(came);
    } else {
      asking = false;
    }
  }

  private void found(Found found) {
    asking = false;
    if (found instanceof Found.Card here && here.usable().isPositive()) {
      card = here;
      show(here);
    } else {
      forget();
      surface.sounds().refused();
      say(whyNot(found), true);
    }
  }

  private void show(Found.Card here) {
    var amounts = surface.amounts();
    Money balance = here.balance();
    figures
        .getChildren()
        .setAll(
            BasketView.sum(
                words.say("credit.balance"),
                balance == null ? words.say("credit.balance-unknown") : amounts.text(balance)),
            BasketView.sum(words.say("credit.usable"), amounts.text(here.usable())),
            BasketView.sum(words.say("paying.left"), amounts.text(paying.left())));
    say(
        switch (here.kind()) {
          case GIFT_CARD -> words.say("credit.found.gift-card");
          case STORE_CREDIT -> words.say("credit.found.store-credit");
        },
        false);
    label(words.say("credit.take", amounts.text(least(wanted, here.usable()))));
  }

  private String whyNot(Found found) {
    return switch (found) {
      case Found.Card card -> nothingUsable(card.balance());
      case Found.NotACode _ -> words.say("credit.not.code");
      case Found.Unknown _ -> words.say("credit.not.unknown");
      case Found.Later later ->
          words.say("credit.not.later", Math.max(1, later.retryAfter().toSeconds()));
      case Found.Refused refused -> words.say("credit.not.refused", refused.code());
      case Found.NotTaken _ -> words.say("paying.refused.not-taken");
      case Found.Offline _ -> words.say("credit.not.offline");
    };
  }

  private String nothingUsable(@Nullable Money balance) {
    return balance != null && balance.isPositive()
        ? words.say("credit.not.held-elsewhere", surface.amounts().text(balance))
        : words.say("credit.not.empty");
  }

  private static Money least(Money one, Money other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void say(String text, boolean wrong) {
    said.setText(text);
    said.getStyleClass().removeAll("soft", "bad-text");
    said.getStyleClass().add(wrong ? "bad-text" : "soft");
  }
}
