package dev.countersign.client.ui.till;

import dev.countersign.client.flow.ClosingShift;
import dev.countersign.client.ledger.DrawerCount;
import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyEvent;

/** Counts the drawer: a number beside every note and coin, or the sum. */
final class CountingController implements Screen {
  private final Surface surface;
  private final Words words;
  private final CountEntry entry;
  private final Optional<Money> expected;
  private final boolean sumTyped;
  private final Consumer<DrawerCount> counted;
  private final Runnable back;
  private final CountingView view;
  private boolean finishing;

  /**
   * @param entry what was counted before the till was locked, or nothing
   * @param counted told when somebody says that it is all, until {@link #failed}
   * @param back to the sale
   */
  CountingController(
      Surface surface,
      ClosingShift.Sheet sheet,
      CountEntry entry,
      Consumer<DrawerCount> counted,
      Runnable back) {
    this.surface = surface;
    this.words = surface.words();
    this.expected = sheet.expected();
    this.sumTyped = sheet.sumTyped();
    this.counted = counted;
    this.back = back;
    Currency currency = sheet.shift().openingFloat().currency();
    this.entry = entry;
    this.view =
        new CountingView(
            surface,
            currency,
            words.say("count.title", Long.toString(sheet.shift().number())),
            expected.isEmpty() ? words.say("count.blind") : words.say("count.text"),
            sumTyped,
            new Acts());
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    view.fill(entry);
    refresh();
    view.requestFocus();
  }

  @Override
  public Runnable remember() {
    Runnable before = entry.remember();
    return () -> {
      before.run();
      refresh();
    };
  }

  /** Nothing was recorded: it can be said again that it is all. */
  void failed() {
    finishing = false;
  }

  @Override
  public void scanned(String code) {
    surface.refuse(words.say("count.scanned"));
  }

  @Override
  public List<KeyAct> keys() {
    return TillKeys.counting(surface.words());
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      if (key.getCharacter().matches("[0-9]")) {
        type(key.getCharacter());
        key.consume();
      }
      return;
    }
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    boolean used = true;
    switch (key.getCode()) {
      case BACK_SPACE -> back();
      case DELETE -> clear();
      case UP -> choose(entry.chosen() - 1);
      case DOWN -> choose(entry.chosen() + 1);
      case F2 -> switchWay();
      case F12 -> finish();
      case ESCAPE -> back.run();
      case ENTER -> {
        used = !onButton;
        if (used) {
          next();
        }
      }
      default -> used = false;
    }
    if (used) {
      key.consume();
    }
  }

  private void next() {
    if (entry.isLast()) {
      finish();
    } else {
      choose(entry.chosen() + 1);
    }
  }

  private void choose(int row) {
    entry.choose(row);
    refresh();
  }

  private void type(String digits) {
    entry.type(digits);
    refresh();
  }

  private void back() {
    entry.back();
    refresh();
  }

  private void clear() {
    entry.clear();
    refresh();
  }

  private void switchWay() {
    if (sumTyped) {
      entry.switchWay();
      view.fill(entry);
      refresh();
    }
  }

  private void finish() {
    if (finishing) {
      return;
    }
    if (!entry.isTouched()) {
      surface.refuse(words.say("count.nothing"));
      return;
    }
    finishing = true;
    counted.accept(entry.count());
  }

  private void refresh() {
    view.show(entry, expected);
  }

  private final class Acts implements CountingView.Acts {
    @Override
    public void choose(int row) {
      CountingController.this.choose(row);
    }

    @Override
    public void digit(String digits) {
      type(digits);
    }

    @Override
    public void back() {
      CountingController.this.back();
    }

    @Override
    public void switchWay() {
      CountingController.this.switchWay();
    }

    @Override
    public void finish() {
      CountingController.this.finish();
    }

    @Override
    public void leave() {
      back.run();
    }
  }
}
