package dev.countersign.common.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {
  private static Finding inBody(String body) {
    return Finding.inBody(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"note\":\"4111 1111 1111 1111\"}",
        "{\"note\":\"\\u0034111 1111 1111 1111\"}",
        "{\"amount\":4111111111111111}",
        "{\"4111111111111111\":true}",
        " [[[\"x\",\"5555555555554444\"]]]",
        "\"378282246310005\"",
        "{\"broken\":\"4111111111111111\"",
        "note=4111111111111111",
        "x;4111111111111111\n"
      })
  void everyPlaceOfABodyIsLookedAt(String body) {
    assertThat(inBody(body).cardNumber()).isTrue();
  }

  @Test
  void aSignedPayloadIsLookedInto() {
    byte[] payload = "{\"name\":\"Till 4111111111111111\"}".getBytes(StandardCharsets.UTF_8);
    byte[] body =
        Envelope.seal("text/x", payload, "k", SigningKey.generate(new SecureRandom())).encode();
    assertThat(Finding.inBody(body).cardNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "{}", "{\"note\":\"Sold at the counter\",\"amount\":1299}"})
  void anOrdinaryBodyHoldsNothing(String body) {
    assertThat(inBody(body)).isEqualTo(Finding.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "SSN 219-09-9999, US_SOCIAL_SECURITY",
    "dni 12345678z, ES_DNI",
    "DNI 12345678-Z, ES_DNI",
    "NIE X1234567L, ES_NIE",
    "NI AB 12 34 56 C, UK_NATIONAL_INSURANCE"
  })
  void aStatesNumberIsNoticed(String text, GovernmentId kind) {
    assertThat(inBody("{\"note\":\"" + text + "\"}"))
        .isEqualTo(new Finding(false, java.util.Set.of(kind)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "219-00-9999",
        "219-09-0000",
        "219099999",
        "12345678A",
        "X1234567A",
        "GB 12 34 56 C",
        "QQ 12 34 56 C",
        "555-219-09-9999"
      })
  void whatIsNoStatesNumberIsNot(String text) {
    assertThat(GovernmentId.in(text)).isEmpty();
  }
}
