package dev.countersign.common.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void whatARoleDoesNotMentionIsDenied() {
    Role empty = new Role("empty", Map.of());
    for (PermissionKey key : PermissionKey.values()) {
      assertThat(empty.decide(key, null)).isEqualTo(Decision.DENIED);
      assertThat(empty.decide(key, Role.MANAGER)).isEqualTo(Decision.DENIED);
    }
  }

  @Test
  void goodsWithAnAgeGoWithSellingUnlessTheRoleSaysOtherwise() {
    PermissionKey age = PermissionKey.SALE_AGE;
    for (Decision ring : Decision.values()) {
      assertThat(new Role("old", Map.of(PermissionKey.SALE_RING, ring)).decide(age, null))
          .isEqualTo(ring);
    }
    Role young =
        new Role(
            "young",
            Map.of(PermissionKey.SALE_RING, Decision.ALLOWED, age, Decision.NEEDS_APPROVAL));
    assertThat(young.decide(age, null)).isEqualTo(Decision.NEEDS_APPROVAL);
    assertThat(young.decide(age, young)).isEqualTo(Decision.NEEDS_APPROVAL);
    assertThat(young.decide(age, Role.CASHIER)).isEqualTo(Decision.ALLOWED);
    assertThat(young.covers(Role.CASHIER)).isFalse();
    assertThat(Role.of("young", young.permissions())).isEqualTo(young);
    Role never =
        new Role("never", Map.of(PermissionKey.SALE_RING, Decision.ALLOWED, age, Decision.DENIED));
    assertThat(Role.of("never", never.permissions()).decide(age, Role.OWNER))
        .isEqualTo(Decision.DENIED);
  }

  @Test
  void approvalHelpsOnlyWhereItIsAskedForAndOnlyByWhoMay() {
    PermissionKey key = PermissionKey.SALE_RETURN;
    assertThat(Role.CASHIER.decide(key, null)).isEqualTo(Decision.NEEDS_APPROVAL);
    assertThat(Role.CASHIER.decide(key, Role.SUPERVISOR)).isEqualTo(Decision.ALLOWED);
    assertThat(Role.CASHIER.decide(key, Role.CASHIER)).isEqualTo(Decision.NEEDS_APPROVAL);
    assertThat(Role.CASHIER.decide(PermissionKey.OFFICE_OPEN, Role.MANAGER))
        .isEqualTo(Decision.DENIED);
  }

  @Test
  void rolesAndKeysAreFoundByTheirNamesOnly() {
    for (Role role : Role.builtIn()) {
      assertThat(Role.named(role.name())).contains(role);
    }
    assertThat(Role.named("root")).isEmpty();
    for (PermissionKey key : PermissionKey.values()) {
      assertThat(PermissionKey.of(key.key())).contains(key);
    }
    assertThat(PermissionKey.of("sale.*")).isEmpty();
  }

  @Test
  void powerOverPeopleMoneyOrExportsAsksForASecondFactor() {
    assertThat(Role.OWNER.isPrivileged()).isTrue();
    assertThat(Role.MANAGER.isPrivileged()).isTrue();
    for (Role role : List.of(Role.CASHIER, Role.SUPERVISOR, Role.ACCOUNTANT)) {
      assertThat(role.isPrivileged()).as(role.name()).isFalse();
    }
    for (PermissionKey key : PermissionKey.values()) {
      Role only = new Role("only", Map.of(key, Decision.NEEDS_APPROVAL));
      assertThat(only.isPrivileged()).as(key.key()).isEqualTo(key.isPrivileged());
      assertThat(Role.OWNER.decide(key, null)).isEqualTo(Decision.ALLOWED);
    }
  }

  @Test
  void aRoleCoversAnotherOnlyWhenItOpensAllOfIt() {
    assertThat(Role.OWNER.covers(Role.MANAGER)).isTrue();
    assertThat(Role.MANAGER.covers(Role.OWNER)).isFalse();
    assertThat(Role.MANAGER.covers(Role.CASHIER)).isTrue();
    assertThat(Role.CASHIER.covers(Role.CASHIER)).isTrue();
    assertThat(Role.CASHIER.covers(Role.SUPERVISOR)).isFalse();
    assertThat(Role.ACCOUNTANT.covers(Role.CASHIER)).isFalse();
  }

  @Test
  void nobodyStandsAboveByWhatIsNoPower() {
    Role people = new Role("people", Map.of(PermissionKey.USER_MANAGE, Decision.ALLOWED));
    assertThat(people.isUpTo(Role.CASHIER)).isTrue();
    assertThat(people.isUpTo(Role.SUPERVISOR)).isTrue();
    assertThat(people.isUpTo(Role.MANAGER)).isFalse();
    assertThat(people.covers(Role.CASHIER)).isFalse();
    Role asking = new Role("asking", Map.of(PermissionKey.EXPORT_RUN, Decision.NEEDS_APPROVAL));
    assertThat(people.isUpTo(asking)).isFalse();
  }

  @Test
  void aRoleIsReadAsItIsWrittenAndWhatIsUnknownOpensNothing() {
    for (Role role : Role.builtIn()) {
      assertThat(Role.of(role.name(), role.permissions())).isEqualTo(role);
    }
    Role odd = Role.of("odd", Map.of("sale.all", "ALLOWED", "sale.ring", "YES"));
    assertThat(odd.decide(PermissionKey.SALE_RING, null)).isEqualTo(Decision.DENIED);
    assertThat(odd.isPrivileged()).isFalse();
  }
}
