package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.SealedParts;
import dev.countersign.common.protocol.WipeOrder;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that are frozen, named, and told to wipe themselves. */
class DeviceCareTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;
  private RawClient.Enrolled till;
  private SellingTill selling;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data);
    client = RawClient.of(shop.server);
    till = client.enrol(shop.tillTicket(), "Till");
    selling = selling(till);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private SellingTill selling(RawClient.Enrolled device) {
    return new SellingTill(
        new SellingTill.Registered(
            shop.tenant.id(),
            device.id(),
            shop.store.id(),
            shop.register.id(),
            device.certificate().series(),
            "USD",
            shop.cashier.id()),
        device.key(),
        shop.now::get,
        RANDOM);
  }

  private Reply push(Envelope batch) throws Exception {
    return client.post(Routes.BATCHES, Wire.deflate(batch.encode()));
  }

  private Envelope sales(int count) {
    List<Change> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(selling.sale(UUID.randomUUID(), 100));
    }
    return selling.seal(entries);
  }

  private Device.State state() throws Exception {
    return shop.desk().devices(shop.tenant.id()).getFirst().state();
  }

  @Test
  void aFrozenDeviceGoesOnFromTheLastBatchThatWasTakenIn() throws Exception {
    push(selling.seal(List.of(selling.opening())));
    SellingTill clone = selling(till);
    assertThat(push(clone.seal(List.of(clone.opening()))).problem().code()).isEqualTo(Problem.FORK);
    Envelope next = sales(2);
    assertThat(push(next).problem().code()).isEqualTo(Problem.FROZEN);

    shop.server.deviceCare().unfreeze(shop.tenant.id(), till.id());

    assertThat(push(next).status()).isEqualTo(200);
    assertThat(shop.number("SELECT count(*) FROM incident")).isOne();
    assertThat(shop.auditLog()).contains("device.frozen").contains("device.unfrozen");
    assertThatThrownBy(() -> shop.server.deviceCare().unfreeze(shop.tenant.id(), till.id()))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aDeviceIsRenamed() throws Exception {
    shop.server.deviceCare().rename(shop.tenant.id(), till.id(), "By the door");
    assertThat(shop.desk().devices(shop.tenant.id()).getFirst().name()).isEqualTo("By the door");
    assertThat(shop.auditLog()).contains("device.renamed").doesNotContain("By the door");
  }

  private WipeOrder order(Reply reply) throws Exception {
    assertThat(reply.status()).isEqualTo(409);
    Problem problem = reply.problem();
    assertThat(problem.code()).isEqualTo(Problem.WIPE_ORDERED);
    Envelope envelope = Envelope.decode(StrictBase64.decode(String.valueOf(problem.document())));
    try (SigningKey other = SigningKey.generate(RANDOM)) {
      assertThat(envelope.verifiedBy(other.verifyKey())).isFalse();
    }
    assertThat(envelope.payloadType()).isEqualTo(WipeOrder.PAYLOAD_TYPE);
    return Json.decode(envelope.payload(), WipeOrder.class);
  }

  private Reply session() throws Exception {
    return client.post(
        Routes.SESSIONS, RawClient.signIn(till.id(), till.key(), client.challenge()));
  }

  private byte[] part(WipeOrder order, int number, byte[] content) {
    return SealedBox.seal(
        order.key(),
        Wire.deflate(content),
        WipeOrder.label(order.id(), order.device(), number),
        RANDOM);
  }

  private byte[] report(WipeOrder order, int parts) {
    return RawClient.signed(
        new WipeOrder.Report(
            order.id(), order.tenant(), order.device(), shop.now.get(), parts, 3, 3),
        WipeOrder.Report.PAYLOAD_TYPE,
        till.id(),
        till.key());
  }

  private Reply bring(UUID device, int part, byte[] sealed) throws Exception {
    return client.send(
        new Request.Builder()
            .url(client.url(Routes.WIPE.replace("{id}", device.toString()) + "?part=" + part))
            .post(RequestBody.create(sealed, null)));
  }

  @Test
  void theNextContactOfAnyKindBringsTheOrderAndNothingElse() throws Exception {
    String token = client.token(till);
    push(selling.seal(List.of(selling.opening())));
    shop.server.deviceCare().wipe(shop.tenant.id(), till.id());

    WipeOrder atBatch = order(push(sales(1)));
    WipeOrder atSession = order(session());

    assertThat(atBatch).isEqualTo(atSession);
    assertThat(atBatch.device()).isEqualTo(till.id());
    assertThat(client.get(Routes.SNAPSHOT, token).status()).isEqualTo(401);
    assertThat(shop.number("SELECT count(*) FROM sale")).isZero();
    assertThat(state()).isEqualTo(Device.State.WIPING);
  }

  @Test
  void whatWasSealedIsRecordedAndDoesNotCount() throws Exception {
    push(selling.seal(List.of(selling.opening())));
    shop.server.deviceCare().wipe(shop.tenant.id(), till.id());
    WipeOrder order = order(session());
    Envelope batch = sales(3);

    assertThat(bring(till.id(), 1, part(order, 1, batch.encode())).problem().code())
        .isEqualTo(Problem.GAP);
    assertThat(bring(till.id(), 0, part(order, 0, report(order, 2))).status()).isEqualTo(200);
    assertThat(state()).isEqualTo(Device.State.WIPING);
    for (int again = 0; again < 2; again++) {
      assertThat(
              bring(till.id(), 1, part(order, 1, batch.encode()))
                  .as(WipeOrder.Taken.class)
                  .complete())
          .isTrue();
    }

    assertThat(state()).isEqualTo(Device.State.WIPED);
    assertThat(shop.number("SELECT count(*) FROM sale")).isZero();
    assertThat(shop.number("SELECT count(*) FROM question WHERE code = 'device-wiped'"))
        .isEqualTo(3);
    assertThat(shop.auditLog()).containsSubsequence("device.wipe.ordered", "device.wiped");
    assertThat(order(session()).id()).isEqualTo(order.id());
  }

  @Test
  void whatDoesNotOpenOrIsNotSignedByTheDeviceIsAnsweredAsIfNothingWereThere() throws Exception {
    String nowhere = bring(UUID.randomUUID(), 0, new byte[100]).text();
    assertThat(bring(till.id(), 0, new byte[100]).text()).isEqualTo(nowhere);
    shop.server.deviceCare().wipe(shop.tenant.id(), till.id());
    WipeOrder order = order(session());
    List<byte[]> bad = new ArrayList<>();
    bad.add(new byte[100]);
    bad.add(part(order, 1, report(order, 1)));
    bad.add(part(order, 0, "nonsense".getBytes(StandardCharsets.UTF_8)));
    try (SigningKey thief = SigningKey.generate(RANDOM)) {
      bad.add(
          part(
              order,
              0,
              RawClient.signed(
                  new WipeOrder.Report(
                      order.id(), order.tenant(), order.device(), shop.now.get(), 1, 0, 0),
                  WipeOrder.Report.PAYLOAD_TYPE,
                  till.id(),
                  thief)));
    }
    byte[] flipped = part(order, 0, report(order, 1));
    flipped[flipped.length - 1] ^= 1;
    bad.add(flipped);
    for (byte[] sealed : bad) {
      Reply reply = bring(till.id(), 0, sealed);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text()).isEqualTo(nowhere);
    }
    assertThat(state()).isEqualTo(Device.State.WIPING);
  }

  @Test
  void aFileThatIsBroughtByHandIsTakenInToo() throws Exception {
    shop.desk().revokeDevice(shop.tenant.id(), till.id());
    WipeOrder order = order(session());
    SealedParts file =
        new SealedParts(
            new SealedParts.Head(
                order.id(), order.tenant(), order.device(), "https://localhost", null, null, 2),
            List.of(part(order, 0, report(order, 2)), part(order, 1, sales(2).encode())));
    byte[] bytes = file.encode();
    assertThat(SealedParts.decode(bytes).head()).isEqualTo(file.head());
    assertThat(shop.server.deviceCare().unseal(shop.tenant.id(), bytes)).isEqualTo(2);
    assertThat(shop.server.deviceCare().unseal(shop.tenant.id(), bytes)).isEqualTo(2);
    assertThat(shop.number("SELECT count(*) FROM question WHERE code = 'device-revoked'"))
        .isEqualTo(2);
    bytes[bytes.length - 1] ^= 1;
    assertThat(state()).isEqualTo(Device.State.REVOKED);
    assertThatThrownBy(
            () -> shop.server.deviceCare().unseal(shop.tenant.id(), new byte[] {1, 2, 3}))
        .isInstanceOf(RefusedException.class);
  }
}
