package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTenderTest {
  // The card numbers here are the test numbers that card schemes publish.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111\t1111\n1111\u00a01111",
        "4111 - 1111 - 1111 - 1111",
        "4111\u20131111_1111\u200b1111",
        "ref 4111111111111111",
        "ref4111111111111111x",
        "4111111111111111 12/28",
        "4111 1111 1111 1111 12 28",
        ";4111111111111111=28121011",
        "0001 4111 1111 1111 1111",
        "378282246310005",
        "4222222222222",
        "6011000990139424",
        "٤١١١١١١١١١١١١١١١"
      })
  void aCardNumberIsNeverStored(String reference) {
    assertThatExceptionOfType(CardNumberRefusedException.class)
        .isThrownBy(() -> new CardTender(usd("1.00"), reference, ""))
        .withMessageNotContaining("1111");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A17-000123",
        "4111111111111112",
        "411111111111",
        "0000000000000000",
        "2026-11-21 07:33",
        "TX 9912, 4111",
        "4111    1111    1111    1111"
      })
  void anOrdinaryReferenceIs(String reference) {
    assertThat(new CardTender(usd("1.00"), reference, "1111").reference()).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "123", "12345", "12a4", " 123", "١٢٣٤"})
  void onlyFourDigitsOfACardAreKept(String lastFour) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CardTender(usd("1.00"), "", lastFour));
  }

  @Test
  void aReferenceIsShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CardTender(usd("1.00"), "x".repeat(65), ""));
  }
}
