package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Multiplier;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.ScanOutcome;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Quantity;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

// Long because every key and every act of the counter is here.
/** Rings up a sale: scans, searches, tiles, voids and undoes. */
public final class SellingController implements Screen {
  /** More tiles than anyone scrolls through; beyond them people search. */
  private static final int MOST_TILES = 96;

  private final Surface surface;
  private final Words words;
  private final Selling selling;
  private final Catalogue catalogue;
  private final Approvals atTill;
  private final Consumer<Running> watch;
  private final Exits exits;
  private final SellingView view;
  private final BasketView basket;
  private final GoodsView goods;
  private final Background searches;
  private final Button voidLine;
  private final Button undo;
  private final Button discard;
  private List<String> categories = List.of();
  private int category;
  private int asked;
  private boolean settingText;
  private Running running;

  /** Where this screen leads. */
  public interface Exits {
    void pay(Running running);

    void lock();

    void drawer();

    void shift();

    void refund(Running running);

    boolean other(KeyEvent key);
  }

  /**
   * @param running the sale as it stands
   * @param watch told of every new state of it
   */
  SellingController(
      Surface surface,
      Selling selling,
      Running running,
      Catalogue catalogue,
      Approvals atTill,
      Consumer<Running> watch,
      Exits exits) {
    this.surface = surface;
    this.words = surface.words();
    this.selling = selling;
    this.running = running;
    this.catalogue = catalogue;
    this.atTill = atTill;
    this.watch = watch;
    this.exits = exits;
    this.searches = surface.desk().beside();
    basket = new BasketView(words, surface.amounts());
    goods = new GoodsView(surface, this::touched, this::allCategories);
    view = new SellingView(words, surface.amounts(), basket, goods, this::pay);
    FunctionBar bar = view.functions();
    bar.act(words.say("selling.act.help"), "F1", () -> HelpSheet.open(surface));
    bar.act(words.say("selling.act.search"), "F2", this::search);
    voidLine = bar.act(words.say("selling.act.void"), "Del", this::voidLine);
    undo = bar.act(words.say("selling.act.undo"), "Ctrl Z", () -> act(selling::undo));
    discard = bar.act(words.say("selling.act.discard"), "Ctrl Del", this::askDiscard);
    bar.act(words.say("selling.act.refund"), "F7", () -> exits.refund(running));
    bar.act(words.say("selling.act.drawer"), "F8", exits::drawer);
    bar.act(words.say("selling.act.shift"), "F10", exits::shift);
    bar.act(words.say("selling.act.lock"), "Ctrl L", exits::lock);
    goods.search().textProperty().addListener((_, _, typed) -> typed(typed));
    goods.search().setOnAction(_ -> entered());
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    show(running);
    refreshGoods();
    goods.search().requestFocus();
  }

  /** The catalogue may have changed: categories and tiles are asked for again. */
  public void refreshGoods() {
    searches.run(
        catalogue::categories,
        found -> {
          categories = found;
          category = Math.clamp(category, 0, Math.max(0, found.size() - 1));
          goods.categories(found, category, this::choose);
          if (goods.search().getText().isBlank()) {
            browse();
          }
        },
        surface::trouble);
  }

  @Override
  public void scanned(String code) {
    sell(() -> selling.scan(code));
  }

  @Override
  public Runnable remember() {
    TextField field = goods.search();
    String text = field.getText();
    int caret = field.getCaretPosition();
    return () -> {
      field.setText(text);
      field.positionCaret(caret);
    };
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      redirect(key);
      return;
    }
    // On a tile the arrows go to the tiles beside it, as everywhere.
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    boolean searching = goods.search().isFocused() && !goods.search().getText().isEmpty();
    boolean used = true;
    switch (key.getCode()) {
      case F1 -> HelpSheet.open(surface);
      case F2 -> search();
      case F7 -> exits.refund(running);
      case F8 -> exits.drawer();
      case F10 -> exits.shift();
      case F12 -> pay();
      case ESCAPE -> escape();
      case UP -> used = !onButton && moved(-1);
      case DOWN -> used = !onButton && moved(1);
      case PAGE_UP -> goods.turn(-1);
      case PAGE_DOWN -> goods.turn(1);
      case DELETE -> {
        if (key.isShortcutDown()) {
          askDiscard();
        } else if (searching) {
          used = false;
        } else {
          voidLine();
        }
      }
      case L -> used = shortcut(key, exits::lock);
      case Z -> used = !searching && shortcut(key, () -> act(selling::undo));
      default -> used = exits.other(key);
    }
    if (used) {
      key.consume();
    }
  }

  private boolean moved(int by) {
    basket.move(by);
    return true;
  }

  private static boolean shortcut(KeyEvent key, Runnable act) {
    if (key.isShortcutDown()) {
      act.run();
      return true;
    }
    return false;
  }

  /** What is typed while no field has the focus goes into the search. */
  private void redirect(KeyEvent key) {
    String character = key.getCharacter();
    boolean elsewhere =
        !(view.getScene().getFocusOwner() instanceof TextInputControl)
            && character.length() == 1
            && character.charAt(0) > ' '
            && !Character.isISOControl(character.charAt(0))
            && !key.isShortcutDown()
            && !key.isAltDown();
    if (elsewhere) {
      goods.search().requestFocus();
      goods.search().setText(character);
      goods.search().end();
      key.consume();
    }
  }

  private void typed(String typed) {
    if (settingText) {
      return;
    }
    int mine = ++asked;
    if (Multiplier.isOne(typed)) {
      sell(() -> selling.typed(typed));
    } else if (typed.isBlank()) {
      browse();
    } else {
      goods.chooseNone();
      searches.run(
          () -> mine == asked ? catalogue.search(typed, MOST_TILES) : List.<Product>of(),
          found -> {
            if (mine == asked) {
              goods.products(
                  found,
                  found.size() == MOST_TILES,
                  words.say("selling.nothing.title"),
                  words.say("selling.nothing.text", typed.strip()));
            }
          },
          surface::trouble);
    }
  }

  private void entered() {
    String text = goods.search().getText();
    if (!text.isBlank()) {
      sell(() -> selling.typed(text));
    }
  }

  private void touched(Product product) {
    sell(() -> selling.sell(product));
  }

  private void sell(Callable<ScanOutcome> scan) {
    surface.desk().run(scan, this::show, surface::trouble);
  }

  private void show(ScanOutcome outcome) {
    switch (outcome) {
      case ScanOutcome.Added added -> {
        surface.strip().clear();
        surface.sounds().added();
        clearSearch();
        show(added.running());
      }
      case ScanOutcome.Multiplied multiplied -> {
        surface.strip().clear();
        clearSearch();
        show(multiplied.running());
      }
      case ScanOutcome.Choose choose ->
          Chooser.open(
              surface,
              choose.code(),
              choose.hits(),
              hit -> sell(() -> selling.sell(hit, choose.code())));
      case ScanOutcome.Unknown unknown ->
          surface.refuse(words.say("selling.unknown", unknown.code()), "SCAN-UNKNOWN");
      case ScanOutcome.Unreadable unreadable ->
          surface.refuse(
              words.say("selling.unreadable", unreadable.code()),
              "SCAN-" + unreadable.reason().name().replace('_', '-'));
      case ScanOutcome.WrongCount wrong ->
          surface.refuse(words.say("selling.wrong-count", wrong.typed(), Multiplier.MOST));
      case ScanOutcome.Full _ -> surface.refuse(words.say("selling.full"));
    }
  }

  private void show(Running now) {
    running = now;
    watch.accept(now);
    view.show(now);
    voidLine.setDisable(now.isEmpty());
    undo.setDisable(!now.undoable());
    discard.setDisable(now.rows().isEmpty());
  }

  private void act(Callable<Running> act) {
    surface.desk().run(act, this::show, surface::trouble);
  }

  private void voidLine() {
    int line = basket.chosen();
    if (line > 0) {
      act(() -> selling.voidLine(line));
    }
  }

  /** Also with no goods: a gift card may be all that somebody buys. */
  private void pay() {
    surface.strip().clear();
    exits.pay(running);
  }

  private void search() {
    goods.search().requestFocus();
    goods.search().selectAll();
  }

  private void escape() {
    surface.strip().clear();
    if (!goods.search().getText().isEmpty()) {
      clearSearch();
    } else if (!running.next().equals(Quantity.ONE)) {
      sell(() -> selling.multiply(Quantity.ONE));
    }
  }

  private void clearSearch() {
    boolean was = !goods.search().getText().isEmpty();
    settingText = true;
    goods.search().clear();
    settingText = false;
    if (was) {
      asked++;
      browse();
    }
  }

  private void choose(int index) {
    category = index;
    goods.choose(index);
    clearSearch();
    browse();
  }

  private void allCategories() {
    CategorySheet.open(surface, categories, this::choose);
  }

  private void browse() {
    int mine = ++asked;
    goods.choose(category);
    String name = category < categories.size() ? categories.get(category) : "";
    searches.run(
        () -> name.isEmpty() ? List.<Product>of() : catalogue.inCategory(name, MOST_TILES, 0),
        found -> {
          if (mine == asked) {
            goods.products(
                found,
                found.size() == MOST_TILES,
                words.say("selling.no-products.title"),
                words.say("selling.no-products.text"));
          }
        },
        surface::trouble);
  }

  /** Throwing a whole basket away is asked once, because no one finds it again. */
  private void askDiscard() {
    if (running.rows().isEmpty()) {
      return;
    }
    Button keep = Parts.button(words.say("discard.keep"), surface.sheets()::close);
    Button discard =
        Parts.button(
            words.say("discard.yes"),
            () -> {
              surface.sheets().close();
              atTill.run(
                  selling::discard,
                  now -> {
                    show(now);
                    surface.strip().say(Strip.Tone.GOOD, words.say("discard.done"), "");
                  },
                  surface::trouble);
            },
            "primary");
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("discard.title"), "title"),
            Parts.paragraph(
                words.say("discard.text", running.items(), surface.amounts().text(running.total())),
                "soft"),
            Parts.row(10, keep, discard));
    surface.sheets().open(content, 460, keep, () -> {});
  }
}
