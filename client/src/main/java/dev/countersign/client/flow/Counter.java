package dev.countersign.client.flow;

import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.LineDisplay;
import dev.countersign.client.device.NoPrinter;
import dev.countersign.client.device.PaperPicture;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.SerialScale;
import dev.countersign.client.device.Slip;
import dev.countersign.client.device.StoreLogo;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.HardwareBook;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.common.protocol.ReceiptLogo;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the counter, as it is set up now: whoever prints, weighs or shows asks here, so
 * that a change on the hardware page holds with the next act. Safe for any thread; may block as
 * long as a device does.
 */
public final class Counter implements ReceiptPrinter {
  private static final String SETUP = "setup";
  private static final String LOGO = "logo";
  private static final Duration SCALE_PATIENCE = Duration.ofSeconds(1);

  private final HardwareBook book;
  private final Supplier<ReceiptLogo> storeLogo;
  private final Supplier<Locale> language;
  private final Supplier<PrintFonts> makeFonts;
  private final LongSupplier nanos;
  private @Nullable PrintFonts madeFonts;
  private @Nullable Current current;

  private record Current(
      Hardware setup,
      byte[] logo,
      ReceiptLogo storeLogo,
      ReceiptTemplate template,
      ReceiptWords words,
      Optional<EscPosPrinter> printer) {}

  /**
   * @param storeLogo above the receipts of the store, where this till has no logo of its own
   * @param language of the till, where nothing else is set up for paper
   * @param fonts made when they are needed first: that takes a moment
   * @param nanos only runs forward
   */
  public Counter(
      HardwareBook book,
      Supplier<ReceiptLogo> storeLogo,
      Supplier<Locale> language,
      Supplier<PrintFonts> fonts,
      LongSupplier nanos) {
    this.book = book;
    this.storeLogo = storeLogo;
    this.language = language;
    this.makeFonts = fonts;
    this.nanos = nanos;
  }

  /** As it is set up. */
  public Hardware setup() {
    return now().setup();
  }

  /** The picture file of this till's own logo; empty when there is none. */
  public byte[] logo() {
    return now().logo();
  }

  /** What receipts show. */
  public ReceiptTemplate template() {
    return now().template();
  }

  /** The words of everything that is printed or sent. */
  public ReceiptWords words() {
    return now().words();
  }

  /** The printer, if there is one. */
  public Optional<EscPosPrinter> printer() {
    return now().printer();
  }

  /** The printer of another setup, to be tried before it is saved. */
  public Optional<EscPosPrinter> printerOf(Hardware setup) {
    return printer(setup, setup.receipt().with(null), wordsOf(setup));
  }

  /** The customer's display of two lines of this setup, if there is one. */
  public Optional<LineDisplay> linesOf(Hardware setup) {
    return setup.display().place().map(LineDisplay::new);
  }

  /** The scale, if there is one. */
  public Optional<SerialScale> scale() {
    return scaleOf(setup());
  }

  /** The scale of this setup, if there is one. */
  public Optional<SerialScale> scaleOf(Hardware setup) {
    return setup
        .scale()
        .place()
        .map(place -> new SerialScale(place, setup.scale().dialog(), SCALE_PATIENCE, nanos));
  }

  /** The card terminal, if there is one. */
  public Optional<CardTerminal> terminal() {
    return terminalOf(setup(), TcpTerminal.Patience.usual());
  }

  /** The card terminal of this setup, if there is one. */
  public Optional<CardTerminal> terminalOf(Hardware setup, TcpTerminal.Patience patience) {
    Hardware.Terminal at = setup.terminal();
    return at.way() == Hardware.Way.NONE
        ? Optional.empty()
        : Optional.of(new TcpTerminal(at.address(), at.port(), patience));
  }

  /**
   * Saves; it holds with the next act.
   *
   * @param logo a picture file; empty for none
   * @throws IOException when the logo is no picture
   */
  public synchronized Hardware save(Actor actor, Hardware setup, byte[] logo) throws IOException {
    template(setup, logo, storeLogo.get());
    book.save(actor, SETUP, setup.encode());
    book.save(actor, LOGO, logo);
    current = null;
    return now().setup();
  }

  @Override
  public PrintOutcome print(Receipt receipt) {
    Optional<EscPosPrinter> printer = now().printer();
    return printer.isPresent() ? printer.get().print(receipt) : new NoPrinter().print(receipt);
  }

  @Override
  public PrintOutcome print(Slip slip) {
    Optional<EscPosPrinter> printer = now().printer();
    return printer.isPresent() ? printer.get().print(slip) : new NoPrinter().print(slip);
  }

  @Override
  public Optional<Trouble> trouble() {
    return now().printer().flatMap(EscPosPrinter::trouble);
  }

  /**
   * A receipt as the printer of this setup would print it.
   *
   * @return PNG
   * @throws IOException when the logo is no picture
   */
  public byte[] preview(Hardware setup, byte[] logo, Receipt receipt) throws IOException {
    PrinterProfile profile = setup.printer().profile();
    EscPosReceipt format =
        new EscPosReceipt(profile, wordsOf(setup), template(setup, logo, storeLogo.get()), fonts());
    return new PaperPicture(fonts()).png(format, receipt);
  }

  private synchronized Current now() {
    Current known = current;
    ReceiptLogo above = storeLogo.get();
    // The till may have learnt another language since, or heard of another logo.
    if (known == null
        || !known.words().locale().equals(localeOf(known.setup()))
        || !known.storeLogo().equals(above)) {
      Hardware setup = book.read(SETUP).map(Hardware::decode).orElseGet(Hardware::none);
      byte[] logo = book.read(LOGO).orElse(new byte[0]);
      ReceiptTemplate template;
      try {
        template = template(setup, logo, above);
      } catch (IOException _) {
        // It was a picture when it was saved; without it a receipt is still a receipt.
        template = setup.receipt().with(null);
      }
      ReceiptWords words = wordsOf(setup);
      known = new Current(setup, logo, above, template, words, printer(setup, template, words));
      current = known;
    }
    return known;
  }

  private ReceiptWords wordsOf(Hardware setup) {
    return ReceiptWords.of(localeOf(setup));
  }

  private Locale localeOf(Hardware setup) {
    String own = setup.receipt().language();
    return own.isEmpty() ? language.get() : Locale.forLanguageTag(own);
  }

  private static ReceiptTemplate template(Hardware setup, byte[] logo, ReceiptLogo above)
      throws IOException {
    PrinterProfile profile = setup.printer().profile();
    return setup
        .receipt()
        .with(
            logo.length == 0
                ? StoreLogo.on(profile, above)
                : ReceiptTemplate.logoOf(logo, profile.dots()));
  }

  private Optional<EscPosPrinter> printer(
      Hardware setup, ReceiptTemplate template, ReceiptWords words) {
    PrinterProfile profile = setup.printer().profile();
    return setup
        .printer()
        .place()
        .map(
            place ->
                new EscPosPrinter(
                    place,
                    profile,
                    new EscPosReceipt(profile, words, template, fonts()),
                    fonts(),
                    nanos));
  }

  private synchronized PrintFonts fonts() {
    PrintFonts fonts = madeFonts;
    if (fonts == null) {
      fonts = makeFonts.get();
      madeFonts = fonts;
    }
    return fonts;
  }
}
