package dev.countersign.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.server.account.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:1::1, true",
    "2001:db8::/32, 2001:db9::1, false"
  })
  void anAddressIsInsideByItsLeadingBits(String range, String address, boolean inside) {
    assertThat(AddressRange.parse(range).contains(address)).isEqualTo(inside);
  }

  @Test
  void noRangeIsEverywhere() {
    assertThat(AddressRange.parse("").contains("203.0.113.9")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "example.org", "/8"})
  void whatIsNoRangeIsRefused(String text) {
    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> AddressRange.parse(text));
  }
}
