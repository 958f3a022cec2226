package dev.countersign.app.demo;

import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.PaperPicture;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Printed;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Slip;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.port.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The demonstration's printer: a virtual one behind a real port, of whose roll a picture is kept
 * that shows the newest papers.
 */
final class DemoPaper implements ReceiptPrinter, AutoCloseable {
  private static final int SHOWN = 8;

  private final VirtualPrinter virtual;
  private final EscPosPrinter printer;
  private final PrintFonts fonts = PrintFonts.bundled();
  private final PrinterProfile profile = PrinterProfile.wide();
  private final Path picture;

  /**
   * @param picture written anew with every paper
   */
  DemoPaper(Path picture, LongSupplier nanos) throws IOException {
    this.picture = picture;
    this.virtual = VirtualPrinter.start(0, VirtualPrinter.Nature.quick());
    this.printer =
        new EscPosPrinter(
            new Place.Network("127.0.0.1", virtual.port()),
            profile,
            new EscPosReceipt(profile, ReceiptWords.english(), ReceiptTemplate.usual(), fonts),
            fonts,
            nanos);
  }

  Path picture() {
    return picture;
  }

  /** How many papers have come out. */
  long papers() {
    return virtual.roll().stream().filter(Printed.Cut.class::isInstance).count();
  }

  @Override
  public PrintOutcome print(Receipt receipt) {
    return kept(printer.print(receipt));
  }

  @Override
  public PrintOutcome print(Slip slip) {
    return kept(printer.print(slip));
  }

  @Override
  public Optional<Trouble> trouble() {
    return printer.trouble();
  }

  private synchronized PrintOutcome kept(PrintOutcome outcome) {
    try {
      Files.write(picture, new PaperPicture(fonts).png(newest(), profile.columns()));
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Printed> newest() {
    List<Printed> newest = new ArrayList<>();
    int papers = 0;
    for (Printed each : virtual.roll().reversed()) {
      papers += each instanceof Printed.Cut ? 1 : 0;
      if (papers > SHOWN) {
        break;
      }
      newest.addFirst(each);
    }
    return newest;
  }

  @Override
  public void close() throws IOException {
    virtual.close();
  }
}
