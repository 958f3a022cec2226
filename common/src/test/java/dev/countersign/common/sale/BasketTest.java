package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.each;
import static dev.countersign.common.sale.Goods.item;
import static dev.countersign.common.sale.Goods.qty;
import static dev.countersign.common.sale.Goods.total;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.money.CurrencyMismatchException;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class BasketTest {
  private static final Basket EMPTY = Basket.empty(USD);
  private static final LineItem RUM = item("Rum");
  private static final LineItem GIN = item("Gin");

  @Test
  void everyScanIsALineUnlessAskedToCount() {
    var apart = EMPTY.add(RUM, Quantity.ONE, each("9.99")).add(RUM, Quantity.ONE, each("9.99"));
    assertThat(apart.lines()).extracting(BasketLine::no).containsExactly(1, 2);

    var counted =
        EMPTY
            .addOrIncrease(RUM, Quantity.ONE, each("9.99"))
            .addOrIncrease(RUM, Quantity.of(2), each("9.99"));
    assertThat(counted.lines()).hasSize(1);
    assertThat(counted.lines().getFirst().quantity()).isEqualTo(Quantity.of(3));
    assertThat(counted.lines().getFirst().amount()).isEqualTo(usd("29.97"));
  }

  @Test
  void onlyTheSameThingAtTheSamePriceInTheSameDirectionIsCounted() {
    var basket = EMPTY.addOrIncrease(RUM, Quantity.ONE, each("9.99"));
    assertThat(basket.addOrIncrease(GIN, Quantity.ONE, each("9.99")).lines()).hasSize(2);
    assertThat(basket.addOrIncrease(RUM, Quantity.ONE, each("8.99")).lines()).hasSize(2);
    assertThat(basket.addOrIncrease(RUM, Quantity.of(-1), each("9.99")).lines()).hasSize(2);
    assertThat(basket.voidLine(1).addOrIncrease(RUM, Quantity.ONE, each("9.99")).lines())
        .hasSize(2);
    var byTotal = EMPTY.addOrIncrease(RUM, Quantity.ONE, total("9.99"));
    assertThat(byTotal.addOrIncrease(RUM, Quantity.ONE, total("9.99")).lines()).hasSize(2);
  }

  @Test
  void anOperationLeavesTheBasketBeforeAsItWas() {
    var before = EMPTY.add(RUM, Quantity.ONE, each("9.99"));
    var after = before.setQuantity(1, Quantity.of(5)).voidLine(1);
    assertThat(before.lines().getFirst().quantity()).isEqualTo(Quantity.ONE);
    assertThat(before.lines().getFirst().voided()).isFalse();
    assertThat(after.lines().getFirst().voided()).isTrue();
  }

  @Test
  void aVoidedLineStaysAndCountsForNothing() {
    var basket =
        EMPTY.add(RUM, Quantity.ONE, each("9.99")).add(GIN, Quantity.ONE, each("5.00")).voidLine(1);
    assertThat(basket.lines()).hasSize(2);
    assertThat(basket.liveLines()).extracting(BasketLine::no).containsExactly(2);
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    assertThat(priced.total()).isEqualTo(usd("5.00"));
    assertThat(priced.line(1)).isEmpty();
    assertThat(basket.add(RUM, Quantity.ONE, each("9.99")).lines().getLast().no()).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> basket.voidLine(1));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.setQuantity(1, Quantity.ONE));
  }

  @Test
  void anAmountThatDoesNotDivideIsKeptAsItIs() {
    var basket = EMPTY.add(RUM, Quantity.of(7), total("100.00"));
    assertThat(basket.lines().getFirst().amount()).isEqualTo(usd("100.00"));
    assertThat(basket.setQuantity(1, Quantity.of(14)).lines().getFirst().amount())
        .isEqualTo(usd("200.00"));
    assertThat(basket.setQuantity(1, Quantity.ONE).lines().getFirst().amount())
        .isEqualTo(usd("14.29"));
    assertThat(basket.setQuantity(1, Quantity.of(-7)).lines().getFirst().amount())
        .isEqualTo(usd("-100.00"));
  }

  @Test
  void returnedGoodsMakeTheLineNegative() {
    var basket = EMPTY.add(RUM, Quantity.of(-2), each("9.99"));
    assertThat(basket.lines().getFirst().amount()).isEqualTo(usd("-19.98"));
    assertThat(Pricing.price(basket, TaxRounding.perLine(USD)).total()).isEqualTo(usd("-19.98"));
  }

  @Test
  void aPriceCanBeChangedOnALine() {
    var basket = EMPTY.add(RUM, Quantity.of(2), each("9.99")).setPrice(1, each("8.00"));
    var line = basket.lines().getFirst();
    assertThat(line.amount()).isEqualTo(usd("16.00"));
    assertThat(line.listed()).isEqualTo(usd("9.99"));
    assertThat(basket.setPrice(1, each("7.00")).lines().getFirst().listed()).isEqualTo(usd("9.99"));
    assertThat(basket.setPrice(1, each("9.99")).lines().getFirst().listed()).isNull();
  }

  @Test
  void anotherPriceThanAnAmountForTheWholeNamesItsShareForOne() {
    var cheese = EMPTY.add(RUM, qty("0.310"), total("12.40"));
    assertThat(cheese.setPrice(1, each("0.01")).line(1).listed()).isEqualTo(usd("40.00"));
    assertThat(cheese.setPrice(1, each("0.01")).setPrice(1, each("40.00")).line(1).listed())
        .as("back at it")
        .isNull();
    assertThat(cheese.setPrice(1, each("40.01")).line(1).listed())
        .as("the same amount is no other price")
        .isNull();
    var dozen = EMPTY.add(RUM, Quantity.of(12), total("10.00"));
    assertThat(dozen.setPrice(1, each("0.83")).line(1).listed())
        .as("4 cents less in all")
        .isEqualTo(usd("0.83"));
    var screws = EMPTY.add(RUM, Quantity.of(1000), total("4.00")).setPrice(1, each("0.02"));
    assertThat(screws.line(1).listed())
        .as("no price of nothing to go back to")
        .isEqualTo(usd("0.01"));
    var back = EMPTY.add(RUM, qty("-0.310"), total("-12.40")).setPrice(1, each("50.00"));
    assertThat(back.line(1).listed()).isEqualTo(usd("40.00"));
  }

  @Test
  void oneMoreIsNotCountedOnToALineOffWhichSomethingWasGiven() {
    var basket = EMPTY.add(RUM, Quantity.ONE, each("9.99"));
    var off = new Discount.PercentOff(BigDecimal.TEN, "damaged");
    assertThat(basket.discount(1, off).addOrIncrease(RUM, Quantity.ONE, each("9.99")).lines())
        .hasSize(2);
    assertThat(basket.note(1, "blue").addOrIncrease(RUM, Quantity.ONE, each("9.99")).lines())
        .hasSize(2);
    assertThat(basket.discount(off).addOrIncrease(RUM, Quantity.ONE, each("9.99")).lines())
        .hasSize(1);
  }

  @Test
  void whatCannotStandOnAReceiptIsNoNote() {
    var basket = EMPTY.add(RUM, Quantity.ONE, each("9.99"));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.note("two\nlines"));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.note(1, "x".repeat(161)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Discount.PercentOff(BigDecimal.TEN, "\u001b@"));
    var many = basket;
    for (int i = 0; i < Discount.MOST; i++) {
      many = many.discount(1, new Discount.PercentOff(BigDecimal.ONE, ""));
    }
    var full = many;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full.discount(1, new Discount.PercentOff(BigDecimal.ONE, "")));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EMPTY.add(RUM, Quantity.ZERO, each("9.99")));
    assertThatIllegalArgumentException().isThrownBy(() -> each("-1.00"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EMPTY.add(RUM, Quantity.ONE, total("-1.00")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EMPTY.add(RUM, Quantity.of(-1), total("1.00")));
    assertThatIllegalArgumentException().isThrownBy(() -> EMPTY.setQuantity(1, Quantity.ONE));
    assertThatIllegalArgumentException().isThrownBy(() -> EMPTY.voidLine(0));
    assertThatIllegalArgumentException().isThrownBy(() -> item(" "));
    var basket = EMPTY.add(RUM, qty("0.5"), each("9.99"));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.setQuantity(1, Quantity.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Basket(USD, List.of(basket.lines().getFirst(), basket.lines().getFirst())));
  }

  @Test
  void aLineInAnotherCurrencyIsRefused() {
    assertThatExceptionOfType(CurrencyMismatchException.class)
        .isThrownBy(
            () -> Basket.empty(Currency.getInstance("EUR")).add(RUM, Quantity.ONE, each("1.00")));
  }

  @Test
  void aStuckKeyDoesNotFillTheMemory() {
    var line = EMPTY.add(RUM, Quantity.ONE, each("1.00")).lines().getFirst();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Basket(USD, Collections.nCopies(Basket.MOST_LINES + 1, line)))
        .withMessageContaining("at most 5000 lines");
  }
}
