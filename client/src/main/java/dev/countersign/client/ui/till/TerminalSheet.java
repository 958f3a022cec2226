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

  /** What a cashier can do when nobody knows. */
  interface Unsure {
    void askAgain();

    void yes();

    void no();
  }

  static void waiting(Surface surface, String amount, Runnable callOff) {
    Words words = surface.words();
    Button off = Parts.button(words.say("terminal.call-off"), callOff);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("terminal.title", amount), "title"),
            Parts.paragraph(words.say("terminal.waiting"), "soft"),
            off);
    surface.sheets().open(content, WIDTH, off, () -> {});
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
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("terminal.back.now"), "title"),
            Parts.paragraph(text, "soft"),
            close);
    surface.sheets().open(content, WIDTH, close, () -> {});
  }

  /** The terminal does not send a refund: whoever closes this chooses another way. */
  static void notSent(Surface surface, String amount, String why, Runnable again, Runnable byHand) {
    Words words = surface.words();
    Button first = closing(surface, words.say("terminal.again"), again, "primary");
    Button other = closing(surface, words.say("terminal.refund.other"), () -> {});
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("terminal.title", amount), "title"),
            Parts.paragraph(why, "soft"),
            first,
            closing(surface, words.say("terminal.refund.by-hand"), byHand),
            other);
    surface.sheets().open(content, WIDTH, first, () -> {});
  }

  static void notReached(Surface surface, String amount, Runnable again, Runnable byHand) {
    Words words = surface.words();
    Button first = closing(surface, words.say("terminal.again"), again, "primary");
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("terminal.title", amount), "title"),
            Parts.paragraph(words.say("terminal.not-reached"), "soft"),
            first,
            closing(surface, words.say("terminal.by-hand"), byHand),
            Parts.button(words.say("card.cancel"), surface.sheets()::close));
    surface.sheets().open(content, WIDTH, first, () -> {});
  }

  /** What is not known, in words. */
  private record Doubt(String title, String text, String yes, String no) {}

  static void unsure(Surface surface, Asked asked, boolean askable, Unsure acts) {
    Words words = surface.words();
    String amount = surface.amounts().text(asked.amount());
    Doubt doubt =
        switch (asked.act()) {
          case CHARGE ->
              new Doubt(
                  words.say("terminal.charged.title", amount),
                  words.say("terminal.charged.text", amount),
                  words.say("terminal.charged.yes"),
                  words.say("terminal.charged.no"));
          case REVERSE ->
              new Doubt(
                  words.say("terminal.back.title", amount),
                  words.say("terminal.back.text", amount),
                  words.say("terminal.back.yes"),
                  words.say("terminal.back.no"));
          case REFUND ->
              new Doubt(
                  words.say("terminal.refund.title", amount),
                  words.say("terminal.refund.text", amount),
                  words.say("terminal.refund.yes"),
                  words.say("terminal.refund.no"));
        };
    Button again = closing(surface, words.say("terminal.ask-again"), acts::askAgain, "primary");
    Button yes = closing(surface, doubt.yes(), acts::yes);
    Button no = closing(surface, doubt.no(), acts::no);
    Parts.show(again, askable);
    VBox content =
        new VBox(
            14,
            Parts.label(doubt.title(), "title"),
            Parts.paragraph(doubt.text(), "soft"),
            again,
            yes,
            no);
    surface.sheets().open(content, WIDTH, askable ? again : yes, () -> {});
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
