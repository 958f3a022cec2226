package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.Paying.Taken;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayingTest {
  private static final Currency USD = Currency.getInstance("USD");

  @TempDir Path directory;
  private TillFixture till;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(directory);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aSaleThatRoundsToNothingIsPaidWithNothing() {
    CashRounding toFive =
        new CashRounding(usd(5), CashRounding.Mode.HALF_UP, CashRounding.Scope.CASH);
    Paying paying = paying(running(2), toFive, List.of());
    assertThat(paying.leftInCash()).isEqualTo(usd(0));
    assertThat(paying.cash(usd(0))).isEqualTo(new Taken.Settled(usd(0)));
  }

  @Test
  void nothingPaysNothingOfASaleThatCosts() {
    Paying paying = paying(running(100), null, List.of());
    assertThat(paying.cash(usd(0))).isEqualTo(new Taken.MoreToPay(usd(100)));
    assertThat(paying.tenders()).isEmpty();
  }

  @Test
  void whatWasHandedOverBeforeAPowerCutCounts() {
    Running running = running(1_999);
    Tender card = new CardTender(usd(1_000), "88 213", "4711");
    paying(running, null, List.of()).keep(List.of(card));
    till.reopen();
    Paying paying = paying(running, null, till.ledger().kept().orElseThrow().tenders());
    assertThat(paying.left()).isEqualTo(usd(999));
    assertThat(paying.cash(usd(1_000))).isEqualTo(new Taken.Settled(usd(1)));
    assertThat(paying.tenders()).containsExactly(card, new CashTender(usd(1_000)));
  }

  private Paying paying(Running running, @Nullable CashRounding rounding, List<Tender> tenders) {
    return new Paying(till.ledger(), Clock.systemUTC(), rounding, running, tenders);
  }

  private static Running running(long price) {
    Basket basket = Basket.empty(USD).add(TillFixture.rum(), Quantity.ONE, TillFixture.each(price));
    return new Running(
        basket, Pricing.price(basket, TaxRounding.perLine(USD)), 1, Quantity.ONE, false);
  }

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }
}
