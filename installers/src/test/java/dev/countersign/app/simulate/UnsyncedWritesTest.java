package dev.countersign.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.killed.KilledTill;
import dev.countersign.app.killed.Killing;
import dev.countersign.app.killed.Settling;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.server.launch.SyncServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut on a disk that loses what was not synced: between the end of one commit and the end
 * of the next, each sector that is written may be there, or not yet. What the end of the first
 * commit left must be found whole in every mixture, and the second one whole or not at all.
 */
class UnsyncedWritesTest {
  private static final String TILL = Killing.TILLS.getFirst();
  private static final int SECTOR = 512;
  private static final int PAGE = 4096;

  @TempDir Path place;
  private final Random random = new Random(5);

  @Test
  void whatTheTillSyncedIsFoundInEveryMixtureOfWhatItDidNot() throws Exception {
    Killing business = new Killing(place);
    Path files = place.resolve(TILL);
    Path other = Files.createDirectories(place.resolve("mixed"));
    Files.copy(place.resolve(TILL + ".key"), other.resolve(TILL + ".key"));
    int whole = 0;
    int gone = 0;
    try (KilledTill till = KilledTill.open(place, TILL)) {
      for (int round = 0; round < 40; round++) {
        till.act(random);
        if (till.device.ledger().currentShift().isEmpty()) {
          continue;
        }
        Path before = copied(files, "before");
        Set<String> synced = receipts(till);
        till.sell(random);
        Path after = copied(files, "after");
        Set<String> all = receipts(till);
        for (int times = 0; times < 3; times++) {
          Machine.remove(other.resolve(TILL));
          mix(before, after, other.resolve(TILL));
          try (KilledTill found = KilledTill.open(other, TILL)) {
            Set<String> there = receipts(found);
            assertThat(there).isIn(synced, all);
            assertThat(found.device.damage()).isEmpty();
            if (there.equals(all)) {
              whole++;
            } else {
              gone++;
            }
          }
        }
      }
    }
    assertThat(whole).as("mixtures with the last sale").isPositive();
    assertThat(gone).as("mixtures without it").isPositive();
    try (SyncServer server = business.server()) {
      Settling.settle(business, server, "office");
    }
  }

  private static Set<String> receipts(KilledTill till) {
    Set<String> receipts = new HashSet<>();
    for (SaleView sale : till.device.books().salesOn(KilledTill.DAY)) {
      receipts.add(sale.receipt() + " " + sale.total());
    }
    return receipts;
  }

  /** The acknowledgement was not sent; the till sends again, whatever the server's disk kept. */
  @Test
  void whatTheServerSyncedIsFoundInEveryMixtureOfWhatItDidNot() throws Exception {
    Killing business = new Killing(place);
    Path files = place.resolve("server");
    for (int round = 0; round < 6; round++) {
      Path before;
      Path after;
      Path till;
      try (SyncServer server = business.server();
          KilledTill here = KilledTill.open(place, TILL)) {
        here.act(random);
        here.act(random);
        // What is about to be sent is sealed on the till's own disk before.
        assertThat(here.device.outbox().nextToSend()).isPresent();
        till = copied(place.resolve(TILL), "till");
        before = copied(files, "before");
        here.loop.start();
        Settling.await("sent", here, () -> here.device.outbox().state().waiting() == 0);
        after = copied(files, "after");
        assertThat(server.uri()).isNotNull();
      }
      // The till never heard of it: its files are those of before, its paper is all there is.
      put(till, place.resolve(TILL));
      Machine.remove(files);
      mix(before, after, files);
      try (SyncServer server = business.server()) {
        Settling.settle(business, server, "office-" + round);
      }
    }
  }

  private Path copied(Path from, String name) throws IOException {
    Path to = place.resolve(name + "-copy");
    Machine.remove(to);
    Machine.copyTree(from, to);
    return to;
  }

  private static void put(Path from, Path to) throws IOException {
    Machine.remove(to);
    Machine.copyTree(from, to);
  }

  /**
   * Files in which some of what was written between two copies is missing. A database's own pages
   * are only written once its log is synced: where they differ, the log is there whole.
   */
  private void mix(Path before, Path after, Path into) throws IOException {
    List<Path> files;
    try (var all = Files.walk(after)) {
      files = all.toList();
    }
    for (Path file : files) {
      Path name = after.relativize(file);
      Path to = into.resolve(name.toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(to);
        continue;
      }
      byte[] fresh = Files.readAllBytes(file);
      byte[] old = bytes(before.resolve(name.toString()));
      if (name.toString().endsWith(".db-wal")) {
        String database = name.toString().replace("-wal", "");
        boolean checkpointed =
            !Arrays.equals(bytes(before.resolve(database)), bytes(after.resolve(database)));
        Files.write(to, checkpointed ? fresh : mixed(old, fresh, SECTOR));
      } else if (name.toString().endsWith(".db")) {
        Files.write(to, mixed(old, fresh, PAGE));
      } else {
        Files.copy(file, to);
      }
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private byte[] mixed(byte[] old, byte[] fresh, int unit) {
    int length = random.nextBoolean() ? fresh.length : Math.min(fresh.length, old.length);
    byte[] out = Arrays.copyOf(fresh, Math.max(length, old.length));
    int kept = random.nextInt(4);
    for (int at = 0; at < out.length; at += unit) {
      // None, some or all of what was not synced is there.
      if (kept == 0 || (kept < 3 && random.nextBoolean())) {
        for (int i = at; i < Math.min(out.length, at + unit); i++) {
          out[i] = i < old.length ? old[i] : 0;
        }
      }
    }
    return out;
  }
}
