package dev.countersign.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {
  private final OneTimeCodes codes = new OneTimeCodes();
  private final Secret secret =
      Secret.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theVectorsOfTheStandardAreTaken(long seconds, String code) {
    Instant at = Instant.ofEpochSecond(seconds);
    assertThat(codes.step(secret, code, at, -1)).hasValue(seconds / 30);
    assertThat(codes.step(secret, code, at.plusSeconds(30), -1)).hasValue(seconds / 30);
    assertThat(codes.step(secret, code, at.minusSeconds(30), -1)).hasValue(seconds / 30);
    assertThat(codes.step(secret, code, at.plusSeconds(60), -1)).isEmpty();
    assertThat(codes.step(secret, code, at.minusSeconds(60), -1)).isEmpty();
    assertThat(codes.step(secret, code, at, seconds / 30)).isEmpty();
  }

  @Test
  void theAppIsGivenTheSecretInBase32() {
    assertThat(OneTimeCodes.base32(secret)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(OneTimeCodes.uri("Corner Shop", "Sam & Co", secret))
        .startsWith("otpauth://totp/Countersign%20Corner%20Shop%3ASam%20%26%20Co?secret=GEZD")
        .contains("&issuer=Countersign%20Corner%20Shop");
  }
}
