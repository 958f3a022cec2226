package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Offer.Part;
import java.util.Currency;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What a promotion gives: the kind, and the figures that it needs. */
final class OfferFields extends VBox {
  /** What there is to choose from. */
  private enum Kind {
    PERCENT_OFF,
    AMOUNT_OFF,
    FIXED_PRICE,
    PAY_FOR,
    PRICE_FOR,
    TOGETHER,
    CHEAPEST_FREE,
    SPEND_PERCENT,
    SPEND_AMOUNT;

    boolean takes() {
      return this == PAY_FOR || this == PRICE_FOR || this == CHEAPEST_FREE;
    }

    boolean hasFigure() {
      return this != PAY_FOR && this != CHEAPEST_FREE;
    }

    boolean hasThreshold() {
      return this == SPEND_AMOUNT || this == SPEND_PERCENT;
    }
  }

  private final Words words;
  private final Currency currency;
  private final ComboBox<Kind> kind;
  private final TextField take = FigureFields.field("promotion-take");
  private final TextField pay = FigureFields.field("promotion-pay");
  private final TextField figure = FigureFields.field("promotion-figure");
  private final TextField threshold = FigureFields.field("promotion-threshold");
  private final VBox figureBox;
  private final VBox thresholdBox;
  private final Label explained = Parts.paragraph("", "soft", "note");

  /**
   * @param inParts told whether the goods are sold together, each a part of one whole
   */
  OfferFields(Words words, Currency currency, Consumer<Boolean> inParts) {
    super(12);
    this.words = words;
    this.currency = currency;
    kind = Forms.choice(List.of(Kind.values()), this::name);
    kind.setId("promotion-kind");
    figureBox = Forms.named(words.say("promotions.figure.price"), figure);
    thresholdBox = Forms.named(words.say("promotions.threshold.from"), threshold);
    HBox figures =
        Parts.row(
            10,
            Forms.named(words.say("promotions.take"), take),
            Forms.named(words.say("promotions.pay"), pay),
            figureBox,
            thresholdBox);
    getChildren().addAll(Forms.named(words.say("promotions.kind"), kind), figures, explained);
    kind.valueProperty()
        .addListener(
            (_, _, now) -> {
              figuresOf(now);
              inParts.accept(now == Kind.TOGETHER);
            });
    figuresOf(kind.getValue());
  }

  private String name(Kind which) {
    return switch (which) {
      case PERCENT_OFF -> words.say("promotions.kind.percent-off");
      case AMOUNT_OFF -> words.say("promotions.kind.amount-off");
      case FIXED_PRICE -> words.say("promotions.kind.fixed-price");
      case PAY_FOR -> words.say("promotions.kind.pay-for");
      case PRICE_FOR -> words.say("promotions.kind.price-for");
      case TOGETHER -> words.say("promotions.kind.together");
      case CHEAPEST_FREE -> words.say("promotions.kind.cheapest-free");
      case SPEND_PERCENT -> words.say("promotions.kind.spend-percent");
      case SPEND_AMOUNT -> words.say("promotions.kind.spend-amount");
    };
  }

  private void figuresOf(Kind which) {
    Parts.show(take.getParent(), which.takes());
    Parts.show(pay.getParent(), which == Kind.PAY_FOR);
    Parts.show(figureBox, which.hasFigure());
    Parts.show(thresholdBox, which.hasThreshold());
    rename(
        figureBox,
        figure,
        switch (which) {
          case PERCENT_OFF, SPEND_PERCENT -> words.say("promotions.figure.percent");
          case AMOUNT_OFF, SPEND_AMOUNT -> words.say("promotions.figure.amount");
          default -> words.say("promotions.figure.price");
        });
    rename(
        thresholdBox,
        threshold,
        which == Kind.SPEND_AMOUNT
            ? words.say("promotions.threshold.each")
            : words.say("promotions.threshold.from"));
    explained.setText(
        switch (which) {
          case PERCENT_OFF -> words.say("promotions.explained.percent-off");
          case AMOUNT_OFF -> words.say("promotions.explained.amount-off");
          case FIXED_PRICE -> words.say("promotions.explained.fixed-price");
          case PAY_FOR -> words.say("promotions.explained.pay-for");
          case PRICE_FOR -> words.say("promotions.explained.price-for");
          case TOGETHER -> words.say("promotions.explained.together");
          case CHEAPEST_FREE -> words.say("promotions.explained.cheapest-free");
          case SPEND_PERCENT -> words.say("promotions.explained.spend-percent");
          case SPEND_AMOUNT -> words.say("promotions.explained.spend-amount");
        });
  }

  private static void rename(VBox box, TextField field, String name) {
    field.setAccessibleText(name);
    if (box.getChildren().getFirst() instanceof Label label) {
      label.setText(name);
    }
  }

  void fill(Offer offer) {
    switch (offer) {
      case Offer.PercentOff o -> fill(Kind.PERCENT_OFF, FigureFields.percent(o.percent()), 0);
      case Offer.AmountOff o -> fill(Kind.AMOUNT_OFF, money(o.amount()), 0);
      case Offer.FixedPrice o -> fill(Kind.FIXED_PRICE, money(o.price()), 0);
      case Offer.PayFor o -> {
        fill(Kind.PAY_FOR, "", o.take());
        pay.setText(Integer.toString(o.pay()));
      }
      case Offer.PriceFor o -> fill(Kind.PRICE_FOR, money(o.price()), o.take());
      case Offer.Together o -> fill(Kind.TOGETHER, money(o.price()), 0);
      case Offer.CheapestFree o -> fill(Kind.CHEAPEST_FREE, "", o.take());
      case Offer.SpendPercent o -> {
        fill(Kind.SPEND_PERCENT, FigureFields.percent(o.percent()), 0);
        threshold.setText(money(o.threshold()));
      }
      case Offer.SpendAmount o -> {
        fill(Kind.SPEND_AMOUNT, money(o.amount()), 0);
        threshold.setText(money(o.threshold()));
      }
    }
  }

  private void fill(Kind which, String figureText, int taken) {
    kind.setValue(which);
    figure.setText(figureText);
    take.setText(taken == 0 ? "" : Integer.toString(taken));
  }

  private String money(long minor) {
    return FigureFields.money(minor, currency);
  }

  /**
   * What stands in the fields.
   *
   * @param parts what is sold together, when that is what it gives
   * @throws IllegalArgumentException or ArithmeticException when a figure cannot be read
   */
  Offer read(List<Part> parts) {
    return switch (kind.getValue()) {
      case PERCENT_OFF -> new Offer.PercentOff(FigureFields.hundredths(figure));
      case AMOUNT_OFF -> new Offer.AmountOff(minor(figure));
      case FIXED_PRICE -> new Offer.FixedPrice(minor(figure));
      case PAY_FOR -> new Offer.PayFor(FigureFields.whole(take), FigureFields.whole(pay));
      case PRICE_FOR -> new Offer.PriceFor(FigureFields.whole(take), minor(figure));
      case TOGETHER -> new Offer.Together(parts, minor(figure));
      case CHEAPEST_FREE -> new Offer.CheapestFree(FigureFields.whole(take));
      case SPEND_PERCENT ->
          new Offer.SpendPercent(minor(threshold), FigureFields.hundredths(figure));
      case SPEND_AMOUNT -> new Offer.SpendAmount(minor(threshold), minor(figure));
    };
  }

  private long minor(TextField field) {
    return FigureFields.minor(field, currency);
  }
}
