package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a promotion is. What this sheet does not ask for (products one by one, hours, stores,
 * caps, what is sold together) stays as it was.
 */
final class PromotionSheet {
  private static final double WIDTH = 640;
  private static final int USUAL_PRIORITY = 100;
  private static final double TOUCH = 48;
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,2})?");

  /** What there is to choose from; each shows the figures that it needs. */
  private enum Kind {
    PERCENT_OFF,
    AMOUNT_OFF,
    FIXED_PRICE,
    PAY_FOR,
    PRICE_FOR,
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

    boolean isPercent() {
      return this == PERCENT_OFF || this == SPEND_PERCENT;
    }
  }

  private final Surface surface;
  private final Words words;
  private final @Nullable Promotion before;
  private final Currency currency;
  private final Consumer<Promotion> write;
  private final String everything;
  private final TextField name = field("promotion-name");
  private final ComboBox<Kind> kind;
  private final TextField take = field("promotion-take");
  private final TextField pay = field("promotion-pay");
  private final TextField figure = field("promotion-figure");
  private final TextField threshold = field("promotion-threshold");
  private final ComboBox<String> category;
  private final LocalDate today;
  private final TextField from = field("promotion-from");
  private final TextField to = field("promotion-to");
  private final TextField coupon = field("promotion-coupon");
  private final CheckBox combines = new CheckBox();
  private final CheckBox onReduced = new CheckBox();
  private final Label wrong = Parts.paragraph("", "bad-text");

  private PromotionSheet(
      Surface surface,
      @Nullable Promotion before,
      List<String> categories,
      Currency currency,
      LocalDate today,
      Consumer<Promotion> write) {
    this.surface = surface;
    this.today = today;
    this.words = surface.words();
    this.before = before;
    this.currency = currency;
    this.write = write;
    this.everything = words.say("promotions.goods.all");
    this.kind = Forms.choice(List.of(Kind.values()), this::kindName);
    List<String> goods = new ArrayList<>(List.of(everything));
    goods.addAll(categories);
    this.category = Forms.choice(goods, text -> text);
    combines.setText(words.say("promotions.combines"));
    onReduced.setText(words.say("promotions.on-reduced"));
    for (CheckBox box : List.of(combines, onReduced)) {
      box.setMinHeight(TOUCH);
    }
    from.setText(surface.amounts().date(today));
    Parts.show(wrong, false);
    if (before != null) {
      fill(before);
    }
  }

  /**
   * @param before what is changed, or null for a new one
   * @param write takes what was made of it, under its next version
   */
  static void open(
      Surface surface,
      @Nullable Promotion before,
      List<String> categories,
      Currency currency,
      LocalDate today,
      Consumer<Promotion> write) {
    new PromotionSheet(surface, before, categories, currency, today, write).show();
  }

  private static TextField field(String id) {
    TextField field = new TextField();
    field.setId(id);
    return field;
  }

  private String kindName(Kind which) {
    return switch (which) {
      case PERCENT_OFF -> words.say("promotions.kind.percent-off");
      case AMOUNT_OFF -> words.say("promotions.kind.amount-off");
      case FIXED_PRICE -> words.say("promotions.kind.fixed-price");
      case PAY_FOR -> words.say("promotions.kind.pay-for");
      case PRICE_FOR -> words.say("promotions.kind.price-for");
      case CHEAPEST_FREE -> words.say("promotions.kind.cheapest-free");
      case SPEND_PERCENT -> words.say("promotions.kind.spend-percent");
      case SPEND_AMOUNT -> words.say("promotions.kind.spend-amount");
    };
  }

  private void show() {
    boolean asked = offerIsAsked();
    HBox figures =
        Parts.row(
            10,
            Forms.named(words.say("promotions.take"), take),
            Forms.named(words.say("promotions.pay"), pay),
            Forms.named(words.say("promotions.figure"), figure),
            Forms.named(words.say("promotions.threshold"), threshold));
    kind.valueProperty().addListener((_, _, now) -> figuresOf(now));
    figuresOf(kind.getValue());
    VBox offer = new VBox(12, Forms.named(words.say("promotions.kind"), kind), figures);
    Parts.show(offer, asked);
    VBox goods = Forms.named(words.say("promotions.goods"), category);
    Parts.show(goods, asked && goodsAreAsked());
    HBox days =
        Parts.row(
            10,
            Forms.named(words.say("promotions.from", surface.amounts().date(today)), from),
            Forms.named(words.say("promotions.to"), to),
            Forms.named(words.say("promotions.coupon"), coupon));
    VBox content =
        new VBox(
            12,
            Parts.label(
                words.say(before == null ? "promotions.add" : "promotions.change"), "title"),
            Forms.named(words.say("promotions.name"), name),
            offer,
            goods,
            days,
            combines,
            onReduced,
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                Parts.spacer(),
                Parts.button(words.say("promotions.save"), this::save, "primary")));
    HBox.setHgrow(figures, Priority.ALWAYS);
    surface.sheets().open(content, WIDTH, name, () -> {});
  }

  private void figuresOf(Kind which) {
    Parts.show(take.getParent(), which.takes());
    Parts.show(pay.getParent(), which == Kind.PAY_FOR);
    Parts.show(figure.getParent(), which.hasFigure());
    Parts.show(threshold.getParent(), which.hasThreshold());
  }

  /** Of a kind that this sheet does not know, only name, days and coupon are asked. */
  private boolean offerIsAsked() {
    return before == null
        || before.terms().offer().filter(o -> !(o instanceof Offer.Together)).isPresent();
  }

  private boolean goodsAreAsked() {
    return before == null
        || (before.goods().products().isEmpty() && before.goods().categories().size() <= 1);
  }

  private void fill(Promotion was) {
    name.setText(was.name());
    was.terms().offer().ifPresent(this::fill);
    if (goodsAreAsked() && !was.goods().meansEverything()) {
      String only = was.goods().categories().getFirst();
      if (!category.getItems().contains(only)) {
        category.getItems().add(only);
      }
      category.setValue(only);
    }
    from.setText(surface.amounts().date(was.validity().from()));
    LocalDate last = was.validity().to();
    to.setText(last == null ? "" : surface.amounts().date(last));
    coupon.setText(was.coupon() == null ? "" : was.coupon().code());
    combines.setSelected(was.combines());
    onReduced.setSelected(was.onReduced());
  }

  private void fill(Offer offer) {
    switch (offer) {
      case Offer.PercentOff o -> fill(Kind.PERCENT_OFF, percent(o.percent()), 0);
      case Offer.AmountOff o -> fill(Kind.AMOUNT_OFF, money(o.amount()), 0);
      case Offer.FixedPrice o -> fill(Kind.FIXED_PRICE, money(o.price()), 0);
      case Offer.PayFor o -> {
        fill(Kind.PAY_FOR, "", o.take());
        pay.setText(Integer.toString(o.pay()));
      }
      case Offer.PriceFor o -> fill(Kind.PRICE_FOR, money(o.price()), o.take());
      case Offer.CheapestFree o -> fill(Kind.CHEAPEST_FREE, "", o.take());
      case Offer.SpendPercent o -> {
        fill(Kind.SPEND_PERCENT, percent(o.percent()), 0);
        threshold.setText(money(o.threshold()));
      }
      case Offer.SpendAmount o -> {
        fill(Kind.SPEND_AMOUNT, money(o.amount()), 0);
        threshold.setText(money(o.threshold()));
      }
      case Offer.Together _ -> {
        // Not asked here.
      }
    }
  }

  private void fill(Kind which, String figureText, int taken) {
    kind.setValue(which);
    figure.setText(figureText);
    take.setText(taken == 0 ? "" : Integer.toString(taken));
  }

  private static String percent(int hundredths) {
    return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
  }

  private String money(long minor) {
    return Money.of(minor, currency).toDecimalString();
  }

  private void save() {
    Optional<Promotion> typed = typed().filter(Promotion::fits);
    if (typed.isPresent()) {
      write.accept(typed.get());
    } else {
      wrong.setText(words.say("promotions.wrong", surface.amounts().date(today)));
      Parts.show(wrong, true);
    }
  }

  /** What was typed; empty when a figure or a day cannot be read. */
  private Optional<Promotion> typed() {
    Promotion was = before;
    try {
      Terms terms = was != null && !offerIsAsked() ? was.terms() : Terms.of(offer());
      String only = category.getValue();
      Selection goods =
          was != null && !(offerIsAsked() && goodsAreAsked())
              ? was.goods()
              : only.equals(everything) ? Selection.EVERYTHING : Selection.ofCategories(only);
      LocalDate first = Forms.day(surface.amounts(), from);
      LocalDate last = Forms.dayOrNone(surface.amounts(), to);
      Validity validity =
          was == null
              ? Validity.from(first, last)
              : new Validity(
                  first,
                  last,
                  was.validity().days(),
                  was.validity().fromMinute(),
                  was.validity().toMinute(),
                  was.validity().stores());
      String code = Coupon.normal(coupon.getText());
      int perSale = was == null || was.coupon() == null ? 1 : was.coupon().perSale();
      return Optional.of(
          new Promotion(
              name.getText().strip(),
              was == null ? 1 : was.version() + 1,
              was == null ? USUAL_PRIORITY : was.priority(),
              combines.isSelected(),
              onReduced.isSelected(),
              terms,
              goods,
              was == null ? Caps.NONE : was.caps(),
              code.isEmpty() ? null : new Coupon(code, perSale),
              validity));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private Offer offer() {
    return switch (kind.getValue()) {
      case PERCENT_OFF -> new Offer.PercentOff(hundredths());
      case AMOUNT_OFF -> new Offer.AmountOff(minor(figure));
      case FIXED_PRICE -> new Offer.FixedPrice(minor(figure));
      case PAY_FOR -> new Offer.PayFor(whole(take), whole(pay));
      case PRICE_FOR -> new Offer.PriceFor(whole(take), minor(figure));
      case CHEAPEST_FREE -> new Offer.CheapestFree(whole(take));
      case SPEND_PERCENT -> new Offer.SpendPercent(minor(threshold), hundredths());
      case SPEND_AMOUNT -> new Offer.SpendAmount(minor(threshold), minor(figure));
    };
  }

  private static int whole(TextField field) {
    return Integer.parseInt(field.getText().strip());
  }

  private int hundredths() {
    String typed = plain(figure);
    if (!PERCENT.matcher(typed).matches()) {
      throw new IllegalArgumentException("not a percentage");
    }
    return new BigDecimal(typed).movePointRight(2).intValueExact();
  }

  private long minor(TextField field) {
    return Money.parse(plain(field), currency).minor();
  }

  /** With a point or a comma. */
  private static String plain(TextField field) {
    return field.getText().strip().replace(',', '.');
  }
}
