package dev.countersign.common.permission;

import static org.assertj.core.api.Assertions.assertThat;

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
}
