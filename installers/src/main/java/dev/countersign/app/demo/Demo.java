package dev.countersign.app.demo;

import dev.countersign.client.chest.KeyStores;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.launch.Client;
import dev.countersign.client.launch.Machine;
import dev.countersign.client.launch.Options;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Sounds;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.Tones;
import dev.countersign.client.ui.kit.View;
import dev.countersign.common.crypto.Argon2Cost;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A shop on this machine. With a display: server, sample tenant and an enrolled till, opened for a
 * person. Without one: the same, and sessions driven through the screens of a till and of an
 * office.
 */
public final class Demo {
  /** The sample cashier's PIN, told on the command line; the tenant holds nothing but samples. */
  private static final String PIN = "280519";

  private final PrintWriter out;
  private final Path folder;
  private final Look look;
  private final HeldTime time = new HeldTime();
  private @Nullable CardTerminal terminal;

  /**
   * @param folder new and empty, for server, till, receipts and pictures
   */
  public Demo(PrintWriter out, Path folder, boolean dark) {
    this.out = out;
    this.folder = folder;
    this.look = dark ? Look.DARK : Look.LIGHT;
  }

  /** Opens the till for a person and returns when the window is closed. */
  public void runWithDisplay() throws Exception {
    try (DemoShop shop = DemoShop.open(folder.resolve("server"));
        SimulatedTerminal cards = SimulatedTerminal.start(SimulatedTerminal::byCents)) {
      terminal = TcpTerminal.at(cards.address(), TcpTerminal.Patience.usual());
      say("Server at " + shop.address() + " with " + shop.products() + " products.");
      DemoTill.enrol(
              folder.resolve("till"), folder.resolve("chest"), shop.tillTicket(), "Till 1", PIN)
          .close();
      say("The till is enrolled. The cashier's PIN is " + PIN + ".");
      say("Scan or type a barcode, for instance 87000007604, then Enter. F12 pays.");
      say("A simulated terminal charges cards: amounts that end in 41 are declined, in 42 nobody");
      say("presents a card, in 43 its answer is lost, in 44 it breaks off.");
      say("To see the back office, run in another terminal:");
      say("  ./countersign office --folder " + folder.resolve("office"));
      say("and paste this code, which works once within ten minutes:");
      say("  " + shop.officeTicket().text());
      CountDownLatch closed = new CountDownLatch(1);
      Platform.startup(() -> {});
      try (DemoPaper paper = new DemoPaper(folder.resolve("receipts.png"), time);
          Client client = openWindow("till", closed, Tones.ofThisMachine(), paper)) {
        say("Receipts are printed onto " + paper.picture() + ", the newest at its end.");
        closed.await();
      }
    } finally {
      Platform.exit();
    }
  }

  /**
   * Drives a selling session through the screens.
   *
   * @return whether the server's books ended equal to what was rung up
   */
  public boolean runHeadless() throws Exception {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    try (DemoShop shop = DemoShop.open(folder.resolve("server"));
        DemoPaper paper = new DemoPaper(pictures.resolve("receipts.png"), time)) {
      say("Server at " + shop.address() + " with " + shop.products() + " products.");
      Platform.startup(() -> {});
      // The till's window is closed before the office's is opened, and the toolkit goes on.
      Platform.setImplicitExit(false);
      int taken;
      boolean equal;
      try (Client client = openWindow("till", new CountDownLatch(1), Sounds.silent(), paper)) {
        DemoSession session =
            new DemoSession(shop, client, new Hand(client.scene(), time), pictures, PIN, this::say);
        equal = session.run();
        taken = session.pictures();
        hide(client);
      }
      try (Client client = openWindow("office", new CountDownLatch(1), Sounds.silent(), null)) {
        new OfficeSession(shop, new Hand(client.scene(), time), pictures, taken, PIN, this::say)
            .run();
      }
      say(paper.papers() + " papers were printed; the newest are on " + paper.picture() + ".");
      return equal;
    } finally {
      Platform.exit();
    }
  }

  /** A headless window's buffer is small; two of them do not fit. */
  private static void hide(Client client) throws Exception {
    CompletableFuture<Boolean> hidden = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          client.scene().getWindow().hide();
          hidden.complete(true);
        });
    hidden.get();
  }

  private Client openWindow(
      String device, CountDownLatch closed, Sounds sounds, @Nullable ReceiptPrinter paper)
      throws Exception {
    CompletableFuture<Client> opened = new CompletableFuture<>();
    Path chest = folder.resolve(device.equals("till") ? "chest" : device + "-chest");
    Options options =
        new Options(
            folder.resolve(device),
            chest,
            KeyStores.Wish.FILE,
            false,
            new View.Wish(Language.ENGLISH, look, TextSize.USUAL, null),
            1024,
            768,
            null,
            null,
            null);
    Platform.runLater(
        () -> {
          try {
            Stage stage = new Stage();
            stage.setOnHidden(_ -> closed.countDown());
            Client client = new Client(options, machine(options, sounds, paper), stage);
            client.start();
            opened.complete(client);
          } catch (RuntimeException e) {
            opened.completeExceptionally(e);
          }
        });
    return opened.get();
  }

  /**
   * @param paper null for an office, which prints nothing
   */
  private Machine machine(Options options, Sounds sounds, @Nullable ReceiptPrinter paper) {
    return new Machine(
        Clock.systemDefaultZone(),
        time,
        new SecureRandom(),
        () -> Argon2Cost.calibrate(PinVault.TARGET, System::nanoTime),
        new FileKeyChest(options.chest()),
        paper,
        terminal,
        sounds,
        Locale.ENGLISH,
        Thread::startVirtualThread,
        Platform::runLater);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
