package dev.countersign.client.ui.till;

import dev.countersign.client.device.CustomerDisplay.Row;
import dev.countersign.client.device.CustomerDisplay.Shown;
import dev.countersign.client.device.LineDisplay.Line;
import dev.countersign.client.ui.kit.Words;
import java.util.List;

/** A moment of serving somebody, on a display of two lines. */
record LineWords(Line upper, Line lower) {
  /**
   * @param idle what it says while nobody is served; empty for a welcome
   */
  static LineWords of(Words words, Shown shown, String idle) {
    return switch (shown) {
      case Shown.Idle(String text) -> {
        String said = text.isEmpty() ? idle : text;
        yield new LineWords(
            new Line(said.isEmpty() ? words.say("display.welcome") : said, ""), new Line("", ""));
      }
      case Shown.Basket(List<Row> rows, String total, boolean back) -> {
        Row newest = rows.getLast();
        yield new LineWords(
            new Line(newest.quantity() + " " + newest.name(), newest.amount()),
            new Line(words.say(back ? "refund.gives" : "display.total"), total));
      }
      case Shown.Paying(String total, String paid, String left) ->
          paid.isEmpty()
              ? new LineWords(new Line(words.say("display.total"), total), new Line("", ""))
              : new LineWords(
                  new Line(words.say("display.paid"), paid),
                  new Line(words.say("display.left"), left));
      case Shown.Paid(String total, String change) ->
          new LineWords(
              change.isEmpty()
                  ? new Line(words.say("display.paid"), total)
                  : new Line(words.say("display.change"), change),
              new Line(words.say("display.thanks"), ""));
    };
  }
}
