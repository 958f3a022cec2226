package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till judges by the business's own roles from its enrolment on, before any contact. */
class FirstMinuteTest {
  @TempDir Path folder;
  private Shop shop;
  private LockedTill till;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
  }

  /** A manager as the business wants one: no items without a product. */
  private void enrolUnderAnEditedRole() throws Exception {
    assertThat(Role.MANAGER.decide(PermissionKey.SALE_OPEN_ITEM, null)).isEqualTo(Decision.ALLOWED);
    shop.server
        .admission()
        .putRole(
            shop.tenant.id(), "manager", Map.of("shift.open", "ALLOWED", "sale.ring", "ALLOWED"));
    till =
        LockedTill.enrol(shop, folder.resolve("till"), new FileKeyChest(folder.resolve("chest")));
  }

  private Decision openItem() {
    return till.open
        .users()
        .byId(till.user)
        .orElseThrow()
        .role()
        .decide(PermissionKey.SALE_OPEN_ITEM, null);
  }

  private TillDevice device() {
    return new TillDevice(till.open, Secret.of(new byte[32]), till.user, InstantSource.system());
  }

  @Test
  void anEditedRoleCountsBeforeAnythingWasFetched() throws Exception {
    enrolUnderAnEditedRole();
    assertThat(till.open.grants().current()).isPresent();
    assertThat(openItem()).isEqualTo(Decision.DENIED);
    device().openShift();
    assertThatThrownBy(() -> device().sell(100)).isInstanceOf(NotPermittedException.class);
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    assertThat(openItem()).isEqualTo(Decision.DENIED);
  }

  @Test
  void whatIsDoneUnderTheFirstSheetCounts() throws Exception {
    shop.server
        .admission()
        .putRole(
            shop.tenant.id(),
            "manager",
            Map.of("shift.open", "ALLOWED", "sale.ring", "ALLOWED", "sale.open_item", "ALLOWED"));
    till =
        LockedTill.enrol(shop, folder.resolve("till"), new FileKeyChest(folder.resolve("chest")));
    var sheet = till.open.grants().current().orElseThrow();
    device().openShift();
    device().sell(100);
    var batch = till.open.outbox().nextToSend().orElseThrow();
    assertThat(new String(batch.payload(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"authority\":\"" + sheet.id() + "\"");
    assertThat(device().push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(shop.server.provisioning().books(shop.tenant.id()).salesByVerdict())
        .containsOnlyKeys(Verdict.ACCEPTED);
  }
}
