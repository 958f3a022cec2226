package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurstTest {
  private static final long MILLISECOND = 1_000_000L;
  private final Burst burst = new Burst();
  private long now = 1;

  @Test
  void aScannersCharactersAreACode() {
    type("4006381333931", 5);
    assertThat(burst.ended(now)).contains("4006381333931");
  }

  @Test
  void aSlowScannerIsAScannerToo() {
    type("4006381333931", 45);
    assertThat(burst.ended(now)).contains("4006381333931");
  }

  @Test
  void aPersonIsNotAScanner() {
    type("400638", 90);
    assertThat(burst.ended(now)).isEmpty();
  }

  @Test
  void whatAPersonTypedBeforeIsNoPartOfTheCode() {
    type("12", 200);
    now += 300 * MILLISECOND;
    type("96385074", 4);
    assertThat(burst.ended(now)).contains("96385074");
  }

  @Test
  void enterLongAfterTheLastCharacterIsAPersons() {
    type("4006381333931", 5);
    assertThat(burst.ended(now + 400 * MILLISECOND)).isEmpty();
  }

  /** The screen's thread was held up in the middle, and once more before Enter. */
  @Test
  void aScanThatTheScreenWasLateForIsOneCode() {
    type("40063", 5);
    now += 200 * MILLISECOND;
    type("81333931", 5);
    assertThat(burst.isScanning(now + 200 * MILLISECOND)).isTrue();
    assertThat(burst.ended(now + 200 * MILLISECOND)).contains("4006381333931");
  }

  @Test
  void aPersonsFastestKeysAreNotWaitedFor() {
    type("400", 30);
    type("6", 45);
    now += 60 * MILLISECOND;
    assertThat(burst.isScanning(now)).isFalse();
    type("38", 45);
    assertThat(burst.ended(now)).isEmpty();
  }

  @Test
  void threeFastKeysMayBeFingersFallingOnThem() {
    type("123", 2);
    assertThat(burst.ended(now)).isEmpty();
  }

  @Test
  void theSecondScanHoldsNothingOfTheFirst() {
    type("4006381333931", 5);
    assertThat(burst.ended(now)).isPresent();
    type("96385074", 5);
    assertThat(burst.ended(now)).contains("96385074");
  }

  @Test
  void theFirstCharacterOfARunIsTheMomentToRemember() {
    assertThat(burst.typed("1", now)).isTrue();
    assertThat(burst.typed("2", now + MILLISECOND)).isFalse();
    assertThat(burst.typed("3", now + 900 * MILLISECOND)).isTrue();
  }

  private void type(String text, long gap) {
    for (int i = 0; i < text.length(); i++) {
      now += gap * MILLISECOND;
      burst.typed(text.substring(i, i + 1), now);
    }
  }
}
