package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Days as people read and type them. */
class DatesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 9);

  /** The toolkit draws marks for direction as boxes. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void nothingStandsInADayThatIsNotSeen(Language language) {
    Amounts amounts = new Amounts(new Speech(language), () -> ZoneOffset.UTC);
    Instant at = DAY.atTime(17, 5).toInstant(ZoneOffset.UTC);
    for (String written : new String[] {amounts.date(DAY), amounts.day(DAY), amounts.moment(at)}) {
      assertThat(written.codePoints().filter(each -> Character.getType(each) == Character.FORMAT))
          .as(written)
          .isEmpty();
      assertThat(written).containsPattern("2026|٢٠٢٦");
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void aDayIsReadAsItIsWritten(Language language) {
    Amounts amounts = new Amounts(new Speech(language), () -> ZoneOffset.UTC);
    assertThat(amounts.day(amounts.date(DAY))).isEqualTo(DAY);
  }
}
