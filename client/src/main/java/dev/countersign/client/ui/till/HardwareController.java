package dev.countersign.client.ui.till;

import dev.countersign.client.device.CustomerDisplay;
import dev.countersign.client.device.CustomerDisplay.Shown;
import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.LineDisplay;
import dev.countersign.client.device.Post;
import dev.countersign.client.device.PriceLabel;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.flow.AtDrawer;
import dev.countersign.client.flow.Counter;
import dev.countersign.client.flow.Mailing;
import dev.countersign.client.flow.Printing;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.PackBarcode;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the counter: each device with its state in words, a button that tries it, and its
 * settings. Anybody may look and try; saving and opening the drawer take the rights to.
 */
final class HardwareController implements Screen {
  /** Somebody stands before it and waits. */
  private static final TcpTerminal.Patience TRYING =
      new TcpTerminal.Patience(Duration.ofSeconds(3), Duration.ofSeconds(5));

  private final Surface surface;
  private final Words words;
  private final Tools tools;
  private final Approvals atTill;
  private final Runnable back;
  private final HardwareView view;
  private final TemplatePanel template;
  private final LabelPanel label;
  private Hardware saved;

  /**
   * What the page works with.
   *
   * @param display the customer's, as it is now
   */
  record Tools(
      Counter counter,
      Printing printing,
      Mailing mailing,
      Catalogue catalogue,
      AtDrawer drawer,
      CustomerDisplay display,
      Consumer<Hardware.Display> displaySet,
      Clock clock) {}

  /**
   * @param back leads to where this page was opened from
   */
  HardwareController(
      Surface surface, Tools tools, Approvals atTill, Hardware saved, byte[] logo, Runnable back) {
    this.surface = surface;
    this.words = surface.words();
    this.tools = tools;
    this.atTill = atTill;
    this.saved = saved;
    this.back = back;
    template = new TemplatePanel(surface, saved.receipt(), logo, this::preview);
    label = new LabelPanel(surface, this::labels);
    List<HardwarePanel> panels =
        List.of(
            new PrinterPanel(
                surface,
                saved.printer(),
                new PrinterPanel.Trying() {
                  @Override
                  public void ask() {
                    withPrinter(EscPosPrinter::state, HardwareController.this::said);
                  }

                  @Override
                  public void print() {
                    testPrint();
                  }

                  @Override
                  public void kick() {
                    kickDrawer();
                  }
                }),
            template,
            label,
            new DisplayPanel(surface, saved.display(), this::showOnDisplay),
            new ScalePanel(surface, saved.scale(), this::weigh),
            new TerminalPanel(surface, saved.terminal(), this::askTerminal),
            new MailPanel(surface, saved.mail(), this::sendMail));
    view = new HardwareView(words, panels, this::save, back);
    view.summaries(saved);
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    view.choose(0);
    preview();
  }

  @Override
  public void scanned(String code) {
    label.scanned(code);
    view.choose(label);
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() != KeyEvent.KEY_PRESSED) {
      return;
    }
    if (key.getCode() == KeyCode.ESCAPE) {
      key.consume();
      back.run();
    } else if (key.getCode() == KeyCode.S && key.isShortcutDown()) {
      key.consume();
      save();
    }
  }

  /** What is typed, or null after saying what is wrong with it. */
  private @Nullable Hardware typed() {
    Hardware all = saved;
    for (HardwarePanel panel : view.panels()) {
      try {
        all = panel.into(all);
      } catch (IllegalArgumentException _) {
        surface.refuse(words.say("hardware.wrong", panel.name()), "HARDWARE-FIELD");
        view.choose(panel);
        return null;
      }
    }
    return all;
  }

  private void save() {
    Hardware typed = typed();
    if (typed == null) {
      return;
    }
    byte[] logo = template.logo();
    atTill.run(
        (cashier, approver) ->
            tools
                .counter()
                .save(new Actor(cashier, approver, tools.clock().instant()), typed, logo),
        now -> {
          saved = now;
          view.summaries(now);
          tools.displaySet().accept(now.display());
          say(Strip.Tone.GOOD, words.say("hardware.saved"), "");
        },
        surface::trouble);
  }

  private void preview() {
    Hardware typed = typed();
    if (typed == null) {
      return;
    }
    byte[] logo = template.logo();
    surface
        .desk()
        .run(
            () -> tools.counter().preview(typed, logo, sample()),
            template::show,
            _ -> surface.refuse(words.say("hardware.receipt.no-picture"), "LOGO-UNREADABLE"));
  }

  private <T> void withPrinter(Function<EscPosPrinter, T> act, Consumer<T> done) {
    Hardware typed = typed();
    if (typed != null) {
      run(
          () -> tools.counter().printerOf(typed).map(act),
          result ->
              result.ifPresentOrElse(
                  done, () -> surface.refuse(words.say("hardware.printer.none"), "PRINTER-NONE")));
    }
  }

  private <T> void run(Callable<T> work, Consumer<T> done) {
    say(Strip.Tone.WARN, words.say("hardware.waiting"), "");
    // A lane of its own: a device that does not answer holds nothing else up.
    surface.desk().beside().run(work, done, surface::trouble);
  }

  private Receipt sample() {
    return tools.printing().sample(words.say("hardware.sample"), tools.clock().instant());
  }

  private void said(EscPosPrinter.State state) {
    say(
        state.trouble().isEmpty() ? Strip.Tone.GOOD : Strip.Tone.WARN,
        PrinterPanel.state(words, state),
        state.trouble().map(PrinterWords::code).orElse(""));
  }

  private void testPrint() {
    Receipt sample = sample();
    withPrinter(printer -> printer.print(sample), this::printed);
  }

  private void kickDrawer() {
    Hardware typed = typed();
    if (typed != null) {
      atTill.run(
          // On record like every opening without a sale.
          (cashier, approver) ->
              tools.drawer().open(cashier, approver, words.say("hardware.printer.kick-reason")),
          _ -> withPrinter(EscPosPrinter::kick, this::printed),
          surface::trouble);
    }
  }

  private void printed(PrintOutcome outcome) {
    switch (outcome) {
      case PrintOutcome.Printed(boolean confirmed) ->
          say(
              Strip.Tone.GOOD,
              confirmed ? words.say("hardware.printed") : words.say("hardware.taken"),
              "");
      case PrintOutcome.Failed(Trouble trouble, _, _) ->
          surface.refuse(PrinterWords.trouble(words, trouble), PrinterWords.code(trouble));
    }
  }

  /** About a payment that there never was: it charges nothing, and whoever answers is there. */
  private void askTerminal() {
    Hardware typed = typed();
    if (typed != null) {
      run(
          () ->
              tools
                  .counter()
                  .terminalOf(typed, TRYING)
                  .map(terminal -> terminal.query(UUID.randomUUID())),
          answer ->
              answer.ifPresentOrElse(
                  outcome -> {
                    if (outcome instanceof CardTerminal.Outcome.Unknown) {
                      surface.refuse(words.say("hardware.terminal.silent"), "TERMINAL-SILENT");
                    } else {
                      say(Strip.Tone.GOOD, words.say("hardware.terminal.answers"), "");
                    }
                  },
                  () -> surface.refuse(words.say("hardware.terminal.none"), "TERMINAL-NONE")));
    }
  }

  private void labels(String code, int count) {
    run(
        () -> tools.catalogue().byCode(code).stream().map(CatalogueHit::product).findFirst(),
        found ->
            found.ifPresentOrElse(
                product -> {
                  String bars =
                      product.barcodes().stream()
                          .map(PackBarcode::gtin14)
                          .findFirst()
                          .orElse(product.sku());
                  PriceLabel one =
                      new PriceLabel(
                          product.name(), product.size(), PriceSheet.shown(surface, product), bars);
                  withPrinter(
                      printer -> printer.print(Collections.nCopies(count, one)), this::printed);
                },
                () -> surface.refuse(words.say("hardware.label.unknown", code), "SCAN-UNKNOWN")));
  }

  private void showOnDisplay() {
    Hardware typed = typed();
    if (typed != null) {
      tools.displaySet().accept(typed.display());
      Shown idle = new Shown.Idle(typed.display().idle());
      tools.display().show(idle);
      String said =
          typed.display().on()
              ? words.say("hardware.display.shown")
              : words.say("hardware.display.off");
      run(
          () -> {
            Optional<LineDisplay> lines = tools.counter().linesOf(typed);
            if (lines.isPresent()) {
              LineWords shown = LineWords.of(words, idle, "");
              lines.get().show(shown.upper(), shown.lower());
            }
            return lines.map(_ -> words.say("hardware.display.shown"));
          },
          shown -> say(Strip.Tone.GOOD, shown.orElse(said), ""));
    }
  }

  private void weigh() {
    Hardware typed = typed();
    if (typed != null) {
      run(
          () -> tools.counter().scaleOf(typed).map(scale -> scale.read()),
          reading ->
              say(
                  Strip.Tone.GOOD,
                  reading
                      .map(each -> ScalePanel.state(words, each))
                      .orElseGet(() -> words.say("hardware.scale.none")),
                  ""));
    }
  }

  private void sendMail() {
    Hardware typed = typed();
    if (typed == null) {
      return;
    }
    if (!typed.mail().isSet()) {
      surface.refuse(words.say("hardware.mail.none"), "MAIL-NONE");
      return;
    }
    Receipt sample = sample();
    run(
        () -> Optional.of(tools.mailing().test(typed.mail(), sample)),
        outcome ->
            outcome.ifPresent(
                said -> {
                  switch (said) {
                    case Post.Outcome.Sent _ ->
                        say(
                            Strip.Tone.GOOD,
                            words.say("hardware.mail.sent", typed.mail().from()),
                            "");
                    case Post.Outcome.Later(String why) ->
                        surface.refuse(words.say("hardware.mail.failed", why), "MAIL-FAILED");
                    case Post.Outcome.Refused(String why) ->
                        surface.refuse(words.say("hardware.mail.failed", why), "MAIL-REFUSED");
                  }
                }));
  }

  private void say(Strip.Tone tone, String text, String code) {
    surface.strip().say(tone, text, code);
  }
}
