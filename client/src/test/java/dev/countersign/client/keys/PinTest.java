package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PinTest {
  @Test
  void fourToEightMixedDigitsMayBeChosen() {
    for (String pin : new String[] {"2580", "11112", "90210", "12344321", "13579"}) {
      assertThat(Pin.faultOf(pin.toCharArray())).as(pin).isEmpty();
    }
  }

  @Test
  void repeatsRunsAndOddLengthsMayNotBeChosen() {
    assertThat(Pin.faultOf("1111".toCharArray())).contains(Pin.Fault.ONE_DIGIT_REPEATED);
    assertThat(Pin.faultOf("00000000".toCharArray())).contains(Pin.Fault.ONE_DIGIT_REPEATED);
    assertThat(Pin.faultOf("1234".toCharArray())).contains(Pin.Fault.A_RUN);
    assertThat(Pin.faultOf("98765".toCharArray())).contains(Pin.Fault.A_RUN);
    for (String pin : new String[] {"", "258", "258025802", "25a0", "25 80", "٢٥٨٠"}) {
      assertThat(Pin.faultOf(pin.toCharArray()))
          .as(pin)
          .contains(Pin.Fault.NOT_FOUR_TO_EIGHT_DIGITS);
    }
  }

  @Test
  void aPinNeverPrintsAndIsWipedWhenClosed() {
    Pin pin = Pin.typed("2580".toCharArray());
    assertThat(pin.toString()).doesNotContain("2580");
    pin.close();
    assertThat(pin.digits()).containsOnly('\0');
    assertThatIllegalArgumentException().isThrownBy(() -> Pin.typed("25".toCharArray()));
  }
}
