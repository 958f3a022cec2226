package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Routes;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.SyncServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices of one business keep watch over its log together. */
class WitnessingDevicesTest {
  @TempDir Path folder;

  private static void sync(SyncLoop loop) {
    loop.retryNow();
    loop.step();
  }

  @Test
  void devicesThatWereShownOneLogAgree() throws Exception {
    try (Shop shop = Shop.open(folder);
        TillDevice one = shop.till();
        TillDevice other = shop.till();
        SyncLoop here = one.loop();
        SyncLoop there = other.loop()) {
      one.openShift();
      other.openShift();
      for (int round = 0; round < 3; round++) {
        one.sell(100);
        sync(here);
        sync(here);
        other.sell(200);
        sync(there);
        sync(there);
      }
      assertThat(here.state()).isEqualTo(new SyncState.AllAccepted());
      assertThat(there.state()).isEqualTo(new SyncState.AllAccepted());
      assertThat(one.open.checkpoints().contradictions()).isEmpty();
      assertThat(other.open.checkpoints().contradictions()).isEmpty();
    }
  }

  @Test
  void twoTillsShownDifferentLogs() throws Exception {
    AtomicReference<PassingOn> first = new AtomicReference<>();
    AtomicReference<PassingOn> second = new AtomicReference<>();
    AtomicReference<Front.Said> words = new AtomicReference<>();
    try (Shop shop = Shop.open(folder);
        Front toFirst =
            new Front(
                asked -> {
                  Front.Said said = first.get().pass(asked);
                  if (asked.path().equals(Routes.COSIGNATURES)) {
                    words.set(said);
                  }
                  return said;
                });
        Front toSecond =
            new Front(
                asked -> {
                  Front.Said said = second.get().pass(asked);
                  boolean passedOn =
                      asked.path().equals(Routes.COSIGNATURES) && words.get() != null;
                  return passedOn ? words.get() : said;
                })) {
      first.set(new PassingOn(shop.server.uri().toString(), shop.server.pin()));
      second.set(first.get());
      try (TillDevice one = shop.tillThrough(toFirst.url(), toFirst.pin());
          TillDevice other = shop.tillThrough(toSecond.url(), toSecond.pin());
          SyncLoop here = one.loop();
          SyncLoop there = other.loop()) {
        one.openShift();
        other.openShift();
        sync(here);
        sync(there);
        // The same keys over two histories: each till is shown its own.
        Path copy = folder.resolve("second");
        shop.restart(() -> copy(folder.resolve("server"), copy));
        first.set(new PassingOn(shop.server.uri().toString(), shop.server.pin()));
        try (SyncServer twin =
            SyncServer.start(ServerConfig.in(copy).limitedTo(1_000_000, 1_000_000))) {
          second.set(new PassingOn(twin.uri().toString(), twin.pin()));
          words.set(null);
          one.sell(100);
          sync(here);
          sync(here);
          assertThat(words.get()).as("the first till is a witness").isNotNull();
          assertThat(here.state()).isEqualTo(new SyncState.AllAccepted());
          other.sell(200);
          sync(there);
          sync(there);
          assertThat(there.state())
              .isInstanceOfSatisfying(
                  SyncState.Stopped.class,
                  stopped -> assertThat(stopped.reason()).isEqualTo(StopReason.LOG_CONTRADICTED));
          assertThat(other.open.checkpoints().contradictions())
              .singleElement()
              .satisfies(found -> assertThat(found.reason()).startsWith("another device"));
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }
}
