package dev.countersign.common.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Money;
import java.util.Currency;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestedNotesTest {
  @ParameterizedTest
  @CsvSource({
    "USD, 7.30, 8.00 10.00 20.00 50.00",
    "USD, 7.00, 10.00 20.00 50.00 100.00",
    "USD, 23.10, 24.00 25.00 30.00 40.00",
    "USD, 112.99, 113.00 115.00 120.00 150.00",
    "USD, 100.00, ''",
    "USD, 3450.75, 3460.00 3500.00",
    "EUR, 0.95, 1.00 2.00 5.00 10.00",
    "GBP, 19.99, 20.00 50.00",
    "JPY, 730, 800 1000 5000 10000",
    "IDR, 73400, 74000.00 75000.00 80000.00 100000.00",
    "GHS, 7.30, 8.00 10.00 20.00 50.00",
    "KRW, 12300, 13000 14000 15000 20000",
    "USD, 0, ''",
    "USD, -5.00, ''"
  })
  void theyAreWhatACustomerHandsOver(String currency, String due, String suggested) {
    var amount = Money.parse(due, Currency.getInstance(currency));
    assertThat(
            String.join(
                " ",
                SuggestedNotes.forAmount(amount).stream().map(Money::toDecimalString).toList()))
        .isEqualTo(suggested);
  }

  @Property
  void atMostFourInOrderAndAlwaysEnough(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long minor,
      @ForAll("currencies") Currency currency) {
    var due = Money.of(minor, currency);
    var suggested = SuggestedNotes.forAmount(due);
    assertThat(suggested).hasSizeLessThanOrEqualTo(4).isSorted().doesNotHaveDuplicates();
    assertThat(suggested).allMatch(amount -> amount.compareTo(due) > 0);
  }

  @Provide
  Arbitrary<Currency> currencies() {
    return Arbitraries.of("USD", "EUR", "GBP", "CHF", "JPY", "GHS", "KWD", "KRW")
        .map(Currency::getInstance);
  }
}
