package dev.countersign.app.bench;

import dev.countersign.app.demo.Hand;
import dev.countersign.app.demo.HeldTime;
import dev.countersign.client.bench.ClosedTill;
import dev.countersign.client.chest.KeyStores;
import dev.countersign.client.device.NoPrinter;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.launch.Client;
import dev.countersign.client.launch.Machine;
import dev.countersign.client.launch.Options;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Sounds;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.View;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

/**
 * A till in a process of its own, at which somebody sells through the screens: scans, searches,
 * takes cash. Its last line says what that took, as JSON.
 */
public final class TillAtWork {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int LINES = 15;

  /** The compiler learns from the first ones. */
  private static final int WARM_UP = 60;

  private static final long PATIENCE_SECONDS = 10;

  /** A prime: no product comes twice into a sale, where it would only be counted, and none near. */
  private static final long STRIDE = 7_919;

  private final Client client;
  private final HeldTime time;
  private final Hand hand;
  private final SplittableRandom random = new SplittableRandom(11);
  private final long products;
  private long taken;

  private TillAtWork(Client client, HeldTime time, long products) {
    this.client = client;
    this.time = time;
    this.hand = new Hand(client.scene(), time);
    this.products = products;
  }

  /**
   * What it took; times in nanoseconds, sizes in bytes.
   *
   * @param whole from a scan's last key until its line was painted
   * @param work the same without the wait for the next pulse, of which there are 60 in a second
   * @param lookups the ledger's lookup of a code alone, in turns with the scans
   * @param heap in use at the end, after a collection
   * @param resident the most memory that the process ever had
   */
  public record Answer(
      List<Long> whole, List<Long> work, List<Long> lookups, long heap, long resident) {}

  /** Arguments: folder, chest, how many products stand in it, how many scans are measured. */
  public static void main(String[] args) {
    Platform.startup(() -> {});
    HeldTime time = new HeldTime();
    int ended = 1;
    try (Client client = open(Path.of(args[0]), Path.of(args[1]), time)) {
      TillAtWork till = new TillAtWork(client, time, Long.parseLong(args[2]));
      Answer answer = till.work(Integer.parseInt(args[3]));
      System.out.println(new String(Json.encode(answer), StandardCharsets.UTF_8));
      ended = 0;
    } catch (Exception e) {
      e.printStackTrace();
    }
    // The screen's thread would hold the process.
    System.exit(ended);
  }

  private static Client open(Path folder, Path chest, HeldTime time) throws Exception {
    Options options =
        new Options(
            folder,
            chest,
            KeyStores.Wish.FILE,
            false,
            new View.Wish(Language.ENGLISH, Look.LIGHT, TextSize.USUAL, null),
            1024,
            768,
            null,
            null,
            null);
    Machine machine =
        new Machine(
            Clock.systemDefaultZone(),
            time,
            new SecureRandom(),
            () -> Argon2Cost.FLOOR,
            new FileKeyChest(chest),
            new NoPrinter(),
            null,
            Sounds.silent(),
            Locale.ENGLISH,
            Thread::startVirtualThread,
            Platform::runLater);
    CompletableFuture<Client> opened = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            Client client = new Client(options, machine, new Stage());
            client.start();
            opened.complete(client);
          } catch (RuntimeException e) {
            opened.completeExceptionally(e);
          }
        });
    return opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Answer work(int scans) throws Exception {
    hand.await("enter your PIN");
    hand.type(ClosedTill.PIN);
    hand.press(KeyCode.ENTER);
    hand.await("Open shift");
    hand.type("10000");
    hand.press(KeyCode.ENTER);
    hand.await("Ready for the next customer");
    OpenDevice device = client.device().orElseThrow();
    List<Long> whole = new ArrayList<>();
    List<Long> work = new ArrayList<>();
    List<Long> lookups = new ArrayList<>();
    for (int i = -WARM_UP; i < scans; i++) {
      ScanToPaint.Moments moments = scan();
      long lookup = lookup(device);
      if (i >= 0) {
        whole.add(moments.whole());
        work.add(moments.work());
        lookups.add(lookup);
      }
      if (moments.lines() == LINES) {
        search();
        pay();
      }
    }
    long resident = resident();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Answer(whole, work, lookups, heap, resident);
  }

  private ScanToPaint.Moments scan() throws Exception {
    // Whatever came before is over, and the scan falls on any moment between two pulses.
    TimeUnit.MILLISECONDS.sleep(60 + random.nextInt(40));
    CompletableFuture<ScanToPaint.Moments> done = new CompletableFuture<>();
    String code = next();
    Platform.runLater(() -> ScanToPaint.begin(client.scene(), time, code, done));
    try {
      return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "the scan of " + code + " never came to a line; on the screen: " + hand.seen(), e);
    } catch (ExecutionException e) {
      throw new IOException("the scan of " + code + " failed", e.getCause());
    }
  }

  private String next() {
    taken += STRIDE;
    return ClosedTill.code(taken % products);
  }

  private long lookup(OpenDevice device) throws IOException {
    String code = next();
    long start = System.nanoTime();
    int hits = device.catalogue().byCode(code).size();
    long end = System.nanoTime();
    if (hits != 1) {
      throw new IOException("the code " + code + " stands on " + hits + " products");
    }
    return end - start;
  }

  private void search() throws IOException {
    hand.type("amber pea");
    hand.await("Amber Peach");
    hand.press(KeyCode.ESCAPE);
  }

  private void pay() throws IOException {
    hand.press(KeyCode.F12);
    hand.await("Cash received");
    hand.press(KeyCode.ENTER);
    hand.await("Receipt ");
    hand.press(KeyCode.ENTER);
    hand.await("Ready for the next customer");
  }

  private static long resident() throws IOException {
    if (!Files.exists(STATUS)) {
      throw new IOException("how much memory a process has can be read on Linux only");
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmHWM:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("the system does not say how much memory a process has");
  }
}
