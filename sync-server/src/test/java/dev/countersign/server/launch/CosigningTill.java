package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.util.Map;
import java.util.UUID;

/** A till that is a witness of its log, in a business where a product is forgotten by now. */
final class CosigningTill {
  private CosigningTill() {}

  static void cosign(RunningServer house, UUID tenant, RawClient client, Enrolled till)
      throws Exception {
    LogKey key = LogKey.parse(house.desk().logKey(tenant));
    String head = client.get(Routes.CHECKPOINT.replace("{tenant}", tenant.toString())).text();
    if (!(Checkpoint.parse(head, key.name(), key.key())
        instanceof CheckpointReading.Verified(SignedCheckpoint seen))) {
      throw new AssertionError(head);
    }
    String name = LogKey.ofDevice(till.id(), till.key().verifyKey()).name();
    String text = seen.cosigned(name, house.now.get(), till.key()).text();
    var reply =
        new Visitor(house)
            .call("POST", Routes.COSIGNATURES, Map.of("checkpoint", text), client.token(till));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    house
        .server
        .tenants()
        .<Integer, Exception>write(
            tenant,
            scope ->
                scope.db().update("INSERT INTO feed_gone (entity) VALUES (?)", UUID.randomUUID()));
  }
}
