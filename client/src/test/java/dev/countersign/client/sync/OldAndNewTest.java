package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till of this program with a server of a later one. */
class OldAndNewTest {
  @TempDir Path folder;

  /** Every object of every answer has a field more than this program knows. */
  private static String newer(String json, AtomicInteger added) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      out.append(json.charAt(i));
      boolean opens = json.charAt(i) == '{' && i + 1 < json.length() && json.charAt(i + 1) == '"';
      if (opens) {
        out.append("\"since-later\":\"x\",");
        added.incrementAndGet();
      }
    }
    return out.toString();
  }

  private static byte[] newer(byte[] body, AtomicInteger added) throws IOException {
    boolean packed = body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    if (!packed) {
      return newer(new String(body, StandardCharsets.UTF_8), added)
          .getBytes(StandardCharsets.UTF_8);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (var zip = new GZIPOutputStream(out)) {
        zip.write(newer(in.readAllBytes(), added));
      }
      return out.toByteArray();
    }
  }

  @Test
  void anOldTillReadsWhatANewerServerSays() throws Exception {
    try (Shop shop = Shop.open(folder)) {
      var server = new PassingOn(shop.server.uri().toString(), shop.server.pin());
      AtomicInteger added = new AtomicInteger();
      Front.Mind later =
          asked -> {
            Said said = server.pass(asked);
            boolean frame = said.body().length > 3 && said.body()[0] == 'C';
            return frame
                ? said
                : new Said(said.status(), said.type(), newer(said.body(), added), said.headers());
          };
      try (Front front = new Front(later);
          var till = shop.tillThrough(front.url(), front.pin())) {
        till.openShift();
        till.sell(100);
        assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
        assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
        assertThat(till.open.settings().current().storeName()).isEqualTo("Harbour");
        shop.server.provisioning().addUser(shop.tenant.id(), "Kim", "cashier", null);
        assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
        assertThat(till.open.users().list()).anyMatch(user -> user.name().equals("Kim"));
        assertThat(added).hasValueGreaterThan(5);
        assertThat(shop.sales()).hasSize(1);
      }
    }
  }

  @Test
  void anOldTillBelievesANewerAcknowledgement() throws Exception {
    try (PlayedServer played = new PlayedServer(folder)) {
      played.till.openShift();
      played.front.mind(
          asked -> {
            try {
              var said = Envelope.decode(played.answer(asked).body());
              byte[] payload = newer(said.payload(), new AtomicInteger());
              assertThat(Json.strict().readTree(payload).has("since-later")).isTrue();
              return Said.bytes(
                  Envelope.seal(Acknowledgement.PAYLOAD_TYPE, payload, "server", played.serverKey)
                      .encode());
            } catch (dev.countersign.common.crypto.EnvelopeFormatException e) {
              throw new IOException(e);
            }
          });
      assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(played.till.open.outbox().state().waiting()).isZero();
    }
  }
}
