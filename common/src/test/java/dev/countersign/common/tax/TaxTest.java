package dev.countersign.common.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxTest {
  private static final LocalDate DAY = LocalDate.of(2027, 1, 1);
  private static final Tax VAT =
      Tax.since("VAT", TaxRule.Kind.PERCENT, new BigDecimal("19"), true, false, true);

  @Test
  void oneThatWasWrittenBeforeThereWereSeveralRatesHoldsSinceAlways() {
    String old =
        "{\"name\":\"VAT\",\"type\":\"PERCENT\",\"rate\":19,\"included\":true,"
            + "\"includeInBase\":false,\"baseAffected\":true}";
    TaxItem item = Json.decode(old.getBytes(StandardCharsets.UTF_8), TaxItem.class);
    assertThat(item.tax()).isEqualTo(VAT);
    assertThat(item.tax().on(LocalDate.MIN)).isEqualTo(new BigDecimal("19"));
    TaxItem later = TaxItem.of(VAT.from(DAY, new BigDecimal("21")));
    assertThat(Json.decode(Json.encode(later), TaxItem.class)).isEqualTo(later);
    assertThat(later.tax().version()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E+40",
        "1E-40",
        "1000.000001",
        "-100",
        "0.1234567",
        "5.5000000",
        "1E+2000000000"
      })
  void aRateThatIsNoneFitsNowhere(String rate) {
    assertThat(VAT.from(DAY, new BigDecimal(rate)).fits()).isFalse();
    assertThat(
            Tax.since("VAT", TaxRule.Kind.PERCENT, new BigDecimal(rate), true, false, true).fits())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " VAT", "A;B", "?", "a\nb", "longer than a receipt has"})
  void aNameStandsOnOneLineAndInACatalogueFile(String name) {
    assertThat(VAT.named(name).fits()).isFalse();
  }

  @Test
  void daysRiseAndAreDays() {
    TaxRate first = new TaxRate(DAY, BigDecimal.ONE);
    TaxRate second = new TaxRate(DAY.plusDays(1), BigDecimal.TEN);
    assertThat(VAT.with("VAT", List.of(first, second)).fits()).isTrue();
    assertThat(VAT.with("VAT", List.of(second, first)).fits()).isFalse();
    assertThat(VAT.with("VAT", List.of(first, first)).fits()).isFalse();
    assertThat(VAT.from(LocalDate.of(1, 1, 1), BigDecimal.ONE).fits()).isFalse();
    assertThat(VAT.from(LocalDate.MAX, BigDecimal.ONE).fits()).isFalse();
  }

  @Test
  void howItIsChargedStays() {
    Tax other = Tax.since("VAT", TaxRule.Kind.PERCENT, new BigDecimal("19"), false, false, true);
    assertThat(other.mayFollow(VAT, DAY)).isFalse();
    assertThat(
            Tax.since("VAT", TaxRule.Kind.PERCENT, new BigDecimal("20"), true, false, true)
                .mayFollow(VAT, DAY))
        .isFalse();
    assertThat(VAT.from(DAY, BigDecimal.ONE).mayFollow(VAT, DAY)).isTrue();
    assertThat(VAT.from(DAY.minusDays(1), BigDecimal.ONE).mayFollow(VAT, DAY)).isFalse();
    assertThat(VAT.from(DAY, BigDecimal.ONE).from(DAY, BigDecimal.TEN).mayFollow(VAT, DAY))
        .as("a slip is corrected on the same day")
        .isTrue();
  }
}
