package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.ui.kit.EntryPad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.Discount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Something off the chosen line or off everything, by percent or amount, and why. F4 once more
 * changes between line and sale, % and = between percent and amount, up and down choose the reason.
 */
final class DiscountSheet {
  private static final double WIDTH = 800;
  private static final int LONGEST_REASON = 40;
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /** What the sheet leads to. */
  interface Acts {
    /**
     * @param line 0 for everything
     */
    void give(int line, Discount discount);

    /**
     * @param line 0 for everything
     */
    void takeAway(int line);

    /** Takes back the coupons that were shown. */
    void withoutCoupons();
  }

  private final Surface surface;
  private final Words words;
  private final Running running;
  private final Running.@Nullable Row row;
  private final List<String> reasons;
  private final Acts acts;
  private final EntryPad pad;
  private final FlowPane targets;
  private final FlowPane kinds;
  private final FlowPane reasonChips;
  private final TextField other;
  private final Button away;
  private final Button coupons;
  private boolean onLine;
  private boolean percent = true;
  private int reason;

  private DiscountSheet(
      Surface surface,
      Running running,
      Running.@Nullable Row row,
      List<String> reasons,
      Acts acts) {
    this.surface = surface;
    this.words = surface.words();
    this.running = running;
    this.row = row;
    this.reasons = reasons;
    this.acts = acts;
    this.onLine = row != null;
    this.pad = new EntryPad(surface.kit(), surface.amounts(), running.total().currency());
    String all = words.say("discount.all");
    this.targets =
        SheetForm.chips(
            row == null ? List.of(all) : List.of(words.say("discount.line"), all),
            0,
            index -> target(row != null && index == 0));
    this.kinds =
        SheetForm.chips(
            List.of(words.say("discount.percent"), words.say("discount.amount")),
            0,
            index -> kind(index == 0));
    this.other = SheetForm.text(words.say("discount.other"), "discount-reason", LONGEST_REASON);
    this.reasonChips = SheetForm.chips(reasons, 0, this::reason);
    this.away = Parts.button(words.say("discount.away"), this::takeAway);
    this.coupons =
        Parts.button(
            words.say("discount.coupons-away"),
            () -> {
              surface.sheets().close();
              acts.withoutCoupons();
            });
    Parts.show(coupons, !running.basket().coupons().isEmpty());
  }

  /**
   * @param row the chosen line, or null when only everything can be meant
   * @param reasons the shop's, not empty
   */
  static void open(
      Surface surface,
      Running running,
      Running.@Nullable Row row,
      List<String> reasons,
      Acts acts) {
    new DiscountSheet(surface, running, row, reasons, acts).show();
  }

  private void show() {
    pad.setMinWidth(300);
    pad.setMaxWidth(300);
    VBox right =
        new VBox(
            10,
            Parts.label(words.say("discount.on"), "semi"),
            targets,
            Parts.label(words.say("discount.why"), "semi"),
            reasonChips,
            other);
    HBox.setHgrow(right, Priority.ALWAYS);
    right.setMinWidth(0);
    VBox left = new VBox(10, kinds, pad);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("discount.title"), "title"),
            Parts.paragraph(words.say("discount.text"), "soft", "note"),
            new HBox(24, left, right),
            SheetForm.buttons(surface, words.say("discount.give"), this::give, away, coupons));
    kind(true);
    target(onLine);
    other.textProperty().addListener((_, _, text) -> typedReason(text));
    content.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    content.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    pad.listenOn(content);
    SheetForm.onEnter(content, this::give);
    surface.sheets().open(content, WIDTH, pad, () -> {});
  }

  private void pressed(KeyEvent key) {
    KeyCode code = key.getCode();
    if (code == KeyCode.F4 && row != null) {
      target(!onLine);
    } else if (code == KeyCode.UP) {
      reason(Math.floorMod(reason - 1, reasons.size()));
    } else if (code == KeyCode.DOWN) {
      reason(Math.floorMod(reason + 1, reasons.size()));
    } else {
      return;
    }
    key.consume();
  }

  private void typed(KeyEvent key) {
    Node owner = targets.getScene().getFocusOwner();
    if (owner instanceof TextInputControl) {
      return;
    }
    if (key.getCharacter().equals("%")) {
      kind(true);
      key.consume();
    } else if (key.getCharacter().equals("=")) {
      kind(false);
      key.consume();
    }
  }

  private void target(boolean line) {
    onLine = line;
    SheetForm.choose(targets, row == null || line ? 0 : 1);
    boolean given =
        line && row != null
            ? !running.basket().line(row.no()).discounts().isEmpty()
            : !running.basket().discounts().isEmpty();
    Parts.show(away, given);
  }

  private void kind(boolean byPercent) {
    percent = byPercent;
    SheetForm.choose(kinds, byPercent ? 0 : 1);
    if (byPercent) {
      pad.number(2, "%");
    } else {
      pad.money();
    }
  }

  private void reason(int index) {
    reason = index;
    SheetForm.choose(reasonChips, index);
    other.clear();
  }

  private void typedReason(String text) {
    SheetForm.choose(reasonChips, text.isBlank() ? reason : -1);
  }

  private void give() {
    Optional<Discount> discount = discount();
    if (discount.isEmpty()) {
      surface.refuse(words.say("discount.refused"));
      return;
    }
    surface.sheets().close();
    acts.give(onLine && row != null ? row.no() : 0, discount.get());
  }

  private Optional<Discount> discount() {
    String why = other.getText().isBlank() ? reasons.get(reason) : other.getText().strip();
    if (percent) {
      BigDecimal off = pad.number();
      return off.signum() > 0 && off.compareTo(ALL) <= 0
          ? Optional.of(new Discount.PercentOff(off, why))
          : Optional.empty();
    }
    return pad.amount().isPositive()
        ? Optional.of(new Discount.AmountOff(pad.amount(), why))
        : Optional.empty();
  }

  private void takeAway() {
    surface.sheets().close();
    acts.takeAway(onLine && row != null ? row.no() : 0);
  }
}
