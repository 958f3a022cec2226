package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.CHF;
import static dev.countersign.common.sale.Goods.chf;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.Oracles;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.CashRounding.Mode;
import dev.countersign.common.money.CashRounding.Scope;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Settlement.Reason;
import dev.countersign.common.sale.Settlement.Refused;
import dev.countersign.common.sale.Settlement.Settled;
import dev.countersign.common.sale.Settlement.Short;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SettlementTest {
  private static final CashRounding CASH_ONLY =
      new CashRounding(chf("0.05"), Mode.HALF_UP, Scope.CASH);
  private static final CashRounding ALL = new CashRounding(chf("0.05"), Mode.HALF_UP, Scope.ALL);

  private static Tender cash(String amount) {
    return new CashTender(chf(amount));
  }

  private static Tender card(String amount) {
    return new CardTender(chf(amount), "", "");
  }

  private static Settlement settle(String due, @Nullable CashRounding rounding, Tender... tenders) {
    return Settlement.of(chf(due), List.of(tenders), rounding);
  }

  private static Settled settled(Settlement settlement) {
    assertThat(settlement).isInstanceOf(Settled.class);
    return (Settled) settlement;
  }

  static Stream<Arguments> cashRoundingCases() {
    return Oracles.documents("cash-rounding-cases.json").stream()
        .flatMap(d -> d.get("cases").valueStream().map(c -> Arguments.of(d, c)));
  }

  @ParameterizedTest
  @MethodSource("cashRoundingCases")
  void cashRoundingAgreesWithTheExpectations(JsonNode document, JsonNode expected) {
    var rounding =
        new CashRounding(
            chf(document.get("increment").asString()),
            Mode.valueOf(
                expected.get("mode").asString().toUpperCase(Locale.ROOT).replace('-', '_')),
            Scope.valueOf(expected.get("scope").asString().toUpperCase(Locale.ROOT)));
    var due = chf(document.get("total").asString());
    var tenders = new ArrayList<Tender>();
    for (var tender : expected.get("tenders").valueStream().toList()) {
      tenders.add(
          tender.asString().startsWith("bank ")
              ? card(tender.asString().substring("bank ".length()))
              : cash("100.00"));
    }
    var paid = chf(expected.get("paid").asString());
    var settled = settled(Settlement.of(due, tenders, rounding));
    var taken = Money.sum(CHF, tenders.stream().map(Tender::amount).toList());
    assertThat(taken.minus(settled.change())).isEqualTo(paid);
    assertThat(settled.rounding()).isEqualTo(paid.minus(due));
  }

  @Test
  void changeIsGivenFromCash() {
    assertThat(settle("7.30", null, cash("10.00")))
        .isEqualTo(
            new Settled(chf("7.30"), chf("0"), chf("0"), chf("2.70"), List.of(cash("10.00"))));
    assertThat(settled(settle("7.30", null, card("5.00"), cash("10.00"))).change())
        .isEqualTo(chf("7.70"));
  }

  @Test
  void tooLittleIsShort() {
    assertThat(settle("7.30", null)).isEqualTo(new Short(chf("7.30")));
    assertThat(settle("7.30", null, card("2.00"), cash("1.00"))).isEqualTo(new Short(chf("4.30")));
    assertThat(settle("7.32", CASH_ONLY, card("7.00"))).isEqualTo(new Short(chf("0.32")));
    assertThat(settle("7.32", CASH_ONLY, cash("7.00"))).isEqualTo(new Short(chf("0.30")));
  }

  @Test
  void aCardNeverPaysMoreThanIsDue() {
    assertThat(settle("7.30", null, card("7.31"))).isEqualTo(new Refused(Reason.OVER_TENDER));
    assertThat(settle("7.30", null, card("5.00"), card("2.31")))
        .isEqualTo(new Refused(Reason.OVER_TENDER));
    assertThat(settle("7.30", null, card("8.00"), cash("1.00")))
        .isEqualTo(new Refused(Reason.OVER_TENDER));
    assertThat(settle("7.32", CASH_ONLY, card("7.35"))).isEqualTo(new Refused(Reason.OVER_TENDER));
  }

  private static final TenderRules VOUCHERS_TOO =
      new TenderRules(TenderRules.USUAL.taken(), Set.of(TenderKind.VOUCHER));

  private static Tender voucher(String amount) {
    return new VoucherTender(chf(amount), chf(amount), "V-1");
  }

  @Test
  void changeOfAVoucherIsGivenOnlyWhereTheShopDoes() {
    assertThat(settle("7.30", null, voucher("10.00"))).isEqualTo(new Refused(Reason.OVER_TENDER));
    var none = chf("0");
    var settled =
        settled(Settlement.of(chf("7.30"), none, List.of(voucher("10.00")), null, VOUCHERS_TOO));
    assertThat(settled.change()).isEqualTo(chf("2.70"));
    assertThat(Settlement.of(chf("7.30"), none, List.of(card("10.00")), null, VOUCHERS_TOO))
        .isEqualTo(new Refused(Reason.OVER_TENDER));
  }

  @Test
  void changeIsCashAndRoundedAsCashIs() {
    var settled =
        settled(
            Settlement.of(
                chf("7.32"), chf("0"), List.of(voucher("10.01")), CASH_ONLY, VOUCHERS_TOO));
    assertThat(settled.change()).isEqualTo(chf("2.70"));
    assertThat(settled.rounding()).isEqualTo(chf("-0.01"));
  }

  @Test
  void aTipIsPaidTogetherWithWhatIsDue() {
    var rules = TenderRules.USUAL;
    assertThat(Settlement.of(chf("7.30"), chf("1.00"), List.of(card("7.30")), null, rules))
        .isEqualTo(new Short(chf("1.00")));
    var settled =
        settled(
            Settlement.of(
                chf("7.32"), chf("1.00"), List.of(card("5.00"), cash("10")), CASH_ONLY, rules));
    assertThat(settled.tip()).isEqualTo(chf("1.00"));
    assertThat(settled.rounding()).isEqualTo(chf("-0.02"));
    assertThat(settled.change()).isEqualTo(chf("6.70"));
    assertThatThrownBy(() -> Settlement.of(chf("-7.30"), chf("1.00"), List.of(), null, rules))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Settlement.of(chf("7.30"), chf("-1.00"), List.of(), null, rules))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCardIsRoundedOnlyWhereAllTendersAre() {
    assertThat(settled(settle("7.32", CASH_ONLY, card("7.32"))).rounding()).isEqualTo(chf("0"));
    assertThat(settled(settle("7.32", ALL, card("7.30"))).rounding()).isEqualTo(chf("-0.02"));
    assertThat(settled(settle("7.33", ALL, card("7.35"))).rounding()).isEqualTo(chf("0.02"));
    assertThat(settled(settle("7.33", ALL, card("7.33"))).rounding()).isEqualTo(chf("0"));
    assertThat(settle("7.32", ALL)).isEqualTo(new Short(chf("7.30")));
  }

  @Test
  void aRemainderThatNoCoinCanPayIsSettledByNoCash() {
    var settled = settled(settle("7.32", CASH_ONLY, card("7.30"), cash("0")));
    assertThat(settled.rounding()).isEqualTo(chf("-0.02"));
    assertThat(settled.change()).isEqualTo(chf("0"));
  }

  @Test
  void freeGoodsNeedNoTender() {
    assertThat(settled(settle("0", CASH_ONLY)).change()).isEqualTo(chf("0"));
    assertThat(settled(settle("0", null, cash("5.00"))).change()).isEqualTo(chf("5.00"));
    assertThat(settle("0", null, card("0.01"))).isEqualTo(new Refused(Reason.OVER_TENDER));
  }

  @Test
  void moneyThatGoesOutIsPaidExactly() {
    assertThat(settled(settle("-7.30", null, cash("-7.30"))).change()).isEqualTo(chf("0"));
    assertThat(settled(settle("-7.30", null, card("-7.30"))).change()).isEqualTo(chf("0"));
    assertThat(settled(settle("-7.32", CASH_ONLY, cash("-7.30"))).rounding())
        .isEqualTo(chf("0.02"));
    assertThat(settle("-7.30", null, cash("-5.00"))).isEqualTo(new Short(chf("-2.30")));
    assertThat(settle("-7.30", null, cash("-7.31")))
        .isEqualTo(new Refused(Reason.PAID_OUT_TOO_MUCH));
    assertThat(settle("-7.30", null, card("-8.00")))
        .isEqualTo(new Refused(Reason.PAID_OUT_TOO_MUCH));
    assertThat(settle("-7.30", null)).isEqualTo(new Short(chf("-7.30")));
  }

  @Test
  void moneyInTheWrongDirectionIsRefused() {
    assertThat(settle("-7.30", null, cash("7.30"))).isEqualTo(new Refused(Reason.WRONG_DIRECTION));
    assertThat(settle("7.30", null, cash("-7.30"))).isEqualTo(new Refused(Reason.WRONG_DIRECTION));
    assertThat(settle("7.30", null, cash("10.00"), card("-1.00")))
        .isEqualTo(new Refused(Reason.WRONG_DIRECTION));
  }

  @Test
  void anotherCurrencyIsRefused() {
    assertThat(settle("7.30", null, new CashTender(usd("10.00"))))
        .isEqualTo(new Refused(Reason.OTHER_CURRENCY));
  }

  @Property
  void theBooksBalance(
      @ForAll @LongRange(min = -20_000, max = 20_000) long due,
      @ForAll @LongRange(min = 0, max = 3_000) long tip,
      @ForAll @LongRange(min = 0, max = 20_000) long cash,
      @ForAll @LongRange(min = 0, max = 20_000) long card,
      @ForAll @LongRange(min = 0, max = 20_000) long voucher,
      @ForAll Mode mode,
      @ForAll Scope scope,
      @ForAll boolean givesChange) {
    long sign = due < 0 ? -1 : 1;
    var paper = Money.of(sign * voucher, CHF);
    var tenders =
        List.<Tender>of(
            new CashTender(Money.of(sign * cash, CHF)),
            new CardTender(Money.of(sign * card, CHF), "", ""),
            new VoucherTender(paper, paper, "V-1"));
    var rounding = new CashRounding(chf("0.05"), mode, scope);
    var rules = givesChange ? VOUCHERS_TOO : TenderRules.USUAL;
    var extra = Money.of(due < 0 ? 0 : tip, CHF);
    if (Settlement.of(Money.of(due, CHF), extra, tenders, rounding, rules)
        instanceof Settled settled) {
      var taken = Money.sum(CHF, settled.tenders().stream().map(Tender::amount).toList());
      assertThat(taken.minus(settled.change()).minus(settled.rounding()).minus(settled.tip()))
          .isEqualTo(settled.due());
      assertThat(settled.change().isNegative()).isFalse();
      var giving = Money.of(cash + (givesChange ? voucher : 0), CHF);
      assertThat(settled.change().compareTo(giving.plus(chf("0.04")))).isLessThanOrEqualTo(0);
      assertThat(settled.rounding().abs()).isLessThan(chf("0.05"));
    }
  }

  @Property
  void payingWhatIsShortSettles(
      @ForAll @LongRange(min = -20_000, max = 20_000) long due, @ForAll Mode mode) {
    var rounding = new CashRounding(chf("0.05"), mode, Scope.CASH);
    var first = Settlement.of(Money.of(due, CHF), List.of(cash("0")), rounding);
    if (first instanceof Short missing) {
      var tender = new CashTender(missing.remaining());
      assertThat(Settlement.of(Money.of(due, CHF), List.of(tender), rounding))
          .isInstanceOfSatisfying(
              Settled.class, s -> assertThat(s.change()).isEqualTo(Money.zero(CHF)));
    } else {
      assertThat(first).isInstanceOf(Settled.class);
    }
  }
}
