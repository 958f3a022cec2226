package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.approved;
import static dev.countersign.client.ledger.TillFixture.basket;
import static dev.countersign.client.ledger.TillFixture.cashier;
import static dev.countersign.client.ledger.TillFixture.draft;
import static dev.countersign.client.ledger.TillFixture.each;
import static dev.countersign.client.ledger.TillFixture.rum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LinePrice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was given off, why, and by whose word, as the sale records it. */
class DiscountedSaleTest {
  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void aTill() throws Exception {
    till = TillFixture.in(temp);
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aWordThatWasGivenOnTheSpotStandsForItsActAloneAndIsInTheChange() {
    till.openShift();
    Basket less = basket().discount(new Discount.PercentOff(BigDecimal.TEN, "Happy hour"));
    Agreed word = new Agreed(PermissionKey.SALE_DISCOUNT, TillFixture.SUPERVISOR);
    assertNotPermitted(less, PermissionKey.SALE_DISCOUNT);
    assertNotPermitted(
        less.agreed(new Agreed(PermissionKey.SALE_PRICE, TillFixture.SUPERVISOR)),
        PermissionKey.SALE_DISCOUNT);
    assertNotPermitted(
        less.agreed(new Agreed(PermissionKey.SALE_DISCOUNT, TillFixture.CASHIER)),
        PermissionKey.SALE_DISCOUNT);
    Basket back = less.agreed(word).add(rum(), Quantity.of(-1), each(1999));
    assertNotPermitted(back, PermissionKey.SALE_RETURN);
    CompletedSale sale = till.ledger().complete(cashier(), draft(less.agreed(word)));
    assertThat(sale.body().agreed())
        .containsExactly(new SaleCompleted.Agreed("sale.discount", TillFixture.SUPERVISOR));
    byte[] sent = till.device().outbox().nextToSend().orElseThrow().payload();
    assertThat(new String(sent, StandardCharsets.UTF_8))
        .as("nobody agreed to the whole sale")
        .contains(TillFixture.SUPERVISOR.toString())
        .doesNotContain("\"approver\":\"");
  }

  /** Empties and goods without a receipt ask for the same right. */
  @Test
  void aWordForEmptiesAnswersForNoGoodsThatComeBack() {
    till.openShift();
    Basket words =
        basket()
            .agreed(new Agreed(PermissionKey.SALE_RETURN, TillFixture.SUPERVISOR))
            .agreed(new Agreed(PermissionKey.SALE_PRICE, TillFixture.SUPERVISOR));
    Basket back =
        words.add(rum(), Quantity.of(-1), new LinePrice.Returned(Money.of(1999, USD), "torn"));
    assertNotPermitted(back, PermissionKey.SALE_RETURN);
    Basket dear =
        words.add(rum(), Quantity.of(-1), new LinePrice.Returned(Money.of(2500, USD), "torn"));
    assertThat(till.ledger().complete(approved(), draft(dear)).body())
        .satisfies(
            sale -> {
              assertThat(sale.requires()).contains(PermissionKey.SALE_PRICE);
              assertThat(sale.answering(PermissionKey.SALE_PRICE)).isEmpty();
            });
  }

  @Test
  void aDiscountIsNamedOnEveryLineThatItFallsOnAndIsNoOtherPrice() {
    till.openShift();
    Basket less =
        basket()
            .discount(1, new Discount.AmountOff(Money.of(98, USD), "Damaged"))
            .discount(new Discount.PercentOff(new BigDecimal("10.0"), "Happy hour"));
    SaleCompleted sale = till.ledger().complete(approved(), draft(less)).body();
    assertThat(sale.lines())
        .extracting(SaleCompleted.Line::listed, SaleCompleted.Line::amount, SaleCompleted.Line::off)
        .containsExactly(
            tuple(
                null,
                3510L,
                List.of(
                    new SaleCompleted.Off("Damaged", null, 98, false),
                    new SaleCompleted.Off("Happy hour", "10", 390, true))),
            tuple(null, 1395L, List.of(new SaleCompleted.Off("Happy hour", "10", 155, true))));
    assertThat(sale.total()).isEqualTo(4905);
  }

  private void assertNotPermitted(Basket basket, PermissionKey key) {
    assertThatExceptionOfType(NotPermittedException.class)
        .isThrownBy(() -> till.ledger().complete(cashier(), draft(basket)))
        .satisfies(e -> assertThat(e.key()).isEqualTo(key));
  }
}
