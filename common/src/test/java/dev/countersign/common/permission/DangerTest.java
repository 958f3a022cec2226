package dev.countersign.common.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DangerTest {
  @Test
  void everyBuiltInRoleHasTheDangersThatItHas() {
    assertThat(Danger.of(Role.CASHIER)).containsExactly(Danger.VOID_AND_KEEP);
    assertThat(Danger.of(Role.SUPERVISOR))
        .containsExactly(
            Danger.VOID_AND_KEEP,
            Danger.RETURN_AND_KEEP,
            Danger.REFUND_AND_KEEP,
            Danger.CARD_TO_CASH,
            Danger.TAKE_AND_COUNT,
            Danger.CREDIT_FOR_NOTHING,
            Danger.SELL_AND_WRITE_OFF,
            Danger.ANY_PRICE,
            Danger.ANY_DISCOUNT,
            Danger.ANY_ITEM);
    assertThat(Danger.of(Role.MANAGER))
        .containsExactly(
            Danger.VOID_AND_KEEP,
            Danger.RETURN_AND_KEEP,
            Danger.REFUND_AND_KEEP,
            Danger.CARD_TO_CASH,
            Danger.TAKE_AND_COUNT,
            Danger.CREDIT_FOR_NOTHING,
            Danger.SELL_AND_WRITE_OFF,
            Danger.ACCEPT_OWN_FAULT,
            Danger.ANY_PRICE,
            Danger.ANY_DISCOUNT,
            Danger.ANY_ITEM,
            Danger.PRICE_FOR_A_MINUTE,
            Danger.PROMOTION_FOR_A_MINUTE,
            Danger.TAX_FOR_A_DAY,
            Danger.TERMS_FOR_A_FRIEND,
            Danger.SELL_AS_SOMEBODY,
            Danger.STOP_A_TILL);
    assertThat(Danger.of(Role.OWNER)).containsExactly(Danger.values());
    assertThat(Danger.of(Role.ACCOUNTANT)).isEmpty();
    assertThat(Danger.of(Role.NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aDangerIsThereWithAllItsActsAndGoneWithoutAnyOfThem(Danger danger) {
    assertThat(danger.keys()).isNotEmpty();
    assertThat(Danger.of(role(danger.keys(), Decision.ALLOWED))).contains(danger);
    for (PermissionKey key : danger.keys()) {
      for (Decision less : List.of(Decision.DENIED, Decision.NEEDS_APPROVAL)) {
        Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
        danger.keys().forEach(each -> decisions.put(each, Decision.ALLOWED));
        decisions.put(key, less);
        assertThat(Danger.of(new Role("less", decisions))).doesNotContain(danger);
      }
    }
  }

  @Property
  void aRoleHasExactlyTheDangersWhoseActsItAllows(@ForAll Map<PermissionKey, Decision> decisions) {
    Set<Danger> expected =
        Arrays.stream(Danger.values())
            .filter(
                danger ->
                    danger.keys().stream().allMatch(key -> decisions.get(key) == Decision.ALLOWED))
            .collect(Collectors.toSet());
    assertThat(Danger.of(new Role("any", decisions))).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void codesAreUnlikeAndNoSentenceIsEmpty() {
    assertThat(Arrays.stream(Danger.values()).map(Danger::code)).doesNotHaveDuplicates();
    assertThat(Danger.values()).allMatch(danger -> danger.sentence().endsWith("."));
  }

  private static Role role(Set<PermissionKey> keys, Decision decision) {
    return new Role("some", keys.stream().collect(Collectors.toMap(key -> key, _ -> decision)));
  }
}
