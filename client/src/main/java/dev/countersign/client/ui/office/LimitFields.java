package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import java.util.Currency;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Who gets a promotion, how much of it, and how it goes with others. */
final class LimitFields extends VBox {
  private static final int USUAL_PRIORITY = 100;
  private static final double TOUCH = 48;

  private final Currency currency;
  private final TextField coupon = FigureFields.field("promotion-coupon");
  private final TextField couponPerSale = FigureFields.field("promotion-coupon-per-sale");
  private final TextField uses = FigureFields.field("promotion-uses");
  private final TextField perSale = FigureFields.field("promotion-per-sale");
  private final TextField ofPrice = FigureFields.field("promotion-of-price");
  private final TextField priority = FigureFields.field("promotion-priority");
  private final CheckBox combines = new CheckBox();
  private final CheckBox onReduced = new CheckBox();

  /** What stands in the fields. */
  record Read(
      int priority, boolean combines, boolean onReduced, Caps caps, @Nullable Coupon coupon) {}

  LimitFields(Words words, Currency currency) {
    super(10);
    this.currency = currency;
    priority.setText(Integer.toString(USUAL_PRIORITY));
    couponPerSale.setText("1");
    combines.setText(words.say("promotions.combines"));
    onReduced.setText(words.say("promotions.on-reduced"));
    combines.setMinHeight(TOUCH);
    onReduced.setMinHeight(TOUCH);
    getChildren()
        .addAll(
            Parts.row(
                10,
                Forms.named(words.say("promotions.coupon.code"), coupon),
                Forms.named(words.say("promotions.coupon.per-sale"), couponPerSale)),
            Parts.row(
                10,
                Forms.named(words.say("promotions.uses"), uses),
                Forms.named(words.say("promotions.per-sale"), perSale)),
            Parts.row(
                10,
                Forms.named(words.say("promotions.of-price"), ofPrice),
                Forms.named(words.say("promotions.priority"), priority)),
            Parts.paragraph(words.say("promotions.order"), "soft", "note"),
            new VBox(combines, onReduced));
  }

  void fill(Promotion was) {
    Coupon shown = was.coupon();
    if (shown != null) {
      coupon.setText(shown.code());
      couponPerSale.setText(Integer.toString(shown.perSale()));
    }
    Caps caps = was.caps();
    uses.setText(caps.uses() == 0 ? "" : Integer.toString(caps.uses()));
    perSale.setText(caps.perSale() == 0 ? "" : FigureFields.money(caps.perSale(), currency));
    ofPrice.setText(caps.ofPrice() == Offer.ALL ? "" : FigureFields.percent(caps.ofPrice()));
    priority.setText(Integer.toString(was.priority()));
    combines.setSelected(was.combines());
    onReduced.setSelected(was.onReduced());
  }

  /**
   * What stands in the fields; where nothing stands there is no limit.
   *
   * @throws IllegalArgumentException or ArithmeticException when a figure cannot be read
   */
  Read read() {
    String code = Coupon.normal(coupon.getText());
    return new Read(
        FigureFields.whole(priority, USUAL_PRIORITY),
        combines.isSelected(),
        onReduced.isSelected(),
        new Caps(
            FigureFields.whole(uses, 0),
            perSale.getText().isBlank() ? 0 : FigureFields.minor(perSale, currency),
            ofPrice.getText().isBlank() ? Offer.ALL : FigureFields.hundredths(ofPrice)),
        code.isEmpty() ? null : new Coupon(code, FigureFields.whole(couponPerSale, 1)));
  }
}
