package dev.countersign.common.permission;

import static dev.countersign.common.permission.PermissionKey.AUDIT_READ;
import static dev.countersign.common.permission.PermissionKey.SALE_RING;
import static dev.countersign.common.permission.PermissionKey.USER_MANAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RightsTest {
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final UUID C = new UUID(0, 3);

  @Test
  void theRoleOfAStoreStandsInThePlaceOfTheOneForAll() {
    Rights rights = new Rights(Role.MANAGER, Map.of(A, Role.CASHIER));
    assertThat(rights.mayIn(USER_MANAGE, A)).isFalse();
    assertThat(rights.mayIn(USER_MANAGE, B)).isTrue();
    assertThat(rights.mayIn(SALE_RING, A)).isTrue();
    assertThat(rights.may(USER_MANAGE)).isTrue();
    assertThat(rights.mayEverywhere(USER_MANAGE)).isFalse();
    assertThat(rights.mayEverywhere(SALE_RING)).isTrue();
  }

  @Test
  void whoWorksInOneStoreMayNothingInAnotherNorInWhatBelongsToAll() {
    Rights rights = new Rights(Role.NONE, Map.of(A, Role.OWNER));
    for (PermissionKey key : PermissionKey.values()) {
      assertThat(rights.mayIn(key, A)).isTrue();
      assertThat(rights.mayIn(key, B)).isFalse();
      assertThat(rights.mayIn(key, null)).isFalse();
      assertThat(rights.mayEverywhere(key)).isFalse();
      assertThat(Rights.NONE.may(key)).isFalse();
    }
    assertThat(rights.isPrivileged()).isTrue();
    assertThat(new Rights(Role.CASHIER, Map.of(A, Role.ACCOUNTANT)).isPrivileged()).isFalse();
  }

  @Test
  void powerInOneStoreIsNoStandingInAnother() {
    Rights ofA = new Rights(Role.NONE, Map.of(A, Role.MANAGER));
    assertThat(ofA.isUpTo(new Rights(Role.NONE, Map.of(A, Role.MANAGER)))).isTrue();
    assertThat(ofA.isUpTo(new Rights(Role.NONE, Map.of(B, Role.MANAGER)))).isFalse();
    assertThat(ofA.isUpTo(Rights.everywhere(Role.MANAGER))).isFalse();
    assertThat(ofA.mayWherever(USER_MANAGE, new Rights(Role.NONE, Map.of(A, Role.CASHIER))))
        .isTrue();
    assertThat(
            ofA.mayWherever(
                USER_MANAGE, new Rights(Role.NONE, Map.of(A, Role.CASHIER, B, Role.CASHIER))))
        .isFalse();
    assertThat(Rights.everywhere(Role.MANAGER).mayWherever(USER_MANAGE, Rights.NONE)).isTrue();
  }

  @Test
  void takingALesserRoleOfAStoreAwayGivesTheOneForAllBack() {
    Rights held = new Rights(Role.MANAGER, Map.of(A, Role.CASHIER));
    Rights then = Rights.everywhere(Role.MANAGER);
    assertThat(new Rights(Role.NONE, Map.of(A, Role.SUPERVISOR)).canGive(held, then)).isFalse();
    assertThat(new Rights(Role.NONE, Map.of(A, Role.MANAGER)).canGive(held, then)).isTrue();
    assertThat(held.canGive(held, then)).as("to oneself").isFalse();
  }

  @Property
  void nothingIsGivenThatTheGiverLacksInAnyStore(
      @ForAll("rights") Rights giver,
      @ForAll("rights") Rights before,
      @ForAll("rights") Rights after) {
    if (!giver.canGive(before, after)) {
      return;
    }
    for (PermissionKey key : PermissionKey.values()) {
      for (UUID store : new UUID[] {A, B, C, null}) {
        Decision then = after.in(store).decide(key, null);
        if (!before.in(store).decide(key, null).isAtLeast(then)) {
          assertThat(giver.in(store).decide(key, null).isAtLeast(then))
              .as("%s in %s", key, store)
              .isTrue();
        }
      }
    }
  }

  @Property
  void whoCoversSomebodyStandsUpToThem(
      @ForAll("rights") Rights one, @ForAll("rights") Rights other) {
    if (one.covers(other)) {
      assertThat(one.isUpTo(other)).isTrue();
      assertThat(one.canGive(Rights.NONE, other)).isTrue();
    }
    assertThat(one.covers(one)).isTrue();
    assertThat(one.canGive(other, other)).isTrue();
  }

  @Provide
  Arbitrary<Rights> rights() {
    Arbitrary<Role> roles =
        Arbitraries.maps(
                Arbitraries.of(SALE_RING, USER_MANAGE, AUDIT_READ), Arbitraries.of(Decision.class))
            .map(decisions -> new Role("some", decisions));
    Arbitrary<Map<UUID, Role>> stores = Arbitraries.maps(Arbitraries.of(A, B), roles);
    return Combinators.combine(roles, stores).as(Rights::new);
  }
}
