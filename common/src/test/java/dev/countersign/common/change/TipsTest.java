package dev.countersign.common.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.sale.TenderKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TipsTest {
  @Test
  void whatWasHandedOverLastPaysTheTip() {
    assertThat(tipped(200, 0, paid(Means.CASH, 1000), paid(Means.CARD, 1200)).tips())
        .isEqualTo(Map.of(Means.CARD, 200L));
    assertThat(tipped(200, 0, paid(Means.CARD, 2050), paid(Means.MOBILE_MONEY, 150)).tips())
        .isEqualTo(Map.of(Means.CARD, 50L, Means.MOBILE_MONEY, 150L));
    assertThat(tipped(0, 0, paid(Means.CARD, 2000)).tips()).isEmpty();
  }

  @Test
  void aShiftSaysWhatOfItsMeansWereTips() {
    ShiftTally tally = new ShiftTally();
    tally.add(Changes.ACTOR, tipped(200, 0, paid(Means.CASH, 1000), paid(Means.CARD, 1200)));
    tally.add(Changes.ACTOR, tipped(50, 0, paid(Means.CARD, 2050)));
    ShiftFigures figures = new ShiftTally(tally.figures()).figures();
    assertThat(figures.by(Means.CARD)).isEqualTo(3250);
    assertThat(figures.tipsBy(Means.CARD)).isEqualTo(250);
    assertThat(figures.tipsBy(Means.CASH)).isZero();
    assertThat(figures.total()).as("no turnover").isEqualTo(4000);
  }

  @Test
  void changeIsNoTip() {
    assertThat(tipped(200, 900, paid(Means.CARD, 2100), paid(Means.CASH, 1000)).tips())
        .isEqualTo(Map.of(Means.CASH, 100L, Means.CARD, 100L));
  }

  @Test
  void whatWasRoundedAwayIsCash() {
    assertThat(tipped(1, 0, paid(Means.CASH, 0)).tips()).isEqualTo(Map.of(Means.CASH, 1L));
    assertThat(tipped(2, 0).tips()).isEqualTo(Map.of(Means.CASH, 2L));
  }

  @Property
  void theTipsAreTheTip(
      @ForAll @LongRange(min = 0, max = 3000) long card,
      @ForAll @LongRange(min = 0, max = 3000) long cash,
      @ForAll @LongRange(min = 0, max = 3000) long tip,
      @ForAll @LongRange(min = 0, max = 3000) long change) {
    Map<Means, Long> tips =
        tipped(tip, change, paid(Means.CARD, card), paid(Means.CASH, cash)).tips();
    assertThat(tips.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(tip);
  }

  @Test
  void everyTenderHasItsMeans() {
    for (TenderKind kind : TenderKind.values()) {
      assertThat(Means.of(kind).name()).isEqualTo(kind.name());
      assertThat(Means.of(kind).canGiveChange()).isEqualTo(kind.canGiveChange());
    }
    assertThat(Means.values()).hasSameSizeAs(TenderKind.values());
  }

  private static Paid paid(Means means, long amount) {
    return new Paid(means, amount, "", "");
  }

  private static SaleCompleted tipped(long tip, long change, Paid... paid) {
    return new SaleCompleted(
        Changes.STORE,
        Changes.REGISTER,
        Changes.SHIFT,
        "R1-000001",
        LocalDate.of(2026, 3, 1),
        "USD",
        List.of(),
        List.of(paid),
        2000,
        0,
        0,
        change,
        List.of(),
        null,
        List.of(),
        "",
        List.of(),
        tip);
  }
}
