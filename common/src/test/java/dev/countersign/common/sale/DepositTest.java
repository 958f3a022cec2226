package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.each;
import static dev.countersign.common.sale.Goods.item;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.money.Quantity;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to be minded of goods: containers, ages and hours. */
class DepositTest {
  private static final LineItem COLA = item("Cola");
  private static final Basket.Container CAN =
      new Basket.Container(item("Can").asContainer(), usd("0.25"), Quantity.ONE);

  private static Basket cola(Basket basket) {
    return basket.addOrIncrease(COLA, Quantity.ONE, each("1.00"), LineFacts.NONE, List.of(CAN));
  }

  @Test
  void theSameGoodsScannedTwiceAreOneLineWithOneLineOfContainers() {
    var basket = cola(cola(Basket.empty(USD)));
    assertThat(basket.lines()).extracting(BasketLine::quantity).containsOnly(Quantity.of(2));
    assertThat(basket.lines()).hasSize(2);
    assertThat(basket.goodsOf(2)).isEqualTo(1);
    assertThat(basket.goodsOf(1)).isEqualTo(1);
  }

  @Test
  void aContainerIsNeitherChangedNorStruckThroughByItself() {
    var basket = cola(Basket.empty(USD));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.voidLine(2));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.setQuantity(2, Quantity.of(5)));
    assertThatIllegalArgumentException().isThrownBy(() -> basket.setPrice(2, each("0.01")));
    var lines = basket.lines();
    assertThatIllegalArgumentException()
        .as("goods struck through without it")
        .isThrownBy(() -> basket.with(List.of(lines.getFirst().struck(), lines.getLast())));
    assertThatIllegalArgumentException()
        .as("more of it than of the goods")
        .isThrownBy(
            () ->
                basket.with(
                    List.of(
                        lines.getFirst(),
                        lines.getLast().times(Quantity.of(3), lines.getLast().price()))));
  }

  @Test
  void otherContainersMakeAnotherLine() {
    var plain = cola(Basket.empty(USD)).addOrIncrease(COLA, Quantity.ONE, each("1.00"));
    assertThat(plain.lines()).hasSize(3);
  }

  @Test
  void onlyTheOneFormOfDepositsIsRead() {
    var bottle = new Deposit(new UUID(1, 1), Quantity.of(20));
    var crate = new Deposit(new UUID(1, 2), Quantity.ONE);
    String text = Deposit.text(List.of(bottle, crate));
    assertThat(Deposit.read(text)).contains(List.of(bottle, crate));
    assertThat(Deposit.read("")).contains(List.of());
    assertThat(Deposit.read(text + " ")).isEmpty();
    assertThat(Deposit.read(Deposit.text(List.of(bottle, bottle)))).isEmpty();
    assertThat(Deposit.read(bottle.product() + "*1.5")).isEmpty();
    assertThat(Deposit.read(bottle.product() + "*0")).isEmpty();
    assertThat(Deposit.read(bottle.product() + "*1000")).isEmpty();
    assertThat(Deposit.read(bottle.product().toString())).isEmpty();
    assertThat(Deposit.read(text + " " + text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Alcohol", " alcohol", "alco\u0007hol", "-", "=x"})
  void restrictedGoodsAreNamedInOneForm(String name) {
    assertThat(Handling.isKind(name)).isFalse();
  }

  @Test
  void aContainerBearsNoContainers() {
    var deposits = List.of(new Deposit(new UUID(1, 1), Quantity.ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handling(0, "", false, true, deposits));
    assertThat(Handling.NONE.withDeposits(deposits).withContainer(true).deposits()).isEmpty();
    assertThat(Handling.NONE.withDeposits(deposits).withWeighed(true).deposits()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:00,true", // a Monday
    "2026-11-23T07:59,false",
    "2026-11-23T21:59,true",
    "2026-11-23T22:00,false",
    "2026-11-22T12:00,false", // a Sunday
    "2026-11-28T23:59,true", // on Saturdays until two
    "2026-11-29T01:59,true",
    "2026-11-29T02:00,false",
    "2026-11-28T01:00,false", // that is Friday's night
  })
  void hoursBeginWithinAndEndOutside(LocalDateTime moment, boolean allowed) {
    var hours =
        List.of(
            new SaleHours("alcohol", List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 8 * 60, 22 * 60),
            new SaleHours("alcohol", List.of(DayOfWeek.SATURDAY), 8 * 60, 2 * 60));
    assertThat(SaleHours.allow(hours, "alcohol", moment)).isEqualTo(allowed);
    assertThat(SaleHours.allow(hours, "tobacco", moment)).isTrue();
    assertThat(SaleHours.allow(hours, "", moment)).isTrue();
  }

  @Test
  void anAgeThatWasCheckedStandsForTheSaleAndForYoungerGoods() {
    var basket = Basket.empty(USD).checked(new AgeCheck(18, AgeCheck.How.DOCUMENT));
    assertThat(basket.isOldEnough(18)).isTrue();
    assertThat(basket.isOldEnough(21)).isFalse();
    assertThat(basket.checked(new AgeCheck(16, AgeCheck.How.LOOKED)).age())
        .isEqualTo(new AgeCheck(18, AgeCheck.How.DOCUMENT));
    assertThat(basket.backTo(Basket.empty(USD)).isOldEnough(18)).isTrue();
    assertThat(Basket.empty(USD).isOldEnough(0)).isTrue();
  }
}
