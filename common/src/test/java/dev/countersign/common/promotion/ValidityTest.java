package dev.countersign.common.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidityTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

  private static boolean at(Validity validity, String moment) {
    return validity.at(LocalDateTime.parse(moment));
  }

  @Test
  void countsFromItsFirstDayToItsLast() {
    var week = Validity.from(MONDAY, MONDAY.plusDays(6));
    assertThat(at(week, "2026-05-31T23:59")).isFalse();
    assertThat(at(week, "2026-06-01T00:00")).isTrue();
    assertThat(at(week, "2026-06-07T23:59")).isTrue();
    assertThat(at(week, "2026-06-08T00:00")).isFalse();
    assertThat(at(week.until(MONDAY), "2026-06-02T00:00")).isFalse();
  }

  @Test
  void countsOnItsDaysAndHours() {
    var happy = new Validity(MONDAY, null, List.of(DayOfWeek.FRIDAY), 17 * 60, 19 * 60, List.of());
    assertThat(at(happy, "2026-06-05T16:59")).isFalse();
    assertThat(at(happy, "2026-06-05T17:00")).isTrue();
    assertThat(at(happy, "2026-06-05T19:00")).isFalse();
    assertThat(at(happy, "2026-06-04T18:00")).isFalse();
  }

  @Test
  void aNightBelongsToTheDayOnWhichItBegins() {
    var night = new Validity(MONDAY, MONDAY, List.of(DayOfWeek.MONDAY), 22 * 60, 120, List.of());
    assertThat(at(night, "2026-06-01T01:00")).isFalse();
    assertThat(at(night, "2026-06-01T22:00")).isTrue();
    assertThat(at(night, "2026-06-02T01:59")).isTrue();
    assertThat(at(night, "2026-06-02T02:00")).isFalse();
  }

  @Test
  void countsInItsStoresOrInAll() {
    var one = new Validity(MONDAY, null, List.of(), 0, 1440, List.of(Offers.STORE));
    assertThat(one.in(Offers.STORE)).isTrue();
    assertThat(one.in(Offers.id(1))).isFalse();
    assertThat(Validity.from(MONDAY, null).in(Offers.id(1))).isTrue();
  }

  @Test
  void aPromotionOfAnotherStoreOrTimeGivesNothing() {
    var dated = Offers.on(Selection.EVERYTHING, new Offer.PercentOff(1000)).as(1);
    var rows = List.of(Offers.row(1, "", "1", 1000));
    var before = new Circumstances(LocalDateTime.of(2025, 12, 31, 23, 59), Offers.STORE, List.of());
    assertThat(Promotions.of(List.of(dated)).apply(rows, before).total()).isZero();
    assertThat(Promotions.of(List.of(dated)).apply(rows, Offers.now()).total()).isEqualTo(100);
  }
}
