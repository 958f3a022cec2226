package dev.countersign.common.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.common.catalogue.UnreadableCode.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gs1ParserTest {
  private static final Gs1Parser PARSER = new Gs1Parser(LocalDate.of(2026, 11, 21));
  private static final String GTIN = "00088004022723";

  @Test
  void aWeighedItemSaysItAll() {
    var code =
        (Gs1Code)
            PARSER.parse(
                "]e001"
                    + GTIN
                    + "3103001250"
                    + "3922599\u001d"
                    + "10LOT-7\u001d"
                    + "17270131"
                    + "21S/N*9");
    assertThat(code.gtin()).contains(new Gtin(GTIN));
    assertThat(code.netKilograms().orElseThrow()).isEqualByComparingTo("1.25");
    assertThat(code.price().orElseThrow()).isEqualByComparingTo("5.99");
    assertThat(code.batch()).contains("LOT-7");
    assertThat(code.serial()).contains("S/N*9");
    assertThat(code.expiry()).contains(LocalDate.of(2027, 1, 31));
    assertThat(code.count()).isEmpty();
  }

  @Test
  void poundsBecomeKilograms() {
    var code = (Gs1Code) PARSER.parse("\u001d01" + GTIN + "3201000025");
    assertThat(code.netKilograms().orElseThrow()).isEqualByComparingTo("1.133980925");
  }

  @Test
  void aLogisticUnitCountsWhatItHolds() {
    var code = (Gs1Code) PARSER.parse("\u001d02" + GTIN + "3724");
    assertThat(code.gtin()).contains(new Gtin(GTIN));
    assertThat(code.count().orElseThrow()).isEqualByComparingTo("24");
  }

  @Test
  void aPriceWithItsCurrencyIsRead() {
    var code = (Gs1Code) PARSER.parse("\u001d39329781250");
    assertThat(code.value("3932")).contains("12.5");
    assertThat(code.elements().getFirst().raw()).isEqualTo("9781250");
    assertThat(code.priced()).contains(new Gs1Code.Priced(978, new BigDecimal("12.5")));
    assertThat(code.price()).as("in no currency of its own").isEmpty();
  }

  @Test
  void anExpiryMayHaveATime() {
    var code = (Gs1Code) PARSER.parse("\u001d01" + GTIN + "70032611211405");
    assertThat(code.value("7003")).contains("2026-11-21T14:05");
    assertThat(code.expiry()).contains(LocalDate.of(2026, 11, 21));
    assertThat(code.isExpired(LocalDateTime.of(2026, 11, 21, 14, 5))).isFalse();
    assertThat(code.isExpired(LocalDateTime.of(2026, 11, 21, 14, 6))).isTrue();
    var both = (Gs1Code) PARSER.parse("\u001d01" + GTIN + "7003261121140517261120");
    assertThat(both.expiry()).as("the earlier").contains(LocalDate.of(2026, 11, 20));
    assertThat(both.isExpired(LocalDateTime.of(2026, 11, 21, 9, 0))).isTrue();
    assertThat(PARSER.parse("\u001d70032611212405")).isInstanceOf(UnreadableCode.class);
    assertThat(PARSER.parse("\u001d70032611311405")).isInstanceOf(UnreadableCode.class);
  }

  @Test
  void whatIsPrintedIsReadAsWhatIsScanned() {
    var printed = Gs1Parser.ofPrinted(" (01)" + GTIN + " (10)LOT(7) (17)270131 ");
    var code = (Gs1Code) PARSER.parse(printed);
    assertThat(code.batch()).contains("LOT(7)");
    assertThat(code.expiry()).contains(LocalDate.of(2027, 1, 31));
    assertThat(Gs1Parser.isPrinted("(01)" + GTIN)).isTrue();
    assertThat(Gs1Parser.isPrinted("(large)")).isFalse();
  }

  @Test
  void fnc1AfterAFixedLengthIsAllowed() {
    var code = (Gs1Code) PARSER.parse("\u001d01" + GTIN + "\u001d10A\u001d");
    assertThat(code.elements()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "761231,2076-12-31",
    "770101,1977-01-01",
    "760101,2076-01-01",
    "000229,2000-02-29",
    "240200,2024-02-29",
    "260200,2026-02-28"
  })
  void theCenturyIsTheNearestOne(String yymmdd, LocalDate day) {
    assertThat(PARSER.date(yymmdd)).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(strings = {"251301", "250230", "250001", "25010", "25O101", ""})
  void noSuchDayIsRefused(String yymmdd) {
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> PARSER.date(yymmdd));
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "99X, UNKNOWN_APPLICATION_IDENTIFIER",
    "3, UNKNOWN_APPLICATION_IDENTIFIER",
    "0100088004022724, CHECK_DIGIT",
    "01000880040227, BAD_ELEMENT",
    "310200200, BAD_ELEMENT",
    "3109002004, BAD_ELEMENT",
    "310X002004, BAD_ELEMENT",
    "15131318, BAD_ELEMENT",
    "10, BAD_ELEMENT",
    "10ABCDEFGHIJKLMNOPQRSTU, BAD_ELEMENT",
    "10A B, BAD_ELEMENT",
    "30A, BAD_ELEMENT",
    "1517010115170101, BAD_ELEMENT"
  })
  void whatCannotBeReadSaysWhyAndNeverThrows(String data, Reason reason) {
    assertThat(PARSER.parse("\u001d" + data))
        .isInstanceOfSatisfying(
            UnreadableCode.class, code -> assertThat(code.reason()).isEqualTo(reason));
  }

  @Test
  void aPlainScanIsNoElementString() {
    assertThat(Gs1Parser.isElementString("0088004022723")).isFalse();
    assertThat(Gs1Parser.isElementString("]E00088004022723")).isFalse();
  }
}
