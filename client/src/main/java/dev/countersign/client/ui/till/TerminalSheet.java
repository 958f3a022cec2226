package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.OpenPayment.Asked;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** The card terminal in words: it waits for a customer, or nobody knows what it did. */
final class TerminalSheet {
  private static final double WIDTH = 500;

  private TerminalSheet() {}

  static void waiting(Surface surface, String amount, Runnable callOff) {
    Words words = surface.words();
    Button off = Parts.button(words.say("terminal.call-off"), callOff);
    open(surface, words.say("terminal.title", amount), words.say("terminal.waiting"), off);
  }

  static void takingBack(Surface surface) {
    sending(surface, surface.words().say("terminal.back.waiting"));
  }

  /** Of a refund. */
  static void sendingBack(Surface surface) {
    sending(surface, surface.words().say("terminal.refund.waiting"));
  }

  private static void sending(Surface surface, String text) {
    Words words = surface.words();
    Button close = Parts.button(words.say("help.close"), surface.sheets()::close);
    open(surface, words.say("terminal.back.now"), text, close);
  }

  /** The terminal does not send a refund: whoever closes this chooses another way. */
  static void notSent(Surface surface, String amount, String why, Runnable again, Runnable byHand) {
    Words words = surface.words();
    Button first = closing(surface, words.say("terminal.again"), again, "primary");
    open(
        surface,
        words.say("terminal.title", amount),
        why,
        first,
        closing(surface, words.say("terminal.refund.by-hand"), byHand),
        closing(surface, words.say("terminal.refund.other"), () -> {}));
  }

  static void notReached(Surface surface, String amount, Runnable again, Runnable byHand) {
    Words words = surface.words();
    Button first = closing(surface, words.say("terminal.again"), again, "primary");
    open(
        surface,
        words.say("terminal.title", amount),
        words.say("terminal.not-reached"),
        first,
        closing(surface, words.say("terminal.by-hand"), byHand),
        Parts.button(words.say("card.cancel"), surface.sheets()::close));
  }

  /** The texts of what is not known. */
  private record Doubt(String title, String text, String yes, String no) {}

  static void unsure(
      Surface surface,
      Asked asked,
      boolean askable,
      Runnable askAgain,
      Runnable done,
      Runnable not) {
    Words words = surface.words();
    String amount = surface.amounts().text(asked.amount());
    Doubt doubt =
        switch (asked.act()) {
          case CHARGE ->
              new Doubt(
                  "terminal.charged.title",
                  "terminal.charged.text",
                  "terminal.charged.yes",
                  "terminal.charged.no");
          case REVERSE ->
              new Doubt(
                  "terminal.back.title",
                  "terminal.back.text",
                  "terminal.back.yes",
                  "terminal.back.no");
          case REFUND ->
              new Doubt(
                  "terminal.refund.title",
                  "terminal.refund.text",
                  "terminal.refund.yes",
                  "terminal.refund.no");
        };
    Button again = closing(surface, words.say("terminal.ask-again"), askAgain, "primary");
    Button yes = closing(surface, words.say(doubt.yes()), done);
    Button no = closing(surface, words.say(doubt.no()), not);
    open(
        surface,
        words.say(doubt.title(), amount),
        words.say(doubt.text(), amount),
        askable ? new Button[] {again, yes, no} : new Button[] {yes, no});
  }

  /** The first button takes the focus. */
  private static void open(Surface surface, String title, String text, Button... buttons) {
    VBox content = new VBox(14, Parts.label(title, "title"), Parts.paragraph(text, "soft"));
    content.getChildren().addAll(buttons);
    surface.sheets().open(content, WIDTH, buttons[0], () -> {});
  }

  private static Button closing(Surface surface, String text, Runnable act, String... styles) {
    Button button =
        Parts.button(
            text,
            () -> {
              surface.sheets().close();
              act.run();
            },
            styles);
    button.setMaxWidth(Double.MAX_VALUE);
    return button;
  }
}
