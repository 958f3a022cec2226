package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Running.Row;
import dev.countersign.client.flow.ScanOutcome;
import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.KeysSheet;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.FunctionBar.Place;
import dev.countersign.client.ui.till.LineSheet.Choice;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.AgeCheck;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

// Long because every key and every outcome of a scan has its place here.
/** Rings up a sale: scans, voids and undoes; what asks on a sheet is {@link BasketActs}. */
public final class SellingController implements Screen {
  private final Surface surface;
  private final Words words;
  private final SellingKit counter;
  private final Consumer<Running> watch;
  private final Exits exits;
  private final SellingView view;
  private final BasketView basket;
  private final GoodsView goods;
  private final Browsing browsing;
  private final BasketActs acts;
  private final ParkingActs parking;
  private final Approvals atTill;
  private final AgeSheet ages;
  private final BasketActs.Screen chosen = new Shown();
  private final Button voidLine;
  private final Button undo;
  private final Button empties;
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
      SellingKit counter,
      Running running,
      Approvals atTill,
      Consumer<Running> watch,
      Exits exits) {
    this.surface = surface;
    this.words = surface.words();
    this.counter = counter;
    this.running = running;
    this.watch = watch;
    this.exits = exits;
    this.atTill = atTill;
    this.ages = new AgeSheet(surface, this::sellTo);
    basket = new BasketView(words, surface.amounts());
    goods = new GoodsView(surface, new Goods());
    browsing = new Browsing(surface, counter, goods, this::typed);
    view = new SellingView(words, surface.amounts(), basket, goods, this::pay);
    acts = new BasketActs(surface, counter, atTill, chosen);
    parking = new ParkingActs(surface, counter.parking(), atTill, chosen);
    basket.onMore(words.say("line.more"), this::lineMenu);
    basket.onSwipe(this::voidLine);
    FunctionBar bar = view.functions();
    bar.act(Place.CUSTOMER, words.say("selling.act.customer"), "F3", acts::customer);
    bar.act(Place.DISCOUNT, words.say("selling.act.discount"), "F4", acts::discount);
    bar.act(Place.PARK, words.say("selling.act.park"), "F5", parking::park);
    bar.act(Place.RECALL, words.say("selling.act.recall"), "F6", parking::recall);
    bar.act(Place.REFUND, words.say("selling.act.refund"), "F7", () -> exits.refund(this.running));
    empties = bar.act(Place.EMPTIES, words.say("selling.act.empties"), "Ctrl E", this::empties);
    bar.act(Place.DRAWER, words.say("selling.act.drawer"), "F8", exits::drawer);
    bar.act(Place.NOTE, words.say("selling.act.note"), "F9", acts::note);
    bar.act(Place.SHIFT, words.say("selling.act.shift"), "F10", exits::shift);
    voidLine = bar.act(Place.VOID_LINE, words.say("selling.act.void"), "Del", this::voidLine);
    undo = bar.act(Place.UNDO, words.say("selling.act.undo"), "Ctrl Z", this::undo);
    bar.act(Place.LOCK, words.say("selling.act.lock"), "Ctrl L", exits::lock);
    bar.act(Place.HELP, words.say("selling.act.help"), "F1", () -> KeysSheet.open(surface, keys()));
  }

  @Override
  public Parent root() {
    return view;
  }

  /**
   * On with this sale when it is shown again, as if the screen were new: what a list and its lines
   * are dressed in is there already when the first goods come.
   */
  void next(Running sale) {
    running = sale;
    browsing.home();
  }

  @Override
  public void shown() {
    show(running);
    refreshGoods();
    goods.search().requestFocus();
  }

  /** What the server told may have changed: categories, tiles and what is parked are asked for. */
  public void refreshGoods() {
    browsing.refresh();
    parking.refreshWaiting();
  }

  @Override
  public void scanned(String code) {
    ages.scannedOver();
    sell(() -> counter.selling().scan(code));
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
  public List<KeyAct> keys() {
    return TillKeys.selling(words);
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      redirect(key);
      return;
    }
    boolean used = key.isShortcutDown() ? withControl(key) : plain(key);
    if (used) {
      key.consume();
    }
  }

  private boolean plain(KeyEvent key) {
    // On a tile the arrows go to the tiles beside it, as everywhere.
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    boolean searching = goods.search().isFocused() && browsing.isSearching();
    switch (key.getCode()) {
      case F2 -> browsing.search();
      case F3 -> acts.customer();
      case F4 -> acts.discount();
      case F5 -> parking.park();
      case F6 -> parking.recall();
      case F7 -> exits.refund(running);
      case F8 -> exits.drawer();
      case F9 -> acts.note();
      case F10 -> exits.shift();
      case F12 -> pay();
      case ESCAPE -> escape();
      case UP -> {
        return !onButton && moved(-1);
      }
      case DOWN -> {
        return !onButton && moved(1);
      }
      case PAGE_UP -> goods.turn(-1);
      case PAGE_DOWN -> goods.turn(1);
      case DELETE -> {
        if (searching) {
          return false;
        }
        voidLine();
      }
      default -> {
        return exits.other(key);
      }
    }
    return true;
  }

  private boolean withControl(KeyEvent key) {
    switch (key.getCode()) {
      case DELETE -> acts.discard();
      case E -> empties();
      case Q -> acts.quantity();
      case P -> acts.price();
      case O -> acts.openItem();
      case I -> details();
      case Z -> {
        if (goods.search().isFocused() && browsing.isSearching()) {
          return false;
        }
        undo();
      }
      default -> {
        return exits.other(key);
      }
    }
    return true;
  }

  private boolean moved(int by) {
    basket.move(by);
    return true;
  }

  /** What is typed while no field has the focus goes into the search; a star counts the line. */
  private void redirect(KeyEvent key) {
    String character = key.getCharacter();
    if (character.matches("[*×]") && !browsing.isSearching()) {
      acts.quantity();
      key.consume();
      return;
    }
    boolean elsewhere =
        !(view.getScene().getFocusOwner() instanceof TextInputControl)
            && character.length() == 1
            && character.charAt(0) > ' '
            && !Character.isISOControl(character.charAt(0))
            && !key.isShortcutDown()
            && !key.isAltDown();
    if (elsewhere) {
      browsing.begin(character);
      key.consume();
    }
  }

  private void typed(String text) {
    sell(() -> counter.selling().typed(text));
  }

  private void sell(Product product) {
    sell(() -> counter.selling().sell(product));
  }

  private void sell(Callable<ScanOutcome> scan) {
    surface
        .desk()
        .run(
            scan,
            outcome -> {
              show(outcome);
              ages.resume();
              boolean asked =
                  outcome instanceof ScanOutcome.Asking || outcome instanceof ScanOutcome.AskAge;
              if (asked && !running.next().equals(Quantity.ONE)) {
                // Goods that somebody is asked about have taken their count with them.
                act(counter.selling()::running);
              }
            },
            surface::trouble);
  }

  /** What waits for the same answer is rung up behind the first. */
  private void sellTo(List<ScanOutcome.AskAge> asked, AgeCheck.How how) {
    atTill.run(
        (cashier, approver) -> counter.amending().sellTo(cashier, approver, asked.getFirst(), how),
        outcome -> {
          show(outcome);
          asked.stream().skip(1).forEach(each -> sell(() -> counter.selling().sellTo(each, how)));
          ages.resume();
        },
        surface::trouble);
  }

  private void sellOutOfHours(ScanOutcome.OutOfHours outside) {
    atTill.run(
        (cashier, approver) -> counter.amending().sellOutOfHours(cashier, approver, outside),
        this::show,
        surface::trouble);
  }

  /**
   * Of two scans that came faster than the sheet of the first the second is refused as well:
   * neither is lost without a word.
   */
  private void show(ScanOutcome outcome) {
    if (outcome instanceof ScanOutcome.Asking && surface.refusesScan()) {
      return;
    }
    switch (outcome) {
      case ScanOutcome.Added added -> {
        surface.strip().clear();
        surface.sounds().added();
        browsing.clear();
        show(added.running());
      }
      case ScanOutcome.CouponShown coupon -> {
        surface.sounds().added();
        browsing.clear();
        surface.strip().say(Strip.Tone.GOOD, ScanWords.of(surface, coupon), "");
        show(coupon.running());
      }
      case ScanOutcome.Recognised customer -> {
        surface.sounds().added();
        browsing.clear();
        surface.strip().say(Strip.Tone.GOOD, words.say("customer.known", customer.name()), "");
        show(customer.running());
      }
      case ScanOutcome.Multiplied multiplied -> {
        surface.strip().clear();
        browsing.clear();
        show(multiplied.running());
      }
      case ScanOutcome.Choose choose -> {
        Chooser.open(
            surface,
            choose.code(),
            choose.hits(),
            hit -> sell(() -> counter.selling().choose(choose, hit)));
        hold(words.say("scan.first.choose", choose.code()));
      }
      case ScanOutcome.AskAge asked -> {
        surface.sounds().refused();
        ages.ask(asked);
      }
      case ScanOutcome.AskPrice asked -> {
        surface.strip().clear();
        PriceSheet.open(surface, asked, unit -> sell(() -> counter.selling().sellAt(asked, unit)));
        hold(words.say("scan.first.price", asked.offered().product().name()));
      }
      case ScanOutcome.Weigh weigh -> {
        surface.strip().clear();
        WeighSheet.open(
            surface,
            weigh,
            counter.scale(),
            (grams, how) -> sell(() -> counter.selling().sellWeighed(weigh, grams, how)));
        hold(words.say("scan.first.weight", weigh.offered().product().name()));
      }
      case ScanOutcome.TooManyEmpties many ->
          atTill.run(
              (cashier, approver) -> counter.amending().takeBack(cashier, approver, many),
              this::show,
              failure -> {
                surface.trouble(failure);
                String limit = surface.amounts().text(many.limit());
                surface.refuse(
                    switch (many.limited()) {
                      case SALE -> words.say("empties.limit", limit);
                      case SHIFT -> words.say("empties.limit.shift", limit);
                    },
                    "EMPTIES-LIMIT");
              });
      case ScanOutcome.OutOfHours outside -> {
        surface.sounds().refused();
        HoursSheet.open(surface, outside, () -> sellOutOfHours(outside));
        hold(words.say("scan.first.answer", outside.offered().product().name()));
      }
      case ScanOutcome.Expired expired -> {
        surface.sounds().refused();
        ExpirySheet.open(
            surface,
            expired,
            () -> sell(() -> counter.selling().sellExpired(atTill.cashier(), expired)));
        hold(words.say("scan.first.answer", expired.hits().getFirst().product().name()));
      }
      case ScanOutcome.Refused refused -> ScanWords.refuse(surface, refused);
    }
  }

  /**
   * The sheet that is open stays until it is answered.
   *
   * @param said to whoever scans over it
   */
  private void hold(String said) {
    ages.scannedOver();
    surface.sheets().hold(said, ages::resume);
  }

  private void show(Running now) {
    running = now;
    watch.accept(now);
    view.show(now);
    voidLine.setDisable(now.isEmpty());
    undo.setDisable(!now.undoable());
    empties.getStyleClass().remove("on");
    if (now.empties()) {
      empties.getStyleClass().add("on");
      surface.strip().say(Strip.Tone.GOOD, words.say("empties.on"), "");
    }
    sayRetaxed(surface, now);
  }

  /** Says once that other taxes, or what is on offer now, make another total. */
  private static void sayRetaxed(Surface surface, Running now) {
    Money former = now.former();
    if (former != null) {
      var amounts = surface.amounts();
      String said =
          surface.words().say("selling.retaxed", amounts.text(now.total()), amounts.text(former));
      surface.strip().say(Strip.Tone.WARN, said, "");
      surface.sounds().refused();
    }
  }

  private void act(Callable<Running> act) {
    surface.desk().run(act, this::show, surface::trouble);
  }

  /** What comes back empty is scanned from now on, or no more. */
  private void empties() {
    boolean on = !running.empties();
    surface.strip().clear();
    act(() -> counter.selling().empties(on));
  }

  private void voidLine() {
    int line = basket.chosen();
    if (line > 0) {
      voidLine(line);
    }
  }

  private void voidLine(int line) {
    act(() -> counter.selling().voidLine(line));
  }

  private void undo() {
    act(counter.selling()::undo);
  }

  /** Also with no goods: a gift card may be all that somebody buys. */
  private void pay() {
    surface.strip().clear();
    exits.pay(running);
  }

  private void escape() {
    surface.strip().clear();
    if (browsing.isSearching()) {
      browsing.clear();
    } else if (running.empties()) {
      empties();
    } else if (!running.next().equals(Quantity.ONE)) {
      sell(() -> counter.selling().multiply(Quantity.ONE));
    }
  }

  /** Of the tile that has the focus, else of the chosen line. */
  private void details() {
    acts.details(
        view.getScene().getFocusOwner() instanceof Tile tile ? tile.product() : null,
        browsing::refresh,
        this::sell);
  }

  private void lineMenu() {
    Row row = chosen.chosen();
    if (row == null) {
      surface.refuse(words.say("selling.no-line"));
      return;
    }
    LineSheet.open(
        surface,
        row.name(),
        List.of(
            new Choice(words.say("line.quantity"), "*", acts::quantity),
            new Choice(words.say("line.price"), "Ctrl P", acts::price),
            new Choice(words.say("line.discount"), "F4", acts::discount),
            new Choice(words.say("line.note"), "F9", acts::note),
            new Choice(words.say("line.details"), "Ctrl I", this::details),
            new Choice(words.say("line.void"), "Del", this::voidLine),
            new Choice(words.say("line.void-sale"), "Ctrl Del", acts::discard)));
  }

  /** What the tiles and the search field lead to. */
  private final class Goods implements GoodsView.Acts {
    @Override
    public void touched(Product product) {
      sell(product);
    }

    @Override
    public void held(Product product) {
      acts.details(product, browsing::refresh, SellingController.this::sell);
    }

    @Override
    public void allCategories() {
      browsing.all();
    }

    @Override
    public void openItem() {
      acts.openItem();
    }
  }

  private final class Shown implements BasketActs.Screen {
    @Override
    public Running running() {
      return running;
    }

    @Override
    public @Nullable Row chosen() {
      int at = basket.chosen();
      int goods = at == 0 ? 0 : running.basket().goodsOf(at);
      return running.rows().stream()
          .filter(row -> row.no() == goods && !row.voided())
          .findFirst()
          .orElse(null);
    }

    @Override
    public void show(Running now) {
      SellingController.this.show(now);
    }

    @Override
    public void waiting(int parked) {
      view.functions()
          .rename(
              Place.RECALL,
              parked == 0
                  ? words.say("selling.act.recall")
                  : words.say("selling.act.recall-some", parked));
    }
  }
}
