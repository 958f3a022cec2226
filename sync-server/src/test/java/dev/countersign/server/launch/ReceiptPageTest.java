package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The page behind the code on a receipt. */
@ParameterizedClass
@EnumSource
class ReceiptPageTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;
  private SellingTill till;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    client = RawClient.of(shop.server);
    var device = client.enrol(shop.tillTicket(), "Till");
    till =
        new SellingTill(
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
            RawClient.RANDOM);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private void send(List<Change> changes) throws Exception {
    Envelope batch = till.seal(changes);
    Reply reply = client.post(Routes.BATCHES, Wire.deflateFast(batch.encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private Reply page(UUID tenant, UUID device, UUID sale, String hash) throws Exception {
    return client.get("/receipt/" + tenant + "/" + device + "/" + sale + "/" + hash);
  }

  private Reply page(Change sale) throws Exception {
    return page(shop.tenant.id(), device(), sale.entity(), hash(sale));
  }

  private UUID device() {
    return till.registered().device();
  }

  private static String hash(Change change) {
    return Hash.of(ChangeCodec.encode(change)).toHex();
  }

  @Test
  void everySaleOfSeveralBatchesIsFoundWithItsPlaceAndItsProof() throws Exception {
    List<Change> sales = new ArrayList<>();
    send(List.of(till.opening()));
    for (int batch = 1; batch <= 5; batch++) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        changes.add(till.sale(till.id(), 1999));
      }
      send(changes);
      sales.addAll(changes);
    }
    for (Change sale : sales) {
      Reply page = page(sale);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text())
          .contains("This sale is in the shop's log<")
          .contains(((SaleCompleted) sale.body()).receipt())
          .contains("19.99")
          .contains("Verified just now")
          .contains(hash(sale));
    }
  }

  @Test
  void aSaleThatDoesNotCountIsThereAndSaysSo() throws Exception {
    Change twice = till.sale(till.id(), 1999);
    send(List.of(twice));
    var again = till.change(till.id(), twice.body());
    send(List.of(again));
    assertThat(page(again).text()).contains("set aside until somebody has looked at it");
  }

  @Test
  void thePageLoadsAndRunsNothingAndNamesNobody() throws Exception {
    Change sale = till.sale(till.id(), 1999);
    send(List.of(sale));
    Reply page = page(sale);
    String html = page.text();
    assertThat(html)
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("src=", "href=", "onload", "javascript:", "http-equiv")
        .doesNotContain(shop.cashier.id().toString(), "127.0.0.1")
        // As a word: a signature's letters may well have it within them.
        .doesNotContainPattern("\\bSam\\b");
    String policy = page.headers().get("Content-Security-Policy");
    assertThat(page.headers().values("Content-Security-Policy")).hasSize(1);
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    String named = StrictBase64.encode(Hash.of(style.getBytes(StandardCharsets.UTF_8)).bytes());
    assertThat(policy)
        .startsWith("default-src 'none'; style-src 'sha256-" + named + "'")
        .contains("form-action 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "script-src");
    assertThat(page.headers().get("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(page.headers().get("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void whateverDoesNotFitHasOneAndTheSameAnswer() throws Exception {
    Change sale = till.sale(till.id(), 1999);
    Change other = till.sale(till.id(), 250);
    send(List.of(till.opening(), sale, other));
    UUID tenant = shop.tenant.id();
    Reply first = page(UUID.randomUUID(), device(), sale.entity(), hash(sale));
    assertThat(first.status()).isEqualTo(404);
    for (Reply each :
        List.of(
            page(tenant, UUID.randomUUID(), sale.entity(), hash(sale)),
            page(tenant, device(), UUID.randomUUID(), hash(sale)),
            page(tenant, device(), sale.entity(), hash(other)),
            page(tenant, device(), sale.entity(), "00".repeat(32)),
            page(tenant, device(), sale.entity(), "x"),
            client.get("/receipt/a/b/c/d"))) {
      assertThat(each.status()).isEqualTo(404);
      assertThat(each.text()).isEqualTo(first.text());
      assertThat(each.headers().get("Content-Security-Policy"))
          .isEqualTo(first.headers().get("Content-Security-Policy"));
    }
  }

  @Test
  void whoeverAsksTooOftenWaits() throws Exception {
    Reply last = client.get("/receipt/a/b/c/d");
    for (int i = 0; i < 40 && last.status() == 404; i++) {
      last = client.get("/receipt/a/b/c/d");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.headers().get("Retry-After")).isNotNull();
    assertThat(client.get(Routes.HEALTH).status()).isEqualTo(200);
  }
}
