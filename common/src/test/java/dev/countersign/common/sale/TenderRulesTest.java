package dev.countersign.common.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.money.Money;
import java.util.Currency;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenderRulesTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final String CARD_NUMBER = "4111 1111 1111 1111";

  @Test
  void cashIsAlwaysTakenAndGivesChange() {
    TenderRules none = new TenderRules(Set.of(), Set.of());
    assertThat(none.takes(TenderKind.CASH)).isTrue();
    assertThat(none.givesChange(TenderKind.CASH)).isTrue();
    assertThat(none.takes(TenderKind.CARD)).isFalse();
  }

  @Test
  void noSettingMakesACardOrCreditGiveChange() {
    TenderRules all = new TenderRules(Set.of(), Set.of(TenderKind.values()));
    assertThat(all.change())
        .containsExactlyInAnyOrder(TenderKind.CASH, TenderKind.MOBILE_MONEY, TenderKind.VOUCHER);
  }

  @Test
  void mobileMoneyAndVouchersNeedAReferenceThatIsNoCardNumber() {
    for (String bad : new String[] {"", "  ", "x".repeat(65)}) {
      assertThatThrownBy(() -> new MobileTender(usd(100), bad))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new VoucherTender(usd(100), usd(100), bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new MobileTender(usd(100), CARD_NUMBER))
        .isInstanceOf(CardNumberRefusedException.class);
    assertThatThrownBy(() -> new VoucherTender(usd(100), usd(100), CARD_NUMBER))
        .isInstanceOf(CardNumberRefusedException.class);
  }

  @Test
  void aVoucherPaysAtMostWhatItIsWorth() {
    assertThat(new VoucherTender(usd(100), usd(150), "V-1").worth()).isEqualTo(usd(150));
    assertThatThrownBy(() -> new VoucherTender(usd(100), usd(99), "V-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VoucherTender(usd(-100), usd(50), "V-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }
}
