package dev.countersign.client.ui.till;

import dev.countersign.client.device.ScaleReading;
import dev.countersign.client.flow.ScanOutcome.Weigh;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.EntryPad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Weighing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Goods by the kilogram are weighed: what the scale says, less the container, for the price that is
 * shown before it is taken. Only a weight at rest is taken. Where no scale answers the weight is
 * typed, and the sale says so.
 */
final class WeighSheet {
  private static final double WIDTH = 460;
  private static final Duration BETWEEN = Duration.millis(200);
  private static final int GRAMS = 3;

  /** What is typed beyond this is a barcode in the wrong field. */
  private static final int MOST_GRAMS = 99_999;

  /** A scale that has answered may miss so many questions in a row before it is said to be gone. */
  private static final int MOST_SILENCES = 3;

  /** The goods were weighed. */
  interface Taken {
    /**
     * @param grams net, above 0
     */
    void weighed(int grams, Weighing how);
  }

  private final Surface surface;
  private final Words words;
  private final Weigh weigh;
  private final Background lane;
  private final Callable<Optional<ScaleReading>> scale;
  private final Taken taken;
  private final EntryPad pad;
  private final Label weight = Parts.whole("", "sheet-figure");
  private final Label state = Parts.paragraph("", "soft", "note");
  private final Label price = Parts.whole("", "semi", "lead");
  private final Label typing = Parts.paragraph("", "soft", "note");
  private final Button tareNow;
  private final PauseTransition pause = new PauseTransition(BETWEEN);
  private Optional<ScaleReading> last = Optional.of(new ScaleReading.Moving());
  private int tare;
  private int silences = MOST_SILENCES;
  private boolean open = true;

  private WeighSheet(
      Surface surface, Weigh weigh, Callable<Optional<ScaleReading>> scale, Taken taken) {
    this.surface = surface;
    this.words = surface.words();
    this.weigh = weigh;
    this.lane = surface.desk().beside();
    this.scale = scale;
    this.taken = taken;
    this.pad =
        new EntryPad(
            surface.kit(), surface.amounts(), weigh.offered().product().price().currency());
    pad.number(GRAMS, "kg");
    this.tareNow =
        Parts.button(
            Parts.row(8, Parts.whole(words.say("weigh.tare-now")), Parts.keyCap("T")),
            words.say("weigh.tare-now"),
            this::tare);
  }

  /**
   * @param scale asks the scale once, away from the screen; empty where there is none
   */
  static void open(
      Surface surface, Weigh weigh, Callable<Optional<ScaleReading>> scale, Taken taken) {
    new WeighSheet(surface, weigh, scale, taken).open();
  }

  private void open() {
    var product = weigh.offered().product();
    VBox content =
        new VBox(
            10,
            Parts.paragraph(product.name(), "title"),
            Parts.ends(
                Parts.whole(
                    words.say("weigh.per", surface.amounts().text(product.price())), "soft"),
                price),
            weight,
            state,
            typing,
            pad,
            SheetForm.buttons(surface, words.say("weigh.take"), this::take, tareNow));
    pad.listenOn(content);
    content.addEventFilter(KeyEvent.ANY, this::key);
    SheetForm.onEnter(content, this::take);
    surface.sheets().open(content, WIDTH, pad, () -> open = false);
    pause.setOnFinished(_ -> ask());
    show();
    ask();
  }

  private void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_PRESSED && key.getCode() == KeyCode.T) {
      tare();
      key.consume();
    } else {
      show();
    }
  }

  private void ask() {
    if (open) {
      lane.run(
          scale,
          reading -> {
            heard(reading);
            pause.playFromStart();
          },
          failure -> {
            heard(Optional.empty());
            surface.trouble(failure);
          });
    }
  }

  /**
   * What is typed is the container's weight beside a scale that answers, and the goods' without:
   * one that is late once changes nothing, and what was typed as one is never taken as the other.
   */
  private void heard(Optional<ScaleReading> reading) {
    boolean before = typed();
    if (reading.isPresent() && !(reading.get() instanceof ScaleReading.Silent)) {
      silences = 0;
      last = reading;
    } else if (silences < MOST_SILENCES) {
      silences++;
      last = Optional.of(new ScaleReading.Moving());
    } else {
      last = reading;
    }
    if (before != typed()) {
      pad.number(GRAMS, "kg");
    }
    show();
  }

  /** Whether a person types the weight, because no scale says it. */
  private boolean typed() {
    return last.isEmpty() || last.get() instanceof ScaleReading.Silent;
  }

  private int typedGrams() {
    return pad.number().movePointRight(GRAMS).intValue();
  }

  /** What was typed beside a scale that answers is the container's weight. */
  private int tareGrams() {
    return typed() || pad.isEmpty() ? tare : typedGrams();
  }

  /** In grams; 0 or less while there is nothing to take. */
  private int net() {
    if (typed()) {
      return typedGrams();
    }
    return last.get() instanceof ScaleReading.Weight(long grams)
        ? (int) Math.min(MOST_GRAMS, grams) - tareGrams()
        : 0;
  }

  private void show() {
    int net = Math.max(0, net());
    Quantity kilograms = Quantity.ofExact(BigDecimal.valueOf(net, GRAMS));
    Money unit = weigh.offered().product().price();
    weight.setText(kilograms(net) + " kg");
    price.setText(surface.amounts().text(unit.times(kilograms, RoundingMode.HALF_UP)));
    typing.setText(
        typed()
            ? words.say("weigh.type-weight")
            : words.say("weigh.type-tare", kilograms(tareGrams())));
    state.setText(
        last.map(reading -> ScalePanel.state(words, reading))
            .orElseGet(() -> words.say("weigh.none")));
    // What is typed stands large in its own box.
    Parts.show(weight, !typed());
    tareNow.setDisable(typed());
  }

  private String kilograms(int grams) {
    return BigDecimal.valueOf(grams, GRAMS).toPlainString().replace('.', surface.amounts().point());
  }

  /** What lies on the scale now is the container. */
  private void tare() {
    if (last.isPresent() && last.get() instanceof ScaleReading.Weight(long grams)) {
      tare = (int) Math.min(Weighing.MOST_TARE, grams);
      pad.number(GRAMS, "kg");
      show();
    } else {
      surface.refuse(words.say("weigh.not-yet"));
    }
  }

  private void take() {
    int net = net();
    int container = typed() ? 0 : tareGrams();
    if (net <= 0 || net > MOST_GRAMS || container > Weighing.MOST_TARE) {
      surface.refuse(words.say("weigh.not-yet"));
      return;
    }
    boolean byHand = typed();
    surface.sheets().close();
    taken.weighed(net, new Weighing(container, byHand));
  }
}
