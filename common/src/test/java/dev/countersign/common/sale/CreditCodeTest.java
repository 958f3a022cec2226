package dev.countersign.common.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CreditCodeTest {
  private static final String SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final UUID TENANT = UUID.randomUUID();
  private final SecureRandom random = new SecureRandom();

  @RepeatedTest(20)
  void everyCodeIsReadBackHoweverItIsTyped() {
    CreditCode code = CreditCode.make(random);
    String text = code.text();
    assertThat(text).matches("([A-HJKMNP-Z][2-9A-HJKMNP-Z]{4}-){3}[A-HJKMNP-Z][2-9A-HJKMNP-Z]{4}");
    for (String typed :
        new String[] {
          text, text.replace("-", ""), text.toLowerCase(Locale.ROOT), " " + text.replace('-', ' ')
        }) {
      assertThat(CreditCode.parse(typed))
          .map(read -> read.hash(TENANT))
          .contains(code.hash(TENANT));
    }
  }

  @Test
  void noWrongCharacterAndNoExchangeOfTwoPasses() {
    String text = CreditCode.make(random).text().replace("-", "");
    for (int i = 0; i < text.length(); i++) {
      for (char other : SYMBOLS.toCharArray()) {
        String wrong = text.substring(0, i) + other + text.substring(i + 1);
        assertThat(CreditCode.parse(wrong).isPresent()).isEqualTo(wrong.equals(text));
      }
      for (int j = i + 1; j < text.length(); j++) {
        StringBuilder exchanged = new StringBuilder(text);
        exchanged.setCharAt(i, text.charAt(j));
        exchanged.setCharAt(j, text.charAt(i));
        assertThat(CreditCode.parse(exchanged.toString()).isPresent())
            .as("%s and %s of %s", i, j, text)
            .isEqualTo(exchanged.toString().equals(text));
      }
    }
    for (String none : new String[] {"", "A", text + "A", text.substring(1), "4111111111111111"}) {
      assertThat(CreditCode.parse(none)).isEmpty();
    }
  }

  @RepeatedTest(200)
  void noCodeLooksLikeACardNumberAndThereAreNeverFiveDigitsInARow() {
    String text = CreditCode.make(random).text();
    assertThat(CardNumbers.isIn(text)).isFalse();
    assertThat(CardNumbers.isIn("card " + text.replace("-", "") + " 4111")).isFalse();
    assertThat(text.replace("-", "")).doesNotContainPattern("[0-9]{5}");
  }

  @Test
  void aCodeNeverPrintsItselfAndItsHashIsOfOneTenant() {
    CreditCode code = CreditCode.make(random);
    assertThat(code.toString()).isEqualTo("••••");
    assertThat(code.hash(TENANT)).isNotEqualTo(code.hash(UUID.randomUUID()));
    assertThat(code.text()).isNotEqualTo(CreditCode.make(random).text());
  }
}
