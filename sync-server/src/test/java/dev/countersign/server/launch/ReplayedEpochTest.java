package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody kept what a till sent, and sends it again to a server that was put back. */
class ReplayedEpochTest {
  @TempDir Path folder;

  @Test
  void replayAcrossEpochs() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path backup = folder.resolve("backup");
    SellingTill till;
    byte[] firstAck;
    byte[] first;
    byte[] second;
    RunningServer shop = new RunningServer(data);
    try {
      RawClient client = RawClient.of(shop.server);
      till = till(shop, client.enrol(shop.tillTicket(), "Till"));
      first = batch(till, List.of(till.opening(), sale(till)));
      firstAck = accepted(client, first);
    } finally {
      shop.close();
    }
    copy(data, backup);
    try (SyncServer server = SyncServer.start(ServerConfig.in(data), shop.surroundings())) {
      second = batch(till, List.of(sale(till), sale(till)));
      accepted(RawClient.of(server), second);
    }
    remove(data);
    copy(backup, data);
    assertThat(
            ServerCommand.commandLine(new Reach.Outside(shop.surroundings()))
                .execute("restored", "--data", data.toString()))
        .isZero();
    try (SyncServer server = SyncServer.start(ServerConfig.in(data), shop.surroundings())) {
      RawClient client = RawClient.of(server);
      // What the backup has is answered as it was; what it lacks is taken in once, whoever brings
      // it.
      assertThat(accepted(client, first)).isEqualTo(firstAck);
      byte[] ack = accepted(client, second);
      for (int again = 0; again < 3; again++) {
        assertThat(accepted(client, first)).isEqualTo(firstAck);
        assertThat(accepted(client, second)).isEqualTo(ack);
      }
      accepted(client, batch(till, List.of(sale(till))));
      var books = server.provisioning().books(shop.tenant.id());
      assertThat(books.total().sales()).isEqualTo(4);
      assertThat(books.total().total()).isEqualTo(4 * 500);
    }
  }

  private static SellingTill till(RunningServer shop, RawClient.Enrolled device) {
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
        RawClient.RANDOM);
  }

  private static Change sale(SellingTill till) {
    return till.sale(till.id(), 500);
  }

  private static byte[] batch(SellingTill till, List<Change> changes) {
    return Wire.deflate(till.seal(changes).encode());
  }

  private static byte[] accepted(RawClient client, byte[] batch) throws Exception {
    var reply = client.post(Routes.BATCHES, batch);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void remove(Path folder) throws Exception {
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
