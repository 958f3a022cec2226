package dev.countersign.client.launch;

import dev.countersign.client.chest.KeyStores;
import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.FilePrinter;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.port.Place;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.client.ui.kit.Sounds;
import dev.countersign.client.ui.kit.Tones;
import dev.countersign.common.crypto.Argon2Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * What the client takes from the machine it runs on; a test passes its own.
 *
 * @param nanos only runs forward
 * @param cost of a new PIN; asked for once, when the first one is chosen: measuring takes a moment
 * @param printer in the place of the one that is set up on the hardware page; null for that one
 * @param terminal charges cards; null when they are taken on a terminal that stands alone
 * @param worker starts each run on a thread of its own
 * @param screen runs on the screen's thread
 */
public record Machine(
    Clock clock,
    LongSupplier nanos,
    SecureRandom random,
    Supplier<Argon2Cost> cost,
    KeyChest chest,
    @Nullable ReceiptPrinter printer,
    @Nullable CardTerminal terminal,
    Sounds sounds,
    Locale locale,
    Executor worker,
    Executor screen) {

  /**
   * This machine, with the printer that the options name, if any, and with sounds. Takes as long as
   * the system's key store takes to answer, a few seconds at most.
   */
  public static Machine here(Options options) {
    return new Machine(
        Clock.systemDefaultZone(),
        System::nanoTime,
        new SecureRandom(),
        () -> Argon2Cost.calibrate(PinVault.TARGET, System::nanoTime),
        KeyStores.ofThisMachine(options.chest())
            .choose(options.keyStore(), new DeviceFolder(options.folder()).chestKind()),
        printer(options.printer(), language(options)),
        terminal(options.terminal()),
        Tones.ofThisMachine(),
        Locale.getDefault(),
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("desk").factory()),
        Platform::runLater);
  }

  private static @Nullable CardTerminal terminal(@Nullable String address) {
    return address == null ? null : TcpTerminal.at(address, TcpTerminal.Patience.usual());
  }

  /** The language that the window begins in. */
  private static Locale language(Options options) {
    return new ViewFile(options.folder(), Locale.getDefault())
        .read()
        .with(options.view())
        .language()
        .locale();
  }

  private static @Nullable ReceiptPrinter printer(@Nullable Path file, Locale language) {
    if (file == null) {
      return null;
    }
    PrintFonts fonts = PrintFonts.bundled();
    PrinterProfile profile = PrinterProfile.wide();
    EscPosReceipt format =
        new EscPosReceipt(profile, ReceiptWords.of(language), ReceiptTemplate.usual(), fonts);
    // A printer that is unplugged has no device file: no plain one is made in its place.
    boolean device =
        Files.exists(file) ? !Files.isRegularFile(file) : file.toAbsolutePath().startsWith("/dev");
    return device
        ? new EscPosPrinter(new Place.DeviceFile(file), profile, format, fonts, System::nanoTime)
        : new FilePrinter(file, format);
  }
}
