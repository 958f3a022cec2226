package dev.countersign.client.ui.till;

import dev.countersign.client.flow.OpeningShift;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.client.ui.kit.AmountEntry;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.Currency;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks for the float and opens a shift. */
public final class OpeningController implements Screen {
  private static final double WIDTH = 440;

  private final Surface surface;
  private final OpeningShift opening;
  private final Approvals atTill;
  private final Consumer<ShiftView> opened;
  private final Runnable lock;
  private final VBox root = new VBox();
  private final Label amount = Parts.whole("", "amount");
  private AmountEntry entry;
  private boolean typed;
  private boolean running;

  /**
   * @param opened told once the shift is on the disk
   * @param lock asks for a PIN: there is nothing else to go back to
   */
  OpeningController(
      Surface surface,
      OpeningShift opening,
      Approvals atTill,
      Currency currency,
      Consumer<ShiftView> opened,
      Runnable lock) {
    this.lock = lock;
    this.surface = surface;
    this.opening = opening;
    this.atTill = atTill;
    this.opened = opened;
    this.entry = AmountEntry.empty(currency);
    Words words = surface.words();
    HBox box = new HBox(amount);
    box.getStyleClass().add("amount-box");
    Keypad keypad = Keypad.calculator(surface.kit(), this::digits, this::back);
    keypad.setPrefHeight(272);
    Button open = Parts.button(words.say("opening.open"), this::open, "primary", "loud");
    open.setMaxWidth(Double.MAX_VALUE);
    VBox form =
        new VBox(
            14,
            Parts.label(words.say("opening.title"), "headline"),
            Parts.paragraph(words.say("opening.text", currency.getCurrencyCode()), "soft"),
            box,
            keypad,
            open);
    form.setMaxWidth(WIDTH);
    form.setAlignment(Pos.CENTER_LEFT);
    root.getStyleClass().add("stage-centre");
    root.getChildren().add(form);
    type(entry);
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void shown() {
    root.requestFocus();
  }

  @Override
  public Runnable remember() {
    AmountEntry before = entry;
    boolean typedBefore = typed;
    return () -> {
      type(before);
      typed = typedBefore;
    };
  }

  @Override
  public void scanned(String code) {
    surface.refuse(surface.words().say("opening.scanned"));
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      if (key.getCharacter().matches("[0-9]")) {
        digits(key.getCharacter());
        key.consume();
      }
      return;
    }
    boolean onButton =
        root.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    if (key.getCode() == KeyCode.BACK_SPACE) {
      back();
    } else if (key.getCode() == KeyCode.ENTER && !onButton) {
      open();
    } else if (key.getCode() == KeyCode.ESCAPE && !entry.isEmpty()) {
      type(AmountEntry.empty(entry.currency()));
      typed = false;
    } else if (key.getCode() == KeyCode.ESCAPE) {
      lock.run();
    } else {
      return;
    }
    key.consume();
  }

  private void digits(String digits) {
    typed = true;
    type(entry.typed(digits));
  }

  private void back() {
    type(entry.back());
  }

  private void type(AmountEntry now) {
    entry = now;
    amount.setText(surface.amounts().text(now.amount()));
  }

  private void open() {
    if (running) {
      return;
    }
    if (!typed) {
      // One Enter too many on the report before, and the shift would begin with nothing.
      surface.refuse(surface.words().say("opening.first"));
      return;
    }
    running = true;
    String said =
        surface
            .words()
            .say(
                "approval.about",
                surface.words().say("report.float"),
                surface.amounts().text(entry.amount()));
    atTill
        .about(said)
        .run(
            (cashier, approver) -> opening.open(cashier, approver, entry.amount()),
            shift -> {
              surface.strip().clear();
              opened.accept(shift);
            },
            failure -> {
              running = false;
              surface.trouble(failure);
            });
  }
}
