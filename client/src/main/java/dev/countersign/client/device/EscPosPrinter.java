package dev.countersign.client.device;

import dev.countersign.client.port.DeviceLine;
import dev.countersign.client.port.Place;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A printer on the counter. One job at a time; opened for each and let go after it, so that a
 * printer that was off or plugged in elsewhere is there again with the next. Safe for any thread.
 */
public final class EscPosPrinter implements ReceiptPrinter {
  private static final Duration CALL = Duration.ofSeconds(5);
  private final Place place;
  private final PrinterProfile profile;
  private final EscPosReceipt format;
  private final PrintFonts fonts;
  private final Delivery.Patience patience;
  private final LongSupplier nanos;
  private boolean halfOut;

  /**
   * How a printer says it is.
   *
   * @param answered false for one that says nothing about itself, and for one that is not there
   */
  public record State(Optional<Trouble> trouble, boolean answered, boolean paperLow) {}

  /**
   * @param nanos only runs forward
   */
  public EscPosPrinter(
      Place place,
      PrinterProfile profile,
      EscPosReceipt format,
      PrintFonts fonts,
      LongSupplier nanos) {
    this(place, profile, format, fonts, Delivery.Patience.usual(), nanos);
  }

  EscPosPrinter(
      Place place,
      PrinterProfile profile,
      EscPosReceipt format,
      PrintFonts fonts,
      Delivery.Patience patience,
      LongSupplier nanos) {
    this.place = place;
    this.profile = profile;
    this.format = format;
    this.fonts = fonts;
    this.patience = patience;
    this.nanos = nanos;
  }

  @Override
  public synchronized PrintOutcome print(Receipt receipt) {
    return run(format.pieces(receipt, halfOut), receipt.opensDrawer());
  }

  @Override
  public synchronized PrintOutcome print(Slip slip) {
    return run(format.pieces(slip, halfOut), slip.opensDrawer());
  }

  @Override
  public Optional<Trouble> trouble() {
    return state().trouble();
  }

  /** Opens the drawer and prints nothing. */
  public synchronized PrintOutcome kick() {
    EscPos job = job();
    job.kick();
    return run(job.pieces(), true);
  }

  /** Prints these labels, each cut off. */
  public synchronized PrintOutcome print(List<PriceLabel> labels) {
    EscPos job = job();
    for (PriceLabel label : labels) {
      job.picture(label.draw(profile, fonts), false);
      job.end();
    }
    return run(job.pieces(), false);
  }

  /** Asks the printer how it is; waits a few seconds for it at most. */
  public synchronized State state() {
    try (DeviceLine line = place.open(CALL)) {
      PrinterStatus status = new Delivery(line, patience, nanos).ask();
      return new State(status.trouble(), status.isKnown(), status.isPaperLow());
    } catch (IOException e) {
      return new State(Optional.of(away(e)), false, false);
    }
  }

  private EscPos job() {
    return new EscPos(profile, new Alphabet(profile.pages(), fonts), fonts);
  }

  /**
   * @param opens whether the drawer is opened by it, also when the printer has no paper for it:
   *     there is change to be given
   */
  private PrintOutcome run(List<byte[]> pieces, boolean opens) {
    PrintOutcome outcome;
    try (DeviceLine line = place.open(CALL)) {
      outcome =
          new Delivery(line, patience, nanos)
              .bring(pieces, opens ? EscPos.kickAtOnce(profile) : null);
    } catch (IOException e) {
      outcome = new PrintOutcome.Failed(away(e), false, place + ": " + e);
    }
    halfOut =
        switch (outcome) {
          case PrintOutcome.Printed _ -> false;
          case PrintOutcome.Failed failed -> failed.begun() || halfOut;
        };
    return outcome;
  }

  private static Trouble away(IOException e) {
    return e instanceof FileSystemException ? Trouble.NO_PORT : Trouble.AWAY;
  }
}
