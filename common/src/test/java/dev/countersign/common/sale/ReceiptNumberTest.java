package dev.countersign.common.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptNumberTest {
  @Test
  void itIsWrittenWithItsSeries() {
    assertThat(new ReceiptNumber("R1", 123)).hasToString("R1-000123");
    assertThat(new ReceiptNumber("R1", 999_999).next()).hasToString("R1-1000000");
  }

  @Property
  void theTextFormReadsBackEqual(
      @ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long number) {
    var receipt = new ReceiptNumber("S2R1", number);
    assertThat(ReceiptNumber.parse(receipt.toString())).contains(receipt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "R1",
        "R1-",
        "R1-123",
        "R1-0000123",
        "R1-000000",
        "r1-000123",
        "-000123",
        "R1-00012a",
        "R1 -000123",
        "R1-000123 ",
        "R1--000123",
        "R1-9999999999999999999",
        "R1-٠٠٠١٢٣"
      })
  void anyOtherTextIsNone(String text) {
    assertThat(ReceiptNumber.parse(text)).isEmpty();
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptNumber("R1", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptNumber("R-1-2", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptNumber("R-", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptNumber("-R", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptNumber("", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReceiptNumber("R1", 999_999_999_999_999_999L).next());
  }
}
