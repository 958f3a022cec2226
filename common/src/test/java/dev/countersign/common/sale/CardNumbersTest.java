package dev.countersign.common.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Gtin;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A card number is found however it is written; what only looks a little like one is not. */
class CardNumbersTest {
  // The numbers that card schemes and terminals publish for tests.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "371449635398431",
        "6011111111111117",
        "3530111333300000",
        "6200000000000005",
        "38520000023237",
        "2200770239097761",
        "Pay with 4111 1111 1111 1111, thanks",
        "4111/1111/1111/1111",
        "4111,1111,1111,1111",
        "4111:1111|1111*1111",
        "card:5555-5555-5555-4444exp0130",
        "%B4111111111111111^CARD/TEST^3012",
        "４１１１１１１１１１１１１１１１",
        "\uD835\uDFD2\uD835\uDFCF\uD835\uDFCF\uD835\uDFCF 1111 1111 1111",
        "④①①① ①①①① ①①①① ①①①①",
        "4111\u200d1111\u20111111\u30001111",
        "3782 822463 10005",
        "2026-11-30 03:12:44 4111111111111111",
        "(415) 555-2671 4111 1111 1111 1111"
      })
  void aCardNumberIsFoundHoweverItIsWritten(String text) {
    assertThat(CardNumbers.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "1234567812345670",
        "9999999999999995",
        "Order 302-7612340-4400185",
        "+49 1512 3456786",
        "415-555-2671, 415-555-2672",
        "2026-11-30 03:12:44.123456",
        "Rosé 4006381333931 500 ml",
        "four thousand one hundred"
      })
  void whatIsNotIssuedByAnybodyIsLeftAlone(String text) {
    assertThat(CardNumbers.isIn(text)).isFalse();
  }

  @Property
  void noItemNumberIsTakenForACard(
      @ForAll @NumericChars @StringLength(min = 11, max = 13) String body,
      @ForAll @IntRange(max = 9999) int size) {
    String gtin = body + Gtin.checkDigit(body);
    assertThat(CardNumbers.isIn(gtin)).isFalse();
    assertThat(CardNumbers.isIn("Item " + gtin + " " + size + " ml")).isFalse();
  }

  @Property
  void noIdAndNoHashIsTakenForACard(@ForAll @Size(32) byte[] bytes) {
    assertThat(CardNumbers.isIn(UUID.nameUUIDFromBytes(bytes).toString())).isFalse();
    assertThat(CardNumbers.isIn("{\"id\":\"" + UUID.nameUUIDFromBytes(bytes) + "\"}")).isFalse();
    assertThat(CardNumbers.isIn("a" + HexFormat.of().formatHex(bytes))).isFalse();
  }

  /** Until October 2096: from then on milliseconds begin as Visa's numbers of 13 digits do. */
  @Property
  void noTimeIsTakenForACard(
      @ForAll @LongRange(min = 946_684_800_000_000L, max = 3_999_999_999_999_999L) long micros) {
    Instant at = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    assertThat(CardNumbers.isIn(at.toString())).isFalse();
    assertThat(CardNumbers.isIn("at " + at.toString().replace('T', ' '))).isFalse();
    assertThat(CardNumbers.isIn(Long.toString(at.toEpochMilli()))).isFalse();
  }

  @Property
  void noTelephoneNumberIsTakenForACard(@ForAll("telephones") String number) {
    assertThat(CardNumbers.isIn(number)).isFalse();
    assertThat(CardNumbers.isIn("Call " + number + " or " + number)).isFalse();
  }

  @Provide
  Arbitrary<String> telephones() {
    Arbitrary<String> rest =
        Arbitraries.strings().withChars("0123456789").ofMinLength(6).ofMaxLength(11);
    Arbitrary<String> separators = Arbitraries.of("", " ", "-", ".", " (0) ");
    return net.jqwik.api.Combinators.combine(
            Arbitraries.integers().between(1, 99), separators, rest, separators)
        .as(
            (country, first, digits, second) ->
                "+"
                    + country
                    + (first.contains("0") ? " " : first)
                    + digits.substring(0, 4)
                    + (second.contains("0") ? " " : second)
                    + digits.substring(4));
  }

  @Property
  void noOrderNumberIsTakenForACard(
      @ForAll @NumericChars @StringLength(min = 3, max = 3) String first,
      @ForAll @NumericChars @StringLength(min = 7, max = 7) String second,
      @ForAll @NumericChars @StringLength(min = 7, max = 7) String third,
      @ForAll @NumericChars @StringLength(min = 1, max = 12) String number) {
    assertThat(CardNumbers.isIn(first + "-" + second + "-" + third)).isFalse();
    assertThat(CardNumbers.isIn("WC-" + number)).isFalse();
  }

  /** Whatever stands around it, a card number in a text is found. */
  @Property
  void wordsAroundHideNothing(
      @ForAll @Chars({'a', ' ', ',', 'é', '#', '-'}) @StringLength(max = 8) String before,
      @ForAll @Chars({'z', ' ', '.', '/', 'ß'}) @StringLength(max = 8) String behind,
      @ForAll @IntRange(max = 2) int separator) {
    String gap = new String[] {"", " ", " - "}[separator];
    String number = String.join(gap, "5555", "5555", "5555", "4444");
    assertThat(CardNumbers.isIn(before + number + behind)).isTrue();
  }
}
