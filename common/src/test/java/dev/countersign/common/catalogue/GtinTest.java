package dev.countersign.common.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtinTest {
  @ParameterizedTest
  @CsvSource({
    "12345670, 00000012345670",
    "088004022723, 00088004022723",
    "0088004022723, 00088004022723",
    "00088004022723, 00088004022723",
    "10086816101923, 10086816101923",
    "890355001094, 00890355001094",
    // Leading zeros lost, as in a spreadsheet: rows of a real catalogue.
    "82184001172, 00082184001172",
    "9016019334, 00009016019334",
    "400203940, 00000400203940",
    // Without the check digit, which is computed.
    "08800402272, 00088004022723",
    "8800402272, 00088004022723",
  })
  void oneItemHasOneNormalForm(String scanned, String digits14) {
    assertThat(Gtin.parse(scanned).map(Gtin::digits14)).contains(digits14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "979986",
        "1234567",
        "12345678",
        "088004022724",
        "0088004022724",
        "10086816101924",
        "123456789012345",
        "00000000",
        "000000000000",
        "08800402272A",
        " 088004022723",
        "٠٨٨٠٠٤٠٢٢٧٢٣",
        "999999999"
      })
  void anythingElseIsNoItemNumber(String scanned) {
    assertThat(Gtin.parse(scanned)).isEmpty();
  }

  @Test
  void aNumberThatLooksCheckedIsTakenAsChecked() {
    // 80000000007: a valid check digit, so a leading zero is missing and not the check digit.
    var looksChecked = "8000000000" + Gtin.checkDigit("8000000000");
    assertThat(Gtin.parse(looksChecked)).contains(Gtin.parse("0" + looksChecked).orElseThrow());
  }

  @Property
  void everyUpcIsFoundWithAndWithoutItsZerosAndInEveryLength(
      @ForAll @LongRange(min = 100_000_000L, max = 9_999_999_999L) long withoutCheck) {
    var digits = "0".repeat(11 - Long.toString(withoutCheck).length()) + withoutCheck;
    var upc = digits + Gtin.checkDigit(digits);
    var item = Gtin.parse(upc).orElseThrow();
    assertThat(Gtin.parse("0" + upc)).contains(item);
    assertThat(Gtin.parse("00" + upc)).contains(item);
    assertThat(Gtin.parse(upc.substring(1))).contains(item);
    assertThat(item.shortest()).isIn(upc, "0" + upc);
  }

  @Property
  void aWrongDigitIsAlwaysNoticed(
      @ForAll @LongRange(min = 0, max = 999_999_999_999L) long number,
      @ForAll @LongRange(min = 0, max = 11) long place,
      @ForAll @LongRange(min = 1, max = 9) long off) {
    var digits = "%012d".formatted(number);
    var valid = new StringBuilder(digits).append(Gtin.checkDigit(digits));
    int i = (int) place;
    valid.setCharAt(i, (char) ('0' + (valid.charAt(i) - '0' + off) % 10));
    assertThat(Gtin.hasValidCheckDigit(valid.toString())).isFalse();
  }

  @Test
  void theIndicatorTellsThePack() {
    assertThat(Gtin.parse("088004022723").orElseThrow().indicator()).isZero();
    assertThat(Gtin.parse("10086816101923").orElseThrow().indicator()).isEqualTo(1);
  }

  @Test
  void theCustomaryFormIsShown() {
    assertThat(Gtin.parse("12345670").orElseThrow().shortest()).isEqualTo("12345670");
    assertThat(Gtin.parse("0088004022723").orElseThrow().shortest()).isEqualTo("088004022723");
    assertThat(Gtin.parse("4006381333931").orElseThrow().shortest()).isEqualTo("4006381333931");
    assertThat(Gtin.parse("10086816101923").orElseThrow().shortest()).isEqualTo("10086816101923");
  }

  @Test
  void onlyTheNormalFormMakesAGtin() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Gtin("088004022723"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Gtin("00088004022724"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Gtin("00000000000000"));
    assertThatIllegalArgumentException().isThrownBy(() -> Gtin.checkDigit("12a"));
    assertThatIllegalArgumentException().isThrownBy(() -> Gtin.checkDigit(""));
  }

  @Test
  void aPackHoldsSomething() {
    assertThat(new PackBarcode("10086816101923", Quantity.of(12)).packSize()).hasToString("12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackBarcode("10086816101923", Quantity.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackBarcode("10086816101924", Quantity.ONE));
  }

  @Test
  void aProductHasANumberANameAndAPrice() {
    assertThat(product("159", "Whiskey", 2336).barcodes()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> product(" ", "Whiskey", 2336));
    assertThatIllegalArgumentException().isThrownBy(() -> product("159", "", 2336));
    assertThatIllegalArgumentException().isThrownBy(() -> product("159", "Whiskey", -1));
  }

  private static Product product(String sku, String name, long cents) {
    return new Product(
        UUID.randomUUID(),
        sku,
        name,
        "",
        "750 ml",
        Money.of(cents, Currency.getInstance("USD")),
        List.of(),
        List.of(),
        true);
  }
}
