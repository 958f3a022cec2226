package dev.countersign.client.ui.till;

import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Money;
import java.util.Currency;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The sale is recorded: change, number and receipt, until the next customer. */
public final class ReceiptController implements Screen {
  /** On a wide window what is said and the paper stay side by side, in the middle. */
  static final double WIDEST = 1200;

  private final Words words;
  private final Exits exits;
  private final HBox root = new HBox();
  private final Button nextButton;

  /** Where this screen leads. */
  public interface Exits {
    /**
     * Begins a new sale.
     *
     * @param scan its first scan, or empty
     */
    void next(String scan);

    /** One more paper, marked as a copy. */
    void again();

    /** The receipt by e-mail. */
    void mail();

    /** The receipt as a file. */
    void pdf();
  }

  /**
   * @param paper the receipt as it is printed
   */
  public ReceiptController(
      Surface surface, CompletedSale sale, List<ReceiptLine> paper, Exits exits) {
    this.exits = exits;
    this.words = surface.words();
    Currency currency = Currency.getInstance(sale.body().currency());
    Told told = told(sale.body());
    String total = surface.amounts().text(Money.of(sale.body().total(), currency));
    HBox row =
        Parts.row(
            10,
            Parts.whole(words.say("receipt.next"), "loud-text"),
            Parts.spacer(),
            Parts.keyCap(words.key("Enter")));
    nextButton = Parts.button(row, words.say("receipt.next"), this::next, "primary", "loud");
    nextButton.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    nextButton.setMaxWidth(Double.MAX_VALUE);
    row.prefWidthProperty().bind(nextButton.widthProperty().subtract(36));
    VBox done =
        new VBox(
            6,
            Parts.spacer(),
            Parts.whole(words.say(told.key()), "title"),
            Parts.whole(surface.amounts().text(Money.of(told.figure(), currency)), "done-amount"),
            Parts.whole(sale.body().paidOff() > 0 ? "" : words.say("receipt.total", total), "lead"),
            Parts.whole(words.say("receipt.number", sale.body().receipt()), "soft", "lead"),
            Parts.spacer(),
            Parts.row(
                10,
                act(words.say("receipt.again"), words.key("Ctrl R"), exits::again),
                act(words.say("receipt.mail"), words.key("Ctrl M"), exits::mail),
                act(words.say("receipt.pdf"), words.key("Ctrl S"), exits::pdf)),
            Parts.label(words.say("receipt.hint"), "note", "faint"),
            nextButton);
    VBox.setMargin(nextButton, new Insets(8, 0, 0, 0));
    done.setMaxWidth(520);
    done.getStyleClass().add("done");
    StackPane left = new StackPane(done);
    HBox.setHgrow(left, Priority.ALWAYS);
    root.setMaxWidth(WIDEST);
    root.getChildren().addAll(left, roll(paper));
  }

  /** What the cashier has to know or do now, largest on the screen. */
  private record Told(String key, long figure) {}

  private static Told told(SaleCompleted sale) {
    long out = 0;
    long owed = 0;
    long back = 0;
    for (SaleCompleted.Paid paid : sale.tenders()) {
      back += Math.max(0, -paid.amount());
      out += paid.means() == Means.CASH ? Math.max(0, -paid.amount()) : 0;
      owed += paid.means() == Means.ON_ACCOUNT ? paid.amount() : 0;
    }
    if (out > 0) {
      return new Told("receipt.given-back", out);
    }
    if (sale.change() > 0) {
      return new Told("receipt.change", sale.change());
    }
    if (sale.paidOff() > 0) {
      return new Told("receipt.paid-off", sale.paidOff());
    }
    if (sale.total() < 0) {
      return new Told("receipt.given-back-otherwise", back);
    }
    return owed > 0
        ? new Told("receipt.on-account", owed)
        : new Told("receipt.paid", Math.max(0, sale.total() + sale.tip()));
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void shown() {
    nextButton.requestFocus();
  }

  @Override
  public void scanned(String code) {
    exits.next(code);
  }

  @Override
  public List<KeyAct> keys() {
    return TillKeys.receipt(words);
  }

  @Override
  public void key(KeyEvent key) {
    boolean pressed = key.getEventType() == KeyEvent.KEY_PRESSED;
    if (pressed && key.getCode() == KeyCode.R && key.isShortcutDown()) {
      key.consume();
      exits.again();
      return;
    }
    if (pressed && key.getCode() == KeyCode.M && key.isShortcutDown()) {
      key.consume();
      exits.mail();
      return;
    }
    if (pressed && key.getCode() == KeyCode.S && key.isShortcutDown()) {
      key.consume();
      exits.pdf();
      return;
    }
    boolean leaves = pressed && (key.getCode() == KeyCode.ENTER || key.getCode() == KeyCode.ESCAPE);
    if (leaves) {
      key.consume();
      next();
    }
  }

  private void next() {
    exits.next("");
  }

  private static Button act(String name, String key, Runnable act) {
    Button button = Parts.button(name, act);
    button.setGraphic(Parts.keyCap(key));
    button.setContentDisplay(ContentDisplay.RIGHT);
    button.setFocusTraversable(false);
    return button;
  }

  private static Label shown(ReceiptLine line, String text) {
    Label shown = Parts.whole(text.isEmpty() ? " " : text);
    switch (line.style()) {
      case NORMAL -> {}
      case BOLD -> shown.getStyleClass().add("bold");
      case LOUD -> shown.getStyleClass().add("loud");
    }
    return shown;
  }

  /** Letters that are not all as wide as each other: what stands at an edge is put there. */
  private static HBox parts(ReceiptLine line) {
    Label left = shown(line, line.left());
    Label right = shown(line, line.right());
    for (Label each : List.of(left, right)) {
      if (isFromRight(each.getText())) {
        each.setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
        each.getStyleClass().add("from-right");
      }
    }
    if (line.place() == ReceiptLine.Place.CENTRE) {
      HBox centred = Parts.row(0, left);
      centred.setAlignment(Pos.CENTER);
      return centred;
    }
    return Parts.row(8, left, Parts.spacer(), right);
  }

  private static boolean isFromRight(String text) {
    return text.codePoints()
        .map(Character::getDirectionality)
        .anyMatch(
            direction ->
                direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
  }

  /** Paper as it hangs out of a printer. */
  static Region roll(List<ReceiptLine> paper) {
    VBox lines = new VBox();
    for (ReceiptLine line : paper) {
      lines.getChildren().add(isFromRight(line.text()) ? parts(line) : shown(line, line.text()));
    }
    lines.getStyleClass().add("paper");
    // Its edges are laid out already, whichever way the window goes.
    lines.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
    lines.setMaxWidth(Region.USE_PREF_SIZE);
    StackPane centred = new StackPane(lines);
    centred.setAlignment(Pos.TOP_CENTER);
    ScrollPane scroll = new ScrollPane(centred);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    // The toolkit keeps a picture of what scrolls: a megabyte a receipt, for minutes.
    scroll.skinProperty().addListener((_, _, _) -> scroll.lookup(".viewport").setCache(false));
    VBox.setVgrow(scroll, Priority.ALWAYS);
    VBox side = new VBox(scroll);
    side.getStyleClass().add("roll");
    return side;
  }
}
